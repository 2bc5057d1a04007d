import HTTPTypes
import KubeModel
import Seams

/// One request as the pipeline sees it: what its path and verb name, its parameters, and who sends it.
struct APIRequest: Sendable {
  let method: HTTPRequest.Method
  let info: RequestInfo
  let query: Query
  /// The query as it was sent.
  let queryText: String
  let headers: HTTPFields
  let body: [UInt8]
  var user = UserInfo.anonymous

  init(_ request: TransportRequest) {
    let target = request.head.path ?? "/"
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    method = request.head.method
    queryText = parts.count > 1 ? String(parts[1]) : ""
    query = Query(parts.count > 1 ? parts[1] : nil)
    info = RequestInfo(method: request.head.method, path: String(parts[0]), query: query)
    headers = request.head.headerFields
    body = request.body
  }

  /// The media type of the body without its parameters.
  var contentType: String? {
    headers[.contentType].map { field in
      String(field.prefix { $0 != ";" }.filter { $0 != " " }).lowercased()
    }
  }

  /// The field manager for requests that name none: what stands before the first slash of the user agent.
  var userAgentName: String {
    let name = (headers[.userAgent] ?? "").prefix { $0 != "/" }
    return name.isEmpty
      ? "unknown" : String(name.unicodeScalars.filter { $0.value >= 0x20 }.prefix(128).map(Character.init))
  }
}
