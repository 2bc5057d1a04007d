public import KubeModel
public import MeshTopology

extension Renderer {
  /// The HorizontalPodAutoscaler of a workload's stable pods; `nil` when their number is fixed.
  public func horizontalPodAutoscaler(for workload: Workload) -> KubeObject? {
    guard let scaling = workload.autoscaling else { return nil }
    var object = object(.horizontalPodAutoscaler, for: workload)
    object.set(
      "spec", "scaleTargetRef",
      to: [
        "apiVersion": .string(ResourceKind.deployment.apiVersion),
        "kind": .string(ResourceKind.deployment.kind), "name": .string(workload.name),
      ])
    object.set("spec", "minReplicas", to: .int(Int64(scaling.min)))
    object.set("spec", "maxReplicas", to: .int(Int64(scaling.max)))
    let metrics = [("cpu", scaling.cpu), ("memory", scaling.memory)].compactMap { name, target in
      target.map { metric(name, utilization: $0) }
    }
    object.set("spec", "metrics", to: .array(metrics))
    if let behavior = scaling.behavior {
      object.set("spec", "behavior", "scaleUp", to: speed(behavior.scaleUp))
      object.set("spec", "behavior", "scaleDown", to: speed(behavior.scaleDown))
    }
    return object
  }

  private func metric(_ name: String, utilization: Int) -> JSONValue {
    [
      "type": "Resource",
      "resource": [
        "name": .string(name),
        "target": ["type": "Utilization", "averageUtilization": .int(Int64(utilization))],
      ],
    ]
  }

  private func speed(_ speed: ScalingBehavior.Speed) -> JSONValue {
    [
      "stabilizationWindowSeconds": .int(speed.stabilization.components.seconds),
      "policies": [
        [
          "type": "Percent", "value": .int(Int64(speed.percent)),
          "periodSeconds": .int(speed.period.components.seconds),
        ]
      ],
    ]
  }
}

extension Renderer {
  /// The PodDisruptionBudget of a workload; by default one pod may be missing where there are several.
  public func disruptionBudget(for workload: Workload) -> KubeObject? {
    let isSeveral = (workload.autoscaling?.min ?? workload.replicas) > 1
    guard workload.disruption != nil || isSeveral, workload.controller != .daemonSet else { return nil }
    let budget = workload.disruption ?? DisruptionBudget()
    var object = object(.podDisruptionBudget, for: workload)
    object.set("spec", "selector", "matchLabels", to: .strings([MeshLabels.app: workload.name]))
    object.set("spec", "minAvailable", to: budget.minAvailable.map { .int(Int64($0)) })
    object.set("spec", "maxUnavailable", to: budget.maxUnavailable.map { .int(Int64($0)) })
    return object
  }
}
