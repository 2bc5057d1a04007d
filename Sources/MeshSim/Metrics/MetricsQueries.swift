import HTTPTypes
import KubeModel
import PromQL
import Seams

/// Prometheus' query API below `/prometheus` of the cluster's own address.
enum MetricsQueries {
  /// - Parameter parts: of the path after `/prometheus`.
  static func answer(_ request: APIRequest, _ parts: ArraySlice<String>, in state: inout ClusterState)
    -> Answer
  {
    guard request.method == .get || request.method == .post else { return .pageNotFound }
    guard !state.faults.isCutFromMetrics else {
      return Answer(
        StatusError(
          code: 503, reason: "ServiceUnavailable", message: "the metrics do not answer", details: nil))
    }
    let isForm = request.method == .post && request.contentType == "application/x-www-form-urlencoded"
    let form = isForm ? String(decoding: request.body, as: UTF8.self) : ""
    let parameters = QueryParameters(form, request.queryText)
    let (store, now) = (state.keptMetrics(), state.trueNow)
    let path = "/" + parts.joined(separator: "/")
    // The store is a value, and a query may take a while.
    return Answer(
      .later {
        let answer = QueryAPI().answer(to: path, parameters, in: store, at: now)
        return Answer(status: answer.status, contentType: QueryAnswer.contentType, bytes: answer.body)
      })
  }
}

extension ClusterState {
  /// What has been kept of the metrics; the first who asks begins to keep them.
  mutating func keptMetrics() -> SeriesStore {
    keepMetrics(retention: .seconds(6 * 3_600))
    return (traffic.keeper as? ClusterMonitor)?.store ?? SeriesStore()
  }
}
