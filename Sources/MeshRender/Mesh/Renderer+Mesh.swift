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
    object.set("spec", "trafficPolicy", to: trafficPolicy(traffic))
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
      if !retries.on.isEmpty { json["retryOn"] = .string(retries.on.joined(separator: ",")) }
      route["retries"] = json
    }
    if let mirror = traffic.mirror, let target = callee(mirror.to) {
      var destination: JSONValue = ["host": .string(target.host)]
      destination["port"] = target.port(mirror.port).map { ["number": .int(Int64($0.port))] }
      route["mirror"] = destination
      route["mirrorPercentage"] = ["value": percentage(mirror.percent)]
    }
    route["fault"] = traffic.faults.flatMap(fault)
    return route
  }

  private func fault(_ faults: FaultInjection) -> JSONValue? {
    var json = JSONObject()
    json["delay"] = faults.delay.map {
      [
        "fixedDelay": .string($0.duration.istioText),
        "percentage": ["value": percentage($0.percent)],
      ]
    }
    json["abort"] = faults.abort.map {
      ["httpStatus": .int(Int64($0.status)), "percentage": ["value": percentage($0.percent)]]
    }
    return json.isEmpty ? nil : .object(json)
  }

  private func percentage(_ percent: Percent) -> JSONValue {
    Int64(exactly: percent.value).map(JSONValue.int) ?? .double(percent.value)
  }
}
