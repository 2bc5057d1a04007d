internal import MeshTopology

/// What both forms of a gateway say of a route, each in its own words.
extension Gateway {
  /// What users speak; without TLS only to be sent to where there is TLS when the route asks for it.
  func protocols(of route: Route, on port: Workload.Port) -> [String] {
    let names = port.protocol == .grpc ? ["grpc", "grpcs"] : ["http", "https"]
    return route.isHTTPSOnly ? [names[1]] : names
  }

  /// The status that sends users to where there is TLS; `nil` where Kong's own will do.
  func redirectStatus(of route: Route, on port: Workload.Port) -> Int? {
    route.isHTTPSOnly && port.protocol != .grpc ? 308 : nil
  }

  /// The methods that a route takes; all when empty.
  func takenMethods(of route: Route) -> [Call.Method] {
    // Kong itself answers what browsers ask before a call to another site, if only a route takes it.
    guard !route.methods.isEmpty, route.cors ?? cors != nil, !route.methods.contains(.options) else {
      return route.methods
    }
    return route.methods + [.options]
  }
}
