internal import KubeModel
internal import MeshTopology

/// Kong's declarative file with its services and routes brought together.
struct ImportedKongFile {
  let root: Part
  /// Whether drops are noted by object or by file.
  let words: String

  /// A route with the service it leads to.
  struct Route {
    let part: Part
    let service: Part
    /// The plug-ins of the route, its service first.
    let plugins: [Part]
  }

  /// The routes, nested in services or beside them.
  var routes: [Route] {
    let plugins = root["plugins"]?.elements ?? []
    func own(_ part: Part, _ key: String) -> [Part] {
      let name = part["name"]?.peek
      return (part["plugins"]?.elements ?? [])
        + plugins.filter { plugin in
          let reference = plugin[key]?.peek ?? plugin[key, "name"]?.peek
          return reference != nil && reference == name
        }
    }
    var routes: [Route] = []
    let services = root["services"]?.elements ?? []
    for service in services {
      for route in service["routes"]?.elements ?? [] {
        routes.append(
          Route(part: route, service: service, plugins: own(service, "service") + own(route, "route")))
      }
    }
    for route in root["routes"]?.elements ?? [] {
      let name = route["service"]?.peek ?? route["service", "name"]?.peek
      guard let service = services.first(where: { $0["name"]?.peek == name }) else { continue }
      routes.append(
        Route(part: route, service: service, plugins: own(service, "service") + own(route, "route")))
    }
    return routes
  }

  /// Plug-ins of everything.
  var globalPlugins: [Part] {
    (root["plugins"]?.elements ?? []).filter {
      $0["service"] == nil && $0["route"] == nil && $0["consumer"] == nil
    }
  }
}

extension Part {
  /// The host and port of a service of Kong, as an address or in parts.
  var kongTarget: (host: String, port: Int)? {
    if let text = self["url"]?.text {
      guard let address = Importing.addresses(in: text).first else { return nil }
      return (address.host, address.port ?? (address.scheme == "https" ? 443 : 80))
    }
    guard let host = self["host"]?.text else { return nil }
    return (host, self["port"]?.integer ?? (self["protocol"]?.text == "https" ? 443 : 80))
  }
}
