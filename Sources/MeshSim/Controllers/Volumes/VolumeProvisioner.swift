import KubeModel
import Seams

/// Binds claims to volumes, and makes volumes for classes that provision.
enum VolumeProvisioner {
  static let name = "rancher.io/local-path"
  static let selectedNode = "volume.kubernetes.io/selected-node"
  private static let source = "persistentvolume-controller"

  static func reconcile(_ key: ObjectKey, in state: inout ClusterState) {
    guard let claim = state.store.get(.volumeClaim, key) else { return }
    if claim.deletionTimestamp != nil { return finish(claim, in: &state) }
    guard claim[path: "status", "phase"]?.string != "Bound" else { return }
    if let volume = claim[path: "spec", "volumeName"]?.string, !volume.isEmpty {
      guard let live = state.store.get(.volume, ObjectKey(namespace: "", name: volume)) else { return }
      return bind(claim, live, in: &state)
    }
    guard let storage = storageClass(of: claim, in: state) else {
      if let volume = match(claim, in: state) { return bind(claim, volume, in: &state) }
      return state.note(
        claim, .normal, "FailedBinding",
        "no persistent volumes available for this claim and no storage class is set", by: source)
    }
    if let volume = match(claim, in: state) { return bind(claim, volume, in: &state) }
    let waits = storage.fields["volumeBindingMode"]?.string == "WaitForFirstConsumer"
    if waits, claim.annotations[selectedNode] == nil {
      return state.note(
        claim, .normal, "WaitForFirstConsumer", "waiting for first consumer to be created before binding",
        by: source)
    }
    provision(claim, storage, in: &state)
  }

  /// The class a claim names; `nil` for none.
  static func storageClass(of claim: KubeObject, in state: ClusterState) -> KubeObject? {
    if let name = claim[path: "spec", "storageClassName"]?.string {
      return name.isEmpty ? nil : state.store.get(.storageClass, ObjectKey(namespace: "", name: name))
    }
    return nil
  }

  private static func provision(_ claim: KubeObject, _ storage: KubeObject, in state: inout ClusterState) {
    guard storage.fields["provisioner"]?.string == name else {
      return state.note(
        claim, .normal, "ExternalProvisioning",
        "Waiting for a volume to be created either by the external provisioner "
          + "'\(storage.fields["provisioner"]?.string ?? "")' or manually by the system administrator. If volume creation "
          + "is delayed, please verify that the provisioner is running and correctly registered.", by: source)
    }
    var volume = KubeObject(kind: .volume, name: "pvc-\(claim.uid)")
    volume.annotations = ["pv.kubernetes.io/provisioned-by": name]
    volume.setFinalizerList(["kubernetes.io/pv-protection"])
    volume.fields["spec"] = [
      "accessModes": claim[path: "spec", "accessModes"] ?? [],
      "capacity": ["storage": claim[path: "spec", "resources", "requests", "storage"] ?? "1Gi"],
      "persistentVolumeReclaimPolicy": storage.fields["reclaimPolicy"] ?? "Delete",
      "storageClassName": .string(storage.name),
      "volumeMode": claim[path: "spec", "volumeMode"] ?? "Filesystem",
      "hostPath": ["path": .string("/var/local/pvc-\(claim.uid)"), "type": "DirectoryOrCreate"],
      "claimRef": reference(to: claim),
    ]
    if let node = claim.annotations[selectedNode] {
      volume.set(
        "spec", "nodeAffinity",
        to: [
          "required": [
            "nodeSelectorTerms": [
              [
                "matchExpressions": [
                  ["key": "kubernetes.io/hostname", "operator": "In", "values": [.string(node)]]
                ]
              ]
            ]
          ]
        ])
    }
    volume.fields["status"] = ["phase": "Available"]
    let made = state.create(volume, kind: .volume, manager: nil)
    state.note(
      claim, .normal, "ProvisioningSucceeded", "Successfully provisioned volume \(volume.name)", by: name)
    guard let live = state.store.get(.volumeClaim, claim.key) else { return }
    bind(live, made, in: &state)
  }

  private static func bind(_ claim: KubeObject, _ volume: KubeObject, in state: inout ClusterState) {
    var volume = volume
    if volume[path: "spec", "claimRef"] == nil {
      volume.annotations["pv.kubernetes.io/bound-by-controller"] = "yes"
    }
    volume.set("spec", "claimRef", to: reference(to: claim))
    volume.set("status", "phase", to: "Bound")
    volume.set("status", "lastPhaseTransitionTime", to: .string(state.now.rfc3339))
    state.revise(volume, kind: .volume, manager: ControllerName.manager, subresource: nil)
    var changed = claim
    var annotations = claim.annotations
    annotations["pv.kubernetes.io/bind-completed"] = "yes"
    if claim[path: "spec", "volumeName"]?.string?.isEmpty ?? true {
      annotations["pv.kubernetes.io/bound-by-controller"] = "yes"
    }
    changed.annotations = annotations
    changed.set("spec", "volumeName", to: .string(volume.name))
    changed.set("status", "phase", to: "Bound")
    changed.set("status", "accessModes", to: volume[path: "spec", "accessModes"])
    changed.set("status", "capacity", to: volume[path: "spec", "capacity"])
    state.revise(changed, kind: .volumeClaim, manager: ControllerName.manager, subresource: nil)
  }

  /// The smallest volume that is free, or kept for this claim, and large enough.
  private static func match(_ claim: KubeObject, in state: ClusterState) -> KubeObject? {
    func amount(_ value: JSONValue?) -> Double { value?.string.flatMap(Quantity.init(parsing:))?.value ?? 0 }
    let wanted = amount(claim[path: "spec", "resources", "requests", "storage"])
    let modes = Set((claim[path: "spec", "accessModes"]?.array ?? []).compactMap(\.string))
    let selector = claim[path: "spec", "selector"].flatMap(LabelSelector.init(json:))
    let candidates = state.store.list(.volume).filter { volume in
      let kept = volume[path: "spec", "claimRef"]
      if let kept {
        return kept["name"]?.string == claim.name && kept["namespace"]?.string == claim.namespace
          && (kept["uid"]?.string).map { $0 == claim.uid } ?? true
      }
      return volume[path: "status", "phase"]?.string ?? "Available" == "Available"
        && volume.deletionTimestamp == nil
        && (volume[path: "spec", "storageClassName"]?.string ?? "")
          == (claim[path: "spec", "storageClassName"]?.string ?? "")
        && modes.isSubset(of: (volume[path: "spec", "accessModes"]?.array ?? []).compactMap(\.string))
        && amount(volume[path: "spec", "capacity", "storage"]) >= wanted
        && selector?.matches(volume.labels) ?? true
    }
    return candidates.min {
      amount($0[path: "spec", "capacity", "storage"]) < amount($1[path: "spec", "capacity", "storage"])
    }
  }

  private static func reference(to claim: KubeObject) -> JSONValue {
    [
      "apiVersion": "v1", "kind": "PersistentVolumeClaim", "name": .string(claim.name),
      "namespace": .string(claim.namespace ?? ""), "uid": .string(claim.uid),
      "resourceVersion": .string(claim.resourceVersion),
    ]
  }

  /// Lets a claim go that no pod uses any more.
  private static func finish(_ claim: KubeObject, in state: inout ClusterState) {
    let isUsed = state.store.list(.pod, namespace: claim.namespace).contains {
      !$0.isFinishedPod && VolumeBinding.claimNames(of: $0).contains(claim.name)
    }
    guard !isUsed else { return }
    let finalizers = (claim[path: "metadata", "finalizers"]?.array ?? []).compactMap(\.string)
    guard finalizers.contains("kubernetes.io/pvc-protection") else { return }
    var changed = claim
    changed.setFinalizerList(finalizers.filter { $0 != "kubernetes.io/pvc-protection" })
    state.revise(changed, kind: .volumeClaim, manager: ControllerName.manager, subresource: nil)
  }

  /// What becomes of a volume whose claim is gone.
  static func reclaim(_ name: String, in state: inout ClusterState) {
    guard var volume = state.store.get(.volume, ObjectKey(namespace: "", name: name)) else { return }
    let reference = volume[path: "spec", "claimRef"]
    let claimIsGone = reference?["uid"]?.string.map { state.store.object(uid: $0) == nil } ?? false
    if volume.deletionTimestamp != nil, reference == nil || claimIsGone {
      volume.setFinalizerList([])
      state.revise(volume, kind: .volume, manager: ControllerName.manager, subresource: nil)
      return
    }
    if reference == nil, volume[path: "status", "phase"]?.string ?? "Pending" == "Pending" {
      volume.set("status", "phase", to: "Available")
      volume.set("status", "lastPhaseTransitionTime", to: .string(state.now.rfc3339))
      state.revise(volume, kind: .volume, manager: ControllerName.manager, subresource: "status")
      return
    }
    guard claimIsGone else { return }
    if volume[path: "spec", "persistentVolumeReclaimPolicy"]?.string == "Delete" {
      volume.setFinalizerList([])
      state.revise(volume, kind: .volume, manager: ControllerName.manager, subresource: nil)
      state.beginDeletion(.volume, volume.key)
    } else if volume[path: "status", "phase"]?.string != "Released" {
      volume.set("status", "phase", to: "Released")
      state.revise(volume, kind: .volume, manager: ControllerName.manager, subresource: "status")
    }
  }
}

extension KubeObject {
  mutating func setFinalizerList(_ finalizers: [String]) {
    set("metadata", "finalizers", to: finalizers.isEmpty ? nil : .array(finalizers.map(JSONValue.string)))
  }
}
