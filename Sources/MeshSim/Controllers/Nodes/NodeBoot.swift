import KubeModel
import Seams

/// What a cluster has from its first moment: nodes with their Leases, and a class for storage.
enum NodeBoot {
  static let leaseNamespace = "kube-node-lease"
  static let heartbeat = Duration.seconds(10)

  static func run(in state: inout ClusterState) {
    if state.store.list(.node).isEmpty {
      let plan = NodePlan(hasZones: state.controllers.setup.hasZones)
      for index in 0..<state.controllers.setup.nodes {
        let node = plan.node(index, cluster: state.name, now: state.now)
        register(node, in: &state)
      }
    }
    if state.controllers.setup.hasStorage, state.store.list(.storageClass).isEmpty {
      makeStorageClass(in: &state)
    }
    for namespace in state.store.list(.namespace) { state.enqueue(.namespaceContent(namespace.name)) }
    if state.controllers.setup.hasHeartbeats { state.schedule(.heartbeat, at: state.now + heartbeat) }
  }

  private static func register(_ node: KubeObject, in state: inout ClusterState) {
    let node = state.create(node, kind: .node, manager: nil)
    state.note(node, .normal, "Starting", "Starting kubelet.", by: "kubelet", host: node.name)
    state.note(
      node, .normal, "RegisteredNode", "Node \(node.name) event: Registered Node \(node.name) in Controller",
      by: "node-controller")
    guard state.store.contains(.namespace, ObjectKey(namespace: "", name: leaseNamespace)) else { return }
    var lease = KubeObject(kind: .lease, namespace: leaseNamespace, name: node.name)
    lease.setOwnerReferences([OwnerReference.plain(node)])
    lease.fields["spec"] = [
      "holderIdentity": .string(node.name), "leaseDurationSeconds": 40,
      "renewTime": .string(state.now.rfc3339Micro),
    ]
    state.create(lease, kind: .lease, manager: nil)
  }

  /// Lets the kubelets of the nodes that live renew their Leases.
  static func beat(in state: inout ClusterState) {
    guard state.controllers.setup.hasHeartbeats else { return }
    for node in state.store.list(.node) where node.isReadyNode && state.faults.loss(of: node) == nil {
      guard var lease = state.store.get(.lease, ObjectKey(namespace: leaseNamespace, name: node.name)) else {
        continue
      }
      lease.set("spec", "renewTime", to: .string(state.now.rfc3339Micro))
      state.update(lease, kind: .lease, manager: nil)
    }
    state.schedule(.heartbeat, at: state.now + heartbeat)
  }

  private static func makeStorageClass(in state: inout ClusterState) {
    var storage = KubeObject(kind: .storageClass, name: "standard")
    storage.annotations = ["storageclass.kubernetes.io/is-default-class": "true"]
    storage.fields["provisioner"] = .string(VolumeProvisioner.name)
    storage.fields["reclaimPolicy"] = "Delete"
    storage.fields["volumeBindingMode"] = "WaitForFirstConsumer"
    storage.fields["allowVolumeExpansion"] = true
    state.create(storage, kind: .storageClass, manager: nil)
  }
}
