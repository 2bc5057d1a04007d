import KubeModel

/// Claims and ingresses that name no class get the one that is marked as default.
enum ClassDefaults {
  static func fillStorageClass(_ claim: inout KubeObject, old: KubeObject?, in state: ClusterState) {
    guard old == nil, claim[path: "spec", "storageClassName"] == nil,
      claim.annotations["volume.beta.kubernetes.io/storage-class"] == nil,
      let name = markedDefault(
        .storageClass, "storageclass.kubernetes.io/is-default-class",
        "storageclass.beta.kubernetes.io/is-default-class",
        in: state)
    else { return }
    claim.set("spec", "storageClassName", to: .string(name))
  }

  static func fillIngressClass(_ ingress: inout KubeObject, old: KubeObject?, in state: ClusterState) {
    guard old == nil, ingress[path: "spec", "ingressClassName"] == nil,
      ingress.annotations["kubernetes.io/ingress.class"] == nil,
      let name = markedDefault(.ingressClass, "ingressclass.kubernetes.io/is-default-class", in: state)
    else { return }
    ingress.set("spec", "ingressClassName", to: .string(name))
  }

  /// A claim can only grow where its class provides for that.
  static func checkResize(_ claim: KubeObject, old: KubeObject, in state: ClusterState) throws(StatusError) {
    guard let wanted = Amount(claim[path: "spec", "resources", "requests", "storage"]),
      let held = Amount(old[path: "spec", "resources", "requests", "storage"]), wanted > held
    else { return }
    let name = CellText.storageClass(claim)
    let found = state.store.get(.storageClass, ObjectKey(namespace: "", name: name))
    if old[path: "status", "phase"]?.string != "Bound" {
      throw Admission.refusal(
        claim, .persistentVolumeClaim, "Only bound persistent volume claims can be expanded")
    }
    if found?.fields["allowVolumeExpansion"]?.bool != true {
      throw Admission.refusal(
        claim, .persistentVolumeClaim,
        "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize"
      )
    }
  }

  /// The newest of the classes that are marked, then the first by name.
  private static func markedDefault(_ kind: ResourceKind, _ annotations: String..., in state: ClusterState)
    -> String?
  {
    state.store.list(kind)
      .filter { object in annotations.contains { object.annotations[$0] == "true" } }
      .max { ($0.creationTimestamp ?? "", $1.name) < ($1.creationTimestamp ?? "", $0.name) }?.name
  }
}
