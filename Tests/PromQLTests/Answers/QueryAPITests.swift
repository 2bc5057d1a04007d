import Seams
import Testing

@testable import PromQL

@Suite("The HTTP API")
struct QueryAPITests {
  private let store: SeriesStore = {
    var store = SeriesStore()
    for step in 0..<5 {
      let time = Timestamp(seconds: Int64(1_000 + step * 15))
      store.append(
        Double(step) * 10, at: time, to: ["__name__": "requests_total", "code": "200", "app": "a<b>&\"c\""])
      store.append(Double(step), at: time, to: ["__name__": "requests_total", "code": "503", "app": "x"])
    }
    return store
  }()

  private func answer(_ path: String, _ form: String, now: Int64 = 1_060) -> (status: Int, text: String) {
    var api = QueryAPI()
    api.metadata = ["requests_total": MetricMetadata(.counter, help: "Requests.")]
    let answer = api.answer(to: path, QueryParameters(form), in: store, at: Timestamp(seconds: now))
    return (answer.status, String(decoding: answer.body, as: UTF8.self))
  }

  @Test(
    "answers in Prometheus' form",
    arguments: [
      (
        "/api/v1/query", "query=sum+by+(code)+(requests_total)",
        #"{"status":"success","data":{"resultType":"vector","result":[{"metric":{"code":"200"},"value":[1060,"40"]},{"metric":{"code":"503"},"value":[1060,"4"]}]}}"#
      ),
      (
        "/api/v1/query", "query=1%2B1&time=12.5",
        #"{"status":"success","data":{"resultType":"scalar","result":[12.500,"2"]}}"#
      ),
      (
        "/api/v1/query", "query=%22a%22",
        #"{"status":"success","data":{"resultType":"string","result":[1060,"a"]}}"#
      ),
      (
        "/api/v1/query_range", "query=requests_total%7Bcode=%22503%22%7D*1e21&start=1000&end=1030.5&step=15s",
        #"{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"app":"x","code":"503"},"values":[[1000,"0"],[1015,"1000000000000000000000"],[1030,"2000000000000000000000"]]}]}}"#
      ),
      (
        "/api/v1/series", "match[]=requests_total",
        #"{"status":"success","data":[{"__name__":"requests_total","app":"a\u003cb\u003e\u0026\"c\"","code":"200"},{"__name__":"requests_total","app":"x","code":"503"}]}"#
      ),
      ("/api/v1/labels", "", #"{"status":"success","data":["__name__","app","code"]}"#),
      ("/api/v1/label/code/values", "", #"{"status":"success","data":["200","503"]}"#),
      (
        "/api/v1/metadata", "",
        #"{"status":"success","data":{"requests_total":[{"type":"counter","help":"Requests.","unit":""}]}}"#
      ),
      (
        "/api/v1/status/buildinfo", "",
        #"{"status":"success","data":{"version":"2.42.0","revision":"","branch":"","buildUser":"","buildDate":"","goVersion":""}}"#
      ),
    ])
  func answers(path: String, form: String, expected: String) {
    let (status, text) = answer(path, form)
    #expect(status == 200)
    #expect(text == expected)
  }

  @Test(
    "says what is wrong in Prometheus' form",
    arguments: [
      (
        "/api/v1/query", "query=sum(", 400,
        #"{"status":"error","errorType":"bad_data","error":"invalid parameter \"query\": 1:5: parse error: unclosed left parenthesis"}"#
      ),
      (
        "/api/v1/query", "query=label_replace(requests_total,%22a-%22,%22%22,%22%22,%22%22)", 422,
        #"{"status":"error","errorType":"execution","error":"invalid destination label name in label_replace(): a-"}"#
      ),
      (
        "/api/v1/nothing", "", 404,
        #"{"status":"error","errorType":"not_found","error":"404 page not found"}"#
      ),
    ])
  func refuses(path: String, form: String, status: Int, expected: String) {
    let answer = answer(path, form)
    #expect(answer.status == status)
    #expect(answer.text == expected)
  }

  @Test("reads forms: plus signs, percents, names without values, and several of one name")
  func forms() {
    let parameters = QueryParameters("a=1+2%2B3&b&a=%zz%e2%82%ac", "c==&&d=%")
    #expect(parameters.all("a") == ["1 2+3", "%zz€"])
    #expect(parameters["b"].isEmpty)
    #expect(parameters["c"] == "=")
    #expect(parameters["d"] == "%")
  }
}
