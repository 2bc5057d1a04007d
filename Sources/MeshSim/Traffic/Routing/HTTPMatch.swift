internal import KubeModel

/// Who routes: what a match can say about the client besides its request.
struct RouteClient: Sendable {
  let namespace: String
  let labels: [String: String]
  /// The port of the Service that it calls.
  let port: Int
  /// The gateway that routes; `mesh` for a workload's proxy.
  let gateway: String
}

/// One entry of a rule's `match`: all that it says must hold.
struct HTTPMatch: Sendable {
  let path: TextMatch?
  private let ignoresCase: Bool
  private let method: TextMatch?
  private let authority: TextMatch?
  private let scheme: TextMatch?
  private let headers: [(name: String, match: TextMatch)]
  private let withoutHeaders: [(name: String, match: TextMatch)]
  private let query: [(name: String, match: TextMatch)]
  private let port: Int?
  private let sourceLabels: [String: String]
  private let sourceNamespace: String?
  private let gateways: [String]

  init(_ json: JSONValue, _ namespace: String) {
    path = TextMatch(json["uri"])
    ignoresCase = json["ignoreUriCase"]?.bool ?? false
    method = TextMatch(json["method"])
    authority = TextMatch(json["authority"])
    scheme = TextMatch(json["scheme"])
    let list = { (key: String, isFolded: Bool) in
      (json[key]?.object?.members ?? []).compactMap { member in
        TextMatch(member.value).map { (name: isFolded ? member.key.lowercased() : member.key, match: $0) }
      }
    }
    headers = list("headers", true)
    withoutHeaders = list("withoutHeaders", true)
    query = list("queryParams", false)
    port = json["port"]?.int.map(Int.init)
    sourceLabels = json["sourceLabels"]?.stringMap ?? [:]
    sourceNamespace = json["sourceNamespace"]?.string
    gateways = json.strings("gateways")
  }

  func matches(_ request: ClientRequest, _ client: RouteClient) -> Bool {
    if let path, !path.matches(request.plainPath, ignoringCase: ignoresCase) { return false }
    if let method, !method.matches(request.method) { return false }
    if let authority, !authority.matches(request.host) { return false }
    if let scheme, !scheme.matches(request.isEncrypted ? "https" : "http") { return false }
    if let port, port != client.port { return false }
    if let sourceNamespace, sourceNamespace != client.namespace { return false }
    if !gateways.isEmpty, !gateways.contains(client.gateway) { return false }
    guard sourceLabels.allSatisfy({ client.labels[$0.key] == $0.value }) else { return false }
    guard headers.allSatisfy({ $0.match.matches(request.headers[$0.name]) }) else { return false }
    guard !withoutHeaders.contains(where: { $0.match.matches(request.headers[$0.name]) }) else {
      return false
    }
    return query.allSatisfy { $0.match.matches(HTTPMatch.parameter($0.name, of: request.path)) }
  }

  private static func parameter(_ name: String, of path: String) -> String? {
    guard let mark = path.firstIndex(of: "?") else { return nil }
    for pair in path[path.index(after: mark)...].split(separator: "&") {
      let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if halves[0] == name { return halves.count > 1 ? String(halves[1]) : "" }
    }
    return nil
  }
}
