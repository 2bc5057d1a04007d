internal import KubeModel
internal import Seams

/// A VirtualService as proxies follow it.
struct VirtualServiceRules: Sendable {
  let name: String
  let namespace: String
  let hosts: [HostPattern]
  let exports: Exports
  /// Whether the proxies of workloads follow it, or only gateways.
  let isForMesh: Bool
  let gateways: [String]
  let http: [HTTPRule]
  let tcp: [StreamRule]

  init(_ object: KubeObject) {
    name = object.name
    let namespace = object.namespace ?? ""
    self.namespace = namespace
    let spec = object.fields["spec"] ?? .null
    hosts = spec.strings("hosts").map { HostPattern($0, in: namespace) }
    exports = Exports(spec.strings("exportTo"), own: namespace)
    gateways = spec.strings("gateways")
    isForMesh = gateways.isEmpty || gateways.contains("mesh")
    http = (spec["http"]?.array ?? []).map { HTTPRule($0, namespace) }
    tcp = (spec["tcp"]?.array ?? []).map { StreamRule($0, namespace) }
  }
}

/// Where a rule sends requests to.
struct RouteDestination: Hashable, Sendable {
  let host: String
  let subset: String?
  let port: Int?
  let weight: Int

  init(_ json: JSONValue, _ namespace: String, weight: Int) {
    let destination = json["destination"] ?? json
    host = HostPattern(destination["host"]?.string ?? "", in: namespace).text
    subset = destination["subset"]?.string
    port = destination[path: "port", "number"]?.int.map(Int.init)
    self.weight = weight
  }

  init(host: String, port: Int?) {
    self.host = host
    self.port = port
    subset = nil
    weight = 100
  }

  /// One destination alone gets everything, whatever its weight says.
  static func all(_ list: [JSONValue], _ namespace: String) -> [RouteDestination] {
    list.map { RouteDestination($0, namespace, weight: list.count == 1 ? 100 : Int($0["weight"]?.int ?? 0)) }
  }
}

/// One rule of `http`.
struct HTTPRule: Sendable {
  let matches: [HTTPMatch]
  let destinations: [RouteDestination]
  let redirectStatus: Int?
  let directStatus: Int?
  let fault: InjectedFault?
  let timeout: Duration?
  let retries: RetryPolicy?
  let mirrors: [(destination: RouteDestination, share: Double)]
  private let rewrite: JSONValue?
  private let addedHeaders: [(String, String)]

  init(_ json: JSONValue, _ namespace: String) {
    matches = (json["match"]?.array ?? []).map { HTTPMatch($0, namespace) }
    destinations = RouteDestination.all(json["route"]?.array ?? [], namespace)
    redirectStatus = json["redirect"].map { Int($0["redirectCode"]?.int ?? 301) }
    directStatus = json["directResponse"].map { Int($0["status"]?.int ?? 200) }
    fault = json["fault"].map(InjectedFault.init)
    timeout = json["timeout"]?.string.flatMap(Duration.init(written:)).flatMap { $0 > .zero ? $0 : nil }
    retries = json["retries"].map(RetryPolicy.init)
    var mirrors = (json["mirrors"]?.array ?? []).map { mirror in
      (RouteDestination(mirror, namespace, weight: 0), InjectedFault.share(mirror["percentage"]) ?? 1)
    }
    if let mirror = json["mirror"] {
      let share =
        InjectedFault.share(json["mirrorPercentage"]) ?? json["mirrorPercent"]?.number.map { $0 / 100 } ?? 1
      mirrors.append((RouteDestination(mirror, namespace, weight: 0), share))
    }
    self.mirrors = mirrors
    rewrite = json["rewrite"]
    addedHeaders = ["set", "add"].flatMap { kind in
      (json[path: "headers", "request", kind]?.stringMap ?? [:]).sorted { $0.key < $1.key }.map {
        ($0.key, $0.value)
      }
    }
  }

  /// The match that a request meets; a rule without any takes all.
  func match(_ request: ClientRequest, _ client: RouteClient) -> HTTPMatch?? {
    matches.isEmpty ? .some(nil) : matches.first { $0.matches(request, client) }.map { .some($0) }
  }

  /// The request as it goes on.
  func rewritten(_ request: ClientRequest, by match: HTTPMatch?) -> ClientRequest {
    var request = request
    for (name, value) in addedHeaders { request.headers[name.lowercased()] = value }
    guard let rewrite else { return request }
    if let authority = rewrite["authority"]?.string { request.host = authority }
    if let uri = rewrite["uri"]?.string {
      if case .prefix(let prefix)? = match?.path {
        request.path = uri + request.path.dropFirst(prefix.count)
      } else {
        request.path = uri
      }
    }
    return request
  }
}

/// One rule of `tcp`.
struct StreamRule: Sendable {
  let ports: [Int?]
  let destinations: [RouteDestination]

  init(_ json: JSONValue, _ namespace: String) {
    ports = (json["match"]?.array ?? []).map { $0["port"]?.int.map(Int.init) }
    destinations = RouteDestination.all(json["route"]?.array ?? [], namespace)
  }

  func takes(port: Int) -> Bool { ports.isEmpty || ports.contains { $0 == nil || $0 == port } }
}

extension JSONValue {
  /// The strings of a list member.
  func strings(_ key: String) -> [String] { (self[key]?.array ?? []).compactMap(\.string) }
}
