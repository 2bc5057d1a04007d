public import KubeModel
public import MeshTopology

extension Renderer {
  /// The DestinationRule of a workload: how callers pick its pods, and its two subsets.
  ///
  /// - Returns: `nil` when the topology says nothing about its traffic and it has no rollout.
  public func destinationRule(for workload: Workload) -> KubeObject? {
    guard workload.traffic != nil || workload.rollout != nil else { return nil }
    let traffic = workload.traffic ?? Traffic()
    var object = object(.destinationRule, for: workload)
    object.set("spec", "host", to: .string(workload.host))
    object.set(
      "spec", "trafficPolicy", "loadBalancer", "simple", to: .string(traffic.loadBalancer.istioName))
    object.set("spec", "trafficPolicy", "connectionPool", to: traffic.connectionPool.flatMap(connectionPool))
    if workload.hasRoutedPort {
      object.set(
        "spec", "subsets",
        to: [
          subset(traffic.stableSubset, track: MeshLabels.stable),
          subset(traffic.canarySubset, track: MeshLabels.canary),
        ])
    }
    return object
  }

  /// The VirtualService of a workload.
  ///
  /// At rest all traffic goes to the stable subset, and no header leads to the canary's: a subset without
  /// pods answers 503.
  ///
  /// - Parameter canaryWeight: the share of the canary while it runs; more than none only when it has ready
  ///   pods. Header routes to the canary are there exactly when it has a share.
  /// - Returns: `nil` when the topology says nothing about its traffic and it has no rollout, and when no
  ///   port's requests can be routed.
  public func virtualService(for workload: Workload, canaryWeight: Weight = .zero) -> KubeObject? {
    guard workload.traffic != nil || workload.rollout != nil, workload.hasRoutedPort else { return nil }
    let traffic = workload.traffic ?? Traffic()
    let headers = traffic.headerRoutes.filter {
      canaryWeight > .zero || $0.subset != traffic.canarySubset
    }
    let byHeader = headers.map { header in
      var route = route(traffic, [destination(workload, subset: header.subset, weight: .full)])
      route["match"] = [["headers": [header.header: ["exact": .string(header.exact)]]]]
      return route
    }
    let byWeight = route(
      traffic,
      [
        destination(workload, subset: traffic.stableSubset, weight: canaryWeight.complement),
        destination(workload, subset: traffic.canarySubset, weight: canaryWeight),
      ])
    var object = object(.virtualService, for: workload)
    object.set("spec", "hosts", to: [.string(workload.host)])
    object.set("spec", "http", to: .array(byHeader + [byWeight]))
    return object
  }

  private func subset(_ name: String, track: String) -> JSONValue {
    ["name": .string(name), "labels": [MeshLabels.track: .string(track)]]
  }

  private func destination(_ workload: Workload, subset: String, weight: Weight) -> JSONValue {
    [
      "destination": ["host": .string(workload.host), "subset": .string(subset)],
      "weight": .int(Int64(weight.percent)),
    ]
  }

  private func route(_ traffic: Traffic, _ destinations: [JSONValue]) -> JSONValue {
    var route: JSONValue = ["route": .array(destinations)]
    route["timeout"] = traffic.timeout.map { .string($0.istioText) }
    if let retries = traffic.retries {
      var json: JSONValue = ["attempts": .int(Int64(retries.attempts))]
      json["perTryTimeout"] = retries.perTryTimeout.map { .string($0.istioText) }
      route["retries"] = json
    }
    return route
  }

  private func connectionPool(_ pool: ConnectionPool) -> JSONValue? {
    var json = JSONObject()
    json.set(["tcp", "maxConnections"], to: pool.maxConnections.map { .int(Int64($0)) })
    json.set(["http", "http1MaxPendingRequests"], to: pool.http1MaxPendingRequests.map { .int(Int64($0)) })
    json.set(["http", "maxRequestsPerConnection"], to: pool.maxRequestsPerConnection.map { .int(Int64($0)) })
    return json.isEmpty ? nil : .object(json)
  }
}

extension Traffic.LoadBalancer {
  /// What Istio calls it.
  fileprivate var istioName: String {
    switch self {
    case .leastRequest: "LEAST_REQUEST"
    case .roundRobin: "ROUND_ROBIN"
    case .random: "RANDOM"
    case .passthrough: "PASSTHROUGH"
    }
  }
}

extension Duration {
  /// The duration in seconds, the only form that every reader of Istio's objects takes: `15s`, `0.25s`.
  var istioText: String {
    let (seconds, milliseconds) = wholeMilliseconds.quotientAndRemainder(dividingBy: 1000)
    guard milliseconds > 0 else { return "\(seconds)s" }
    var fraction = String(String(milliseconds + 1000).dropFirst())
    while fraction.hasSuffix("0") { fraction.removeLast() }
    return "\(seconds).\(fraction)s"
  }
}
