import KubeModel
import Seams

/// The APIService of each group version: who serves it, which is this server for all but the metrics of use.
enum APIServices {
  static let kind = ResourceKind(
    group: "apiregistration.k8s.io", version: "v1", kind: "APIService", plural: "apiservices",
    isNamespaced: false)
  private static let managed = "kube-aggregator.kubernetes.io/automanaged"

  /// Those of everything that a cluster serves from the start.
  static func objects(of api: ServedAPI, at time: Timestamp) -> [KubeObject] {
    // The aggregator does not list its own group.
    api.catalogue.groups.filter { $0.name != kind.group }.flatMap { group in
      group.versions.map { object(group: group.name, version: $0, at: time) }
    }
  }

  /// Lets the APIServices of a group follow what is served of it.
  static func settle(group: String, in state: inout ClusterState) {
    let served = Set(
      (state.api.catalogue.groups.first { $0.name == group }?.versions ?? []).map { name(group, $0) })
    for known in state.store.list(kind) where known[path: "spec", "group"]?.string == group {
      guard known.labels[managed] == "true", !served.contains(known.name) else { continue }
      state.remove(kind, known.key, manager: nil)
    }
    for version in state.api.catalogue.groups.first(where: { $0.name == group })?.versions ?? [] {
      let made = object(group: group, version: version, at: state.now)
      if state.store.get(kind, made.key) == nil { state.create(made, kind: kind, manager: nil) }
    }
  }

  private static func name(_ group: String, _ version: String) -> String { "\(version).\(group)" }

  private static func object(group: String, version: String, at time: Timestamp) -> KubeObject {
    var service = KubeObject(kind: kind, name: name(group, version))
    let isBuiltIn = ServedAPI.isBuiltIn(group: group)
    let isMetrics = group == Resource.nodeMetrics.kind.group
    if !isMetrics { service.labels = [managed: isBuiltIn ? "onstart" : "true"] }
    let priority = priorities[group] ?? (isMetrics ? 100 : 1_000)
    var spec: JSONObject = [
      "groupPriorityMinimum": .int(priority), "version": .string(version),
      "versionPriority": .int(isBuiltIn ? versionPriority(group, version) : 100),
    ]
    if !group.isEmpty { spec["group"] = .string(group) }
    if isMetrics {
      spec["insecureSkipTLSVerify"] = true
      spec["service"] = ["name": "metrics-server", "namespace": "kube-system", "port": 443]
    }
    service.fields["spec"] = .object(spec)
    service.fields["status"] = [
      "conditions": [
        [
          "type": "Available", "status": "True", "lastTransitionTime": .string(time.rfc3339),
          "reason": isMetrics ? "Passed" : "Local",
          "message": isMetrics ? "all checks passed" : "Local APIServices are always available",
        ]
      ]
    ]
    return service
  }

  private static func versionPriority(_ group: String, _ version: String) -> Int64 {
    switch (group, version) {
    case ("", _): 1
    case ("flowcontrol.apiserver.k8s.io", _): 21
    case (_, "v2"): 30
    default: 15
    }
  }

  /// Which groups clients prefer for a short name that several have.
  private static let priorities: [String: Int64] = [
    "": 18_000, "apps": 17_800, "events.k8s.io": 17_750, "authentication.k8s.io": 17_700,
    "authorization.k8s.io": 17_600, "autoscaling": 17_500, "batch": 17_400, "certificates.k8s.io": 17_300,
    "networking.k8s.io": 17_200, "policy": 17_100, "rbac.authorization.k8s.io": 17_000,
    "storage.k8s.io": 16_800, "apiextensions.k8s.io": 16_700, "admissionregistration.k8s.io": 16_700,
    "scheduling.k8s.io": 16_600, "coordination.k8s.io": 16_500, "node.k8s.io": 16_300,
    "discovery.k8s.io": 16_200, "flowcontrol.apiserver.k8s.io": 16_100, "resource.k8s.io": 15_900,
  ]
}
