internal import KubeModel

/// Kong's declarative configuration, as far as it decides what becomes of a request.
struct KongRoutes: Sendable {
  struct Service: Sendable {
    let name: String
    let host: String
    let port: Int
    let path: String
    let isStream: Bool
  }

  struct Route: Sendable {
    let name: String
    let service: Service
    let schemes: [String]
    let redirectStatus: Int
    let hosts: [String]
    let paths: [String]
    let methods: [String]
    let headers: [String: [String]]
    let priority: Int
    let stripsPath: Bool
    let keepsHost: Bool
    let plugins: [KongPlugin]
  }

  /// In the order in which Kong looks at them.
  let routes: [Route]

  /// Without any route, as a Kong whose file is not there.
  static let none = KongRoutes(routes: [])

  private init(routes: [Route]) { self.routes = routes }

  init(_ file: JSONValue) {
    let list = { (json: JSONValue, key: String) in json[key]?.array ?? [] }
    let global = list(file, "plugins").compactMap(KongPlugin.init)
    let nested = list(file, "services").flatMap { service -> [Route] in
      let own = KongRoutes.service(service)
      let plugins = list(service, "plugins").compactMap(KongPlugin.init)
      let named = global.filter { $0.service == own.name }
      return list(service, "routes").map { KongRoutes.route($0, own, [global, named + plugins]) }
    }
    let services = list(file, "services").map(KongRoutes.service)
    let loose = list(file, "routes").compactMap { route -> Route? in
      let name = route["service"]?.string ?? route[path: "service", "name"]?.string
      return services.first { $0.name == name }.map { KongRoutes.route(route, $0, [global]) }
    }
    routes = (nested + loose).enumerated().sorted { left, right in
      let (first, second) = (KongRoutes.rank(left.element), KongRoutes.rank(right.element))
      return first == second ? left.offset < right.offset : second.lexicographicallyPrecedes(first)
    }
    .map(\.element)
  }

  private static func service(_ json: JSONValue) -> Service {
    var (scheme, host) = (json["protocol"]?.string ?? "http", json["host"]?.string ?? "")
    var (port, path) = (json["port"]?.int.map(Int.init), json["path"]?.string ?? "")
    if let url = json["url"]?.string {
      let halves = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
      if halves.count >= 3 {
        scheme = String(halves[0].dropLast())
        let authority = halves[2].split(separator: ":")
        host = authority.first.map(String.init) ?? ""
        port = authority.count > 1 ? Int(authority[1]) : nil
        path = halves.count > 3 ? "/" + halves[3] : ""
      }
    }
    return Service(
      name: json["name"]?.string ?? host, host: host,
      port: port ?? (["https", "grpcs"].contains(scheme) ? 443 : 80),
      path: path, isStream: ["tcp", "tls", "udp"].contains(scheme))
  }

  private static func route(_ json: JSONValue, _ service: Service, _ scopes: [[KongPlugin]]) -> Route {
    let own = (json["plugins"]?.array ?? []).compactMap(KongPlugin.init)
    let name = json["name"]?.string ?? ""
    var plugins: [String: KongPlugin] = [:]
    // Of one plug-in a single configuration holds: the route's before the service's before the global one.
    for plugin in scopes.flatMap({ $0 }) where plugin.service == nil || plugin.service == service.name {
      if plugin.route == nil || plugin.route == name { plugins[plugin.name] = plugin }
    }
    for plugin in own { plugins[plugin.name] = plugin }
    var headers: [String: [String]] = [:]
    for member in json["headers"]?.object?.members ?? [] {
      headers[member.key.lowercased()] = (member.value.array ?? []).compactMap(\.string)
    }
    return Route(
      name: name, service: service,
      schemes: json["protocols"] == nil ? ["http", "https"] : json.strings("protocols"),
      redirectStatus: Int(json["https_redirect_status_code"]?.int ?? 426), hosts: json.strings("hosts"),
      paths: json.strings("paths"), methods: json.strings("methods"), headers: headers,
      priority: Int(json["regex_priority"]?.int ?? 0), stripsPath: json["strip_path"]?.bool ?? true,
      keepsHost: json["preserve_host"]?.bool ?? false,
      plugins: plugins.sorted { $0.key < $1.key }.map(\.value).filter(\.isEnabled))
  }

  /// The order of Kong's traditional router: more kinds of match, plain hosts, more headers, regular expressions by
  /// priority, then the longest path.
  private static func rank(_ route: Route) -> [Int] {
    let kinds = [!route.hosts.isEmpty, !route.paths.isEmpty, !route.methods.isEmpty, !route.headers.isEmpty]
      .count { $0 }
    let isRegular = route.paths.contains { $0.hasPrefix("~") }
    return [
      kinds, route.hosts.contains { !$0.contains("*") } ? 1 : 0, route.headers.count, isRegular ? 1 : 0,
      isRegular ? route.priority : 0, route.paths.map(\.utf8.count).max() ?? 0,
    ]
  }
}
