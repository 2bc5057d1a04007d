import KubeModel

/// What the scheduler and the kubelet ask about the claims of a pod.
enum VolumeBinding {
  static func claimNames(of pod: KubeObject) -> [String] {
    (pod[path: "spec", "volumes"]?.array ?? []).compactMap { volume in
      if let name = volume[path: "persistentVolumeClaim", "claimName"]?.string { return name }
      return volume["ephemeral"] == nil ? nil : "\(pod.name)-\(volume["name"]?.string ?? "")"
    }
  }

  /// Why a pod cannot have a node for its claims; `nil` when it can.
  static func problem(of pod: KubeObject, in state: ClusterState) -> String? {
    for name in claimNames(of: pod) {
      guard let claim = state.store.get(.volumeClaim, ObjectKey(namespace: pod.namespace ?? "", name: name))
      else {
        return "persistentvolumeclaim \"\(name)\" not found"
      }
      if claim.deletionTimestamp != nil { return "persistentvolumeclaim \"\(name)\" is being deleted" }
      let isBound = claim[path: "status", "phase"]?.string == "Bound"
      guard !isBound else { continue }
      let mode = VolumeProvisioner.storageClass(of: claim, in: state)?.fields["volumeBindingMode"]?.string
      if mode != "WaitForFirstConsumer", claim[path: "spec", "storageClassName"] != nil {
        return "pod has unbound immediate PersistentVolumeClaims"
      }
    }
    return nil
  }

  /// Says on the claims of a pod on which node they are wanted.
  static func choose(_ node: String, for pod: KubeObject, in state: inout ClusterState) {
    for name in claimNames(of: pod) {
      guard var claim = state.store.get(.volumeClaim, ObjectKey(namespace: pod.namespace ?? "", name: name)),
        claim[path: "status", "phase"]?.string != "Bound",
        claim.annotations[VolumeProvisioner.selectedNode] == nil,
        VolumeProvisioner.storageClass(of: claim, in: state) != nil
      else { continue }
      claim.annotations[VolumeProvisioner.selectedNode] = node
      state.revise(claim, kind: .volumeClaim, manager: ControllerName.scheduler, subresource: nil)
      VolumeProvisioner.reconcile(claim.key, in: &state)
    }
  }

  /// Whether the volumes of a bound pod are there.
  static func isMounted(_ pod: KubeObject, in state: ClusterState) -> Bool {
    claimNames(of: pod).allSatisfy { name in
      guard let claim = state.store.get(.volumeClaim, ObjectKey(namespace: pod.namespace ?? "", name: name))
      else {
        return true
      }
      return claim[path: "spec", "storageClassName"] == nil
        || claim[path: "status", "phase"]?.string == "Bound"
    }
  }
}
