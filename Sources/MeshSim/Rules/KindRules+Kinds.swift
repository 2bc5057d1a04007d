import KubeModel

extension KindRules {
  /// The rules of a kind; those that hold for all where it has none of its own.
  static func of(_ kind: ResourceKind) -> KindRules {
    known[kind] ?? .generic
  }

  private static let known: [ResourceKind: KindRules] = {
    var known: [ResourceKind: KindRules] = [:]
    for resource in Catalogue.builtIn.all {
      let kind = resource.kind
      var rules = own(kind) ?? KindRules()
      let fill = rules.fillDefaults
      rules.fillDefaults = { object in
        Quantities.builtIn.normalize(&object)
        fill(&object)
      }
      known[kind] = rules
    }
    return known
  }()

  private static func own(_ kind: ResourceKind) -> KindRules? {
    switch kind.group {
    case "": core(kind.kind)
    case "apps": apps(kind.kind)
    case "batch": batch(kind.kind)
    case "autoscaling": autoscalers(version: kind.version)
    case "networking.k8s.io", "discovery.k8s.io": networking(kind.kind)
    case "policy": disruptionBudgets
    case "rbac.authorization.k8s.io": access(kind.kind)
    case "coordination.k8s.io": leases
    case "events.k8s.io": events(isNew: true)
    case "scheduling.k8s.io", "node.k8s.io", "storage.k8s.io": cluster(kind.kind)
    default: others(kind.kind)
    }
  }

  private static func core(_ kind: String) -> KindRules? {
    switch kind {
    case "Pod": pods
    case "PodTemplate": podTemplates
    case "ReplicationController": replicationControllers
    case "Service": services
    case "Endpoints": endpoints
    case "ConfigMap": configMaps
    case "Secret": secrets
    case "Namespace": namespaces
    case "Node": nodes
    case "ServiceAccount": serviceAccounts
    case "PersistentVolume": volumes
    case "PersistentVolumeClaim": claims
    case "LimitRange": limitRanges
    case "ResourceQuota": quotas
    case "Event": events(isNew: false)
    default: nil
    }
  }
}
