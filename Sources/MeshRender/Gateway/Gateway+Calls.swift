internal import KubeModel
internal import MeshTopology

extension Gateway {
  /// Whom the gateway calls: the callees of its routes, each with the methods and paths that lead there, the Redis
  /// that counts, and the collector of traces.
  func calls(in topology: Topology) -> [Call] {
    var calls: [Call] = []
    for (route, share) in zip(routes, shares) {
      let call = Call(to: route.to).with {
        $0.port = route.port
        $0.perRequest = share
        $0.methods = route.methods
        $0.paths = route.calledPaths
      }
      // Routes that allow the same methods are one call: more rules would say no more.
      let twin = calls.firstIndex {
        $0.to == call.to && $0.port == call.port && $0.methods == call.methods
          && $0.paths.isEmpty == call.paths.isEmpty
      }
      guard let twin else {
        calls.append(call)
        continue
      }
      calls[twin].perRequest += call.perRequest
      calls[twin].paths += call.paths.filter { !calls[twin].paths.contains($0) }
    }
    calls += counterCalls
    if let collector = topology.tracing?.collector {
      calls.append(
        Call(to: collector).with {
          $0.port = .number(Gateway.traceIntake)
          // Spans are sent in batches, whatever the number of requests.
          $0.perRequest = 0
        })
    }
    return calls
  }

  /// Where the collector takes traces in by HTTP.
  static let traceIntake = 4318

  /// The share of requests of each route; what no route claims is for those that say nothing.
  private var shares: [Double] {
    let open = routes.filter { $0.perRequest == nil }.count
    let rest = max(0, 1 - routes.compactMap(\.perRequest).reduce(0, +))
    return routes.map { $0.perRequest ?? rest / Double(open) }
  }

  private var counterCalls: [Call] {
    let limits = [rateLimit] + routes.map(\.rateLimit) + consumers.map(\.rateLimit)
    var calls: [Call] = []
    for redis in limits.compactMap({ $0?.redis }) {
      guard !calls.contains(where: { $0.to == redis.to && $0.port == redis.port }) else { continue }
      calls.append(Call(to: redis.to).with { $0.port = redis.port })
    }
    return calls
  }
}

extension Gateway.Route {
  /// The paths that the callee gets, as its AuthorizationPolicy has them; any when empty.
  var calledPaths: [String] {
    guard !stripsPath else { return [] }
    let patterns = paths.flatMap { path -> [String] in
      if path.hasPrefix("~") { return [RoutePath.start(of: path) + "*"] }
      // Kong also takes /api/users2 for a path of /api/users, which is hardly ever meant.
      return path.hasSuffix("/") ? [path + "*"] : [path, path + "/*"]
    }
    return patterns.contains("/*") ? [] : patterns
  }
}
