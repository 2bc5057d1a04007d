internal import MeshTopology

/// Rules about the requests to one workload, by the thresholds that a new version of it is judged by.
///
/// They count what the workload's own proxy saw, as the judgement does, of the stable version and of a canary
/// together: it is the workload as callers have it.
struct RequestRules {
  let workload: Workload

  private static let requests = "destination_workload:istio_requests:rate5m"
  private static let failures = "destination_workload:istio_request_failures:rate5m"
  private static let workloadLabels = "destination_workload_namespace, destination_workload"

  /// Measures that the alerts and dashboards use.
  static let recordings: [RuleGroup.Rule] = {
    let own = "reporter=\"destination\""
    let total = "istio_requests_total"
    // A call of gRPC that failed is an HTTP answer of 200.
    let failed =
      "rate(\(total){\(own),response_code=~\"5..\"}[5m]) or "
      + "rate(\(total){\(own),grpc_response_status=~\"2|4|8|13|14|15\"}[5m])"
    return [
      RuleGroup.Rule(
        record: requests, expr: "sum by (\(workloadLabels)) (rate(\(total){\(own)}[5m]))"),
      RuleGroup.Rule(record: failures, expr: "sum by (\(workloadLabels)) (\(failed))"),
      RuleGroup.Rule(
        record: "destination_workload:istio_request_duration_milliseconds:p99_5m",
        expr: "histogram_quantile(0.99, sum by (\(workloadLabels), le) "
          + "(rate(istio_request_duration_milliseconds_bucket{\(own)}[5m])))"),
    ]
  }()

  /// Too few requests succeed.
  var availability: [RuleGroup.Rule] {
    let minimum = Figure(judge.successRate.minimum.value)
    let failed = "sum(\(RequestRules.failures){\(selector)}) or vector(0)"
    return [
      RuleGroup.Rule(
        alert: "WorkloadUnavailable",
        expr:
          "100 * (1 - (\(failed)) / sum(\(RequestRules.requests){\(selector)})) < \(minimum) and \(isEvidence)"
      ).with {
        $0.duration = .seconds(300)
        $0.labels = labels
        $0.annotations = [
          "summary": "only {{ $value | printf \"%.2f\" }} % of the requests to \(workload.reference) succeed",
          "description": "At least \(minimum) % must, as its rollout asks of a new version.",
        ]
      }
    ]
  }

  /// Requests take too long.
  var latency: [RuleGroup.Rule] {
    let maximum = judge.latency.maximum
    return [
      RuleGroup.Rule(
        alert: "WorkloadSlow",
        expr: "histogram_quantile(0.99, sum by (le) (rate(istio_request_duration_milliseconds_bucket{"
          + "reporter=\"destination\",\(selector)}[5m]))) > \(maximum.wholeMilliseconds) and \(isEvidence)"
      ).with {
        $0.duration = .seconds(300)
        $0.labels = labels
        $0.annotations = [
          "summary":
            "one in 100 requests to \(workload.reference) takes longer than {{ $value | printf \"%.0f\" }} ms",
          "description": "No more than \(maximum.unitText) is allowed, as its rollout asks of a new version.",
        ]
      }
    ]
  }

  private var judge: JudgePolicy { workload.rollout?.judge ?? JudgePolicy() }

  private var selector: String {
    "destination_workload_namespace=\"\(workload.namespace)\","
      + "destination_workload=~\"\(workload.name)(-canary)?\""
  }

  /// Whether there were as many requests in the five minutes as a judgement needs.
  private var isEvidence: String {
    "sum(\(RequestRules.requests){\(selector)}) * 300 >= \(judge.minimumRequests)"
  }

  private var labels: [String: String] {
    ["severity": "critical", "namespace": workload.namespace, "workload": workload.name]
  }
}

/// A number as people write it: 99, 99.5.
private struct Figure: CustomStringConvertible {
  let description: String

  init(_ value: Double) { description = Int(exactly: value).map(String.init) ?? "\(value)" }
}
