import KubeModel

/// What has to hold, and what is filled in, beyond the rules of one kind: the admission plug-ins that Kubernetes runs by
/// default, in its order.
///
/// Off, as in the recorded server: refusing pods of a service account that is not there.
enum Admission {
  /// - Parameters:
  ///   - object: as it is stored, with defaults filled in.
  ///   - old: what it replaces; nil when it is made.
  /// - Throws: 403 of the plug-in that refuses.
  static func admit(
    _ object: inout KubeObject, old: KubeObject?, _ attributes: RequestAttributes, in state: ClusterState,
    warnings: inout [String]
  ) throws(StatusError) {
    switch (attributes.group, attributes.resource) {
    case ("", "pods"):
      try admitPod(&object, old: old, attributes, in: state, warnings: &warnings)
    case ("", "namespaces"):
      try PodSecurity.admitNamespace(object, old: old, attributes, in: state, warnings: &warnings)
    case ("", "persistentvolumes") where old == nil: StorageProtection.protect(&object, "pv")
    case ("", "persistentvolumeclaims"): try admitClaim(&object, old: old, attributes, in: state)
    case ("networking.k8s.io", "ingresses"): ClassDefaults.fillIngressClass(&object, old: old, in: state)
    case ("scheduling.k8s.io", "priorityclasses"):
      try PriorityAdmission.admitClass(object, attributes, in: state)
    case ("certificates.k8s.io", "certificatesigningrequests"):
      try CertificateAdmission.admit(&object, old: old, attributes, in: state)
    case ("rbac.authorization.k8s.io", _): try Escalation.check(object, old: old, attributes, in: state)
    case ("apps", _), ("batch", _), ("", "replicationcontrollers"), ("", "podtemplates"):
      try PodSecurity.warnOfTemplate(object, attributes, in: state, warnings: &warnings)
    default: break
    }
    if attributes.subresource.isEmpty { try QuotaAdmission.admit(object, old: old, attributes, in: state) }
  }

  /// Only policies keep objects from being deleted; namespaces that stay are the pipeline's.
  static func admitDeletion(
    of object: KubeObject, _ attributes: RequestAttributes, _ served: ServedResource, isDryRun: Bool,
    in state: ClusterState, warnings: inout [String]
  ) throws(StatusError) {
    guard state.store.count(of: ValidatingPolicies.bindingKind) > 0 else { return }
    let request = PolicyRequest(
      attributes, served.kind, object: nil, old: served.served(object), isDryRun: isDryRun, in: state)
    try ValidatingPolicies.admit(request, in: state, warnings: &warnings)
  }

  private static func admitPod(
    _ pod: inout KubeObject, old: KubeObject?, _ attributes: RequestAttributes, in state: ClusterState,
    warnings: inout [String]
  ) throws(StatusError) {
    if attributes.subresource.isEmpty {
      if old == nil {
        LimitRanger.fillDefaults(&pod, in: state)
        ServiceAccountAdmission.fill(&pod, in: state)
        try PriorityAdmission.fill(&pod, in: state)
        try RuntimeClassAdmission.fill(&pod, in: state)
      }
      TolerationDefaults.fill(&pod)
      if old == nil { try LimitRanger.checkPod(pod, in: state) }
    }
    try PodSecurity.admitPod(pod, old: old, attributes, in: state, warnings: &warnings)
  }

  private static func admitClaim(
    _ claim: inout KubeObject, old: KubeObject?, _ attributes: RequestAttributes, in state: ClusterState
  ) throws(StatusError) {
    guard attributes.subresource.isEmpty else { return }
    if old == nil { StorageProtection.protect(&claim, "pvc") }
    ClassDefaults.fillStorageClass(&claim, old: old, in: state)
    try LimitRanger.checkClaim(claim, in: state)
    if let old { try ClassDefaults.checkResize(claim, old: old, in: state) }
  }

  static func refusal(_ object: KubeObject, _ kind: ResourceKind, _ reason: String) -> StatusError {
    .forbidden(group: kind.group, resource: kind.plural, name: object.name, reason)
  }
}

extension ResourceKind {
  static let persistentVolumeClaim = ResourceKind(
    group: "", version: "v1", kind: "PersistentVolumeClaim", plural: "persistentvolumeclaims")
  static let limitRange = ResourceKind(group: "", version: "v1", kind: "LimitRange", plural: "limitranges")
  static let resourceQuota = ResourceKind(
    group: "", version: "v1", kind: "ResourceQuota", plural: "resourcequotas")
  static let storageClass = ResourceKind(
    group: "storage.k8s.io", version: "v1", kind: "StorageClass", plural: "storageclasses",
    isNamespaced: false)
  static let ingressClass = ResourceKind(
    group: "networking.k8s.io", version: "v1", kind: "IngressClass", plural: "ingressclasses",
    isNamespaced: false)
  static let priorityClass = ResourceKind(
    group: "scheduling.k8s.io", version: "v1", kind: "PriorityClass", plural: "priorityclasses",
    isNamespaced: false)
  static let runtimeClass = ResourceKind(
    group: "node.k8s.io", version: "v1", kind: "RuntimeClass", plural: "runtimeclasses", isNamespaced: false)
}
