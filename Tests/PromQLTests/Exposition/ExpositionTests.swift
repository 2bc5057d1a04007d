import Testing

@testable import PromQL

@Suite("The text that is scraped")
struct ExpositionTests {
  @Test("lists families by name and series by labels, whatever the order in which they were set")
  func text() {
    var requests = MetricFamily.counter("istio_requests_total", help: "Requests,\nwith a \\ in it.")
    requests.set(3, for: ["response_code": "503", "app": "b"])
    requests.set(1_234_567, for: ["response_code": "200", "app": "a \"quoted\" \\ \n name"])
    var durations = MetricFamily.histogram(
      "istio_request_duration_milliseconds", help: "Durations.", bounds: .plain)
    var histogram = Histogram(bounds: [1_800_000, 0.5, 5])
    histogram.observe(0.5)
    histogram.observe(3, times: 4)
    histogram.observe(1e9)
    durations.set(histogram, for: ["app": "a", "le": "not allowed here"])
    var up = MetricFamily.gauge("up", help: "")
    up.set(.nan)
    #expect(
      Exposition.text([up, requests, durations]) == #"""
        # HELP istio_request_duration_milliseconds Durations.
        # TYPE istio_request_duration_milliseconds histogram
        istio_request_duration_milliseconds_bucket{app="a",le="0.5"} 1
        istio_request_duration_milliseconds_bucket{app="a",le="5"} 5
        istio_request_duration_milliseconds_bucket{app="a",le="1800000"} 5
        istio_request_duration_milliseconds_bucket{app="a",le="+Inf"} 6
        istio_request_duration_milliseconds_sum{app="a"} 1.0000000125e+09
        istio_request_duration_milliseconds_count{app="a"} 6
        # HELP istio_requests_total Requests,\nwith a \\ in it.
        # TYPE istio_requests_total counter
        istio_requests_total{app="a \"quoted\" \\ \n name",response_code="200"} 1.234567e+06
        istio_requests_total{app="b",response_code="503"} 3
        # HELP up 
        # TYPE up gauge
        up NaN

        """#)
  }
}
