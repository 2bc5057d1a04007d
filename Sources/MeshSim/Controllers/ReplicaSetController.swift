import KubeModel
import Seams

/// Keeps as many pods as a ReplicaSet asks for.
enum ReplicaSetController {
  static func reconcile(_ key: ObjectKey, in state: inout ClusterState) {
    guard let set = state.store.get(.replicaSet, key) else { return }
    let pods = state.store.list(.pod, namespace: key.namespace)
      .filter { $0.controllerReference?["uid"]?.string == set.uid && isActive($0) }
    let missing = DeploymentController.replicas(set) - pods.count
    if missing > 0 {
      for _ in 0..<missing { createPod(of: set, in: &state) }
    } else if missing < 0 {
      for pod in pods.sorted(by: isRemovedBefore).prefix(-missing) { Kubelet.terminate(pod, in: &state) }
    }
    writeStatus(of: set, in: &state)
  }

  private static func createPod(of set: KubeObject, in state: inout ClusterState) {
    var pod = KubeObject(kind: .pod, namespace: set.namespace, name: "\(set.name)-\(state.newNameSuffix())")
    guard !state.store.contains(.pod, pod.key) else { return }
    let template = set[path: "spec", "template"] ?? .null
    pod.labels = template[path: "metadata", "labels"]?.stringMap ?? [:]
    if let annotations = template[path: "metadata", "annotations"]?.stringMap {
      pod.annotations = annotations
    }
    pod.set("metadata", "generateName", to: .string(set.name + "-"))
    pod.set("metadata", "ownerReferences", to: [DeploymentController.ownerReference(to: set)])
    pod.fields["spec"] = template["spec"]
    pod.fields["status"] = ["phase": "Pending"]
    Defaults.apply(to: &pod)
    state.create(pod, kind: .pod, manager: nil)
  }

  private static func writeStatus(of set: KubeObject, in state: inout ClusterState) {
    guard var changed = state.store.get(.replicaSet, set.key) else { return }
    let pods = state.store.list(.pod, namespace: set.namespace ?? "")
      .filter { $0.controllerReference?["uid"]?.string == set.uid && isActive($0) }
    let ready = Int64(pods.count(where: \.isReadyPod))
    var status: JSONObject = [
      "replicas": .int(Int64(pods.count)), "fullyLabeledReplicas": .int(Int64(pods.count)),
      "observedGeneration": .int(changed.generation),
    ]
    if ready > 0 {
      status["readyReplicas"] = .int(ready)
      status["availableReplicas"] = .int(ready)
    }
    changed.fields["status"] = .object(status)
    state.update(changed, kind: .replicaSet, manager: nil)
  }

  private static func isActive(_ pod: KubeObject) -> Bool {
    let phase = pod[path: "status", "phase"]?.string
    return pod.deletionTimestamp == nil && phase != "Succeeded" && phase != "Failed"
  }

  /// Unready pods go first, then the youngest.
  private static func isRemovedBefore(_ left: KubeObject, _ right: KubeObject) -> Bool {
    if left.isReadyPod != right.isReadyPod { return !left.isReadyPod }
    let (older, younger) = (left.creationTimestamp ?? "", right.creationTimestamp ?? "")
    return older != younger ? older > younger : left.name < right.name
  }
}
