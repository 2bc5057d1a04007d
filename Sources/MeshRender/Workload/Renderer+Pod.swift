internal import KubeModel
internal import MeshTopology

extension Renderer {
  /// The pods of a workload.
  func podSpec(of workload: Workload) -> JSONValue {
    var spec: JSONValue = [
      "serviceAccountName": .string(workload.serviceAccount),
      "containers": .array([container(of: workload)] + workload.sidecars.map { container($0, of: workload) }),
    ]
    if !workload.initContainers.isEmpty {
      spec["initContainers"] = .array(workload.initContainers.map { container($0, of: workload) })
    }
    // Who asks nothing of the Kubernetes API gets nothing to ask it with.
    if workload.permissions.isEmpty { spec["automountServiceAccountToken"] = false }
    spec["securityContext"] = podSecurityContext(of: workload)
    spec["volumes"] = volumes(of: workload)
    spec["topologySpreadConstraints"] = spreadConstraints(of: workload)
    if workload.terminationGracePeriod != .seconds(30) {
      spec["terminationGracePeriodSeconds"] = .int(workload.terminationGracePeriod.components.seconds)
    }
    spec["nodeSelector"] = workload.nodePool.map { ["cloud.google.com/gke-nodepool": .string($0)] }
    spec["priorityClassName"] = workload.priorityClass.map(JSONValue.string)
    if !workload.tolerations.isEmpty { spec["tolerations"] = .array(workload.tolerations.map(toleration)) }
    return spec
  }

  private func podSecurityContext(of workload: Workload) -> JSONValue? {
    var security = JSONObject()
    if isRestricted(workload) {
      security["runAsNonRoot"] = true
      security["seccompProfile"] = ["type": "RuntimeDefault"]
    }
    // A new volume belongs to root; its group is the workload's, or nobody else could write to it.
    let isStoring = workload.volumes.contains { $0.kind == .persistent }
    security["fsGroup"] = (workload.fsGroup ?? (isStoring ? workload.runAsUser : nil)).map { .int(Int64($0)) }
    return security.isEmpty ? nil : .object(security)
  }

  private func spreadConstraints(of workload: Workload) -> JSONValue? {
    let most = workload.autoscaling?.max ?? workload.replicas
    guard workload.controller != .daemonSet, most > 1 else { return nil }
    let constraints = [
      ("topology.kubernetes.io/zone", workload.spread.zones),
      ("kubernetes.io/hostname", workload.spread.nodes),
    ].compactMap { key, strictness -> JSONValue? in
      guard strictness != .none else { return nil }
      return [
        "maxSkew": 1, "topologyKey": .string(key),
        "whenUnsatisfiable": strictness == .required ? "DoNotSchedule" : "ScheduleAnyway",
        "labelSelector": ["matchLabels": [MeshLabels.app: .string(workload.name)]],
      ]
    }
    return constraints.isEmpty ? nil : .array(constraints)
  }

  private func toleration(_ toleration: Toleration) -> JSONValue {
    var json: JSONValue = ["operator": toleration.value == nil ? "Exists" : "Equal"]
    json["key"] = toleration.key.map(JSONValue.string)
    json["value"] = toleration.value.map(JSONValue.string)
    json["effect"] = toleration.effect.map { .string($0.rawValue) }
    return json
  }

  /// Whether the workload's namespace only lets hardened pods in.
  func isRestricted(_ workload: Workload) -> Bool { namespace(of: workload).podSecurity == .restricted }
}
