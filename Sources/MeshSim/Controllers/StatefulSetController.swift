import KubeModel
import Seams

/// Keeps the pods of a StatefulSet: each with its ordinal and its own claims, replaced from the highest ordinal
/// down, one after the other.
enum StatefulSetController {
  static let ordinalLabel = "apps.kubernetes.io/pod-index"
  static let revisionLabel = "controller-revision-hash"
  static let nameLabel = "statefulset.kubernetes.io/pod-name"

  static func reconcile(_ key: ObjectKey, in state: inout ClusterState) {
    guard let set = state.store.get(.statefulSet, key) else { return }
    let desired = DeploymentController.replicas(set)
    var pods: [Int: KubeObject] = [:]
    for pod in state.store.list(.pod, namespace: key.namespace)
    where pod.controllerReference?["uid"]?.string == set.uid {
      if let ordinal = ordinal(of: pod, in: set) { pods[ordinal] = pod }
    }
    let isParallel = set[path: "spec", "podManagementPolicy"]?.string == "Parallel"
    if !scale(set, to: desired, pods: pods, isParallel: isParallel, in: &state) {
      replaceOne(of: set, pods: pods, in: &state)
    }
    writeStatus(of: set, in: &state)
  }

  /// - Returns: whether pods are missing or too many, or still on their way.
  private static func scale(
    _ set: KubeObject, to desired: Int, pods: [Int: KubeObject], isParallel: Bool,
    in state: inout ClusterState
  ) -> Bool {
    for ordinal in 0..<max(0, desired) {
      guard let pod = pods[ordinal] else {
        createPod(ordinal, of: set, in: &state)
        if isParallel { continue }
        return true
      }
      if !isParallel, !pod.isReadyPod { return true }
    }
    let surplus = pods.keys.filter { $0 >= desired }.sorted(by: >)
    for ordinal in isParallel ? surplus : Array(surplus.prefix(1)) {
      if let pod = pods[ordinal] { Kubelet.terminate(pod, in: &state) }
    }
    return !surplus.isEmpty || pods.count < desired
  }

  private static func replaceOne(of set: KubeObject, pods: [Int: KubeObject], in state: inout ClusterState) {
    guard set[path: "spec", "updateStrategy", "type"]?.string != "OnDelete" else { return }
    let partition = Int(set[path: "spec", "updateStrategy", "rollingUpdate", "partition"]?.int ?? 0)
    for (ordinal, pod) in pods.sorted(by: { $0.key > $1.key }) where ordinal >= partition {
      if pod.labels[revisionLabel] != revision(of: set) {
        Kubelet.terminate(pod, in: &state)
        return
      }
      // The next one waits until this one serves again.
      if !pod.isReadyPod || pod.deletionTimestamp != nil { return }
    }
  }

  private static func createPod(_ ordinal: Int, of set: KubeObject, in state: inout ClusterState) {
    var pod = KubeObject(kind: .pod, namespace: set.namespace, name: "\(set.name)-\(ordinal)")
    guard !state.store.contains(.pod, pod.key) else { return }
    let template = set[path: "spec", "template"] ?? .null
    pod.labels = (template[path: "metadata", "labels"]?.stringMap ?? [:]).merging([
      revisionLabel: revision(of: set), nameLabel: pod.name, ordinalLabel: "\(ordinal)",
    ]) { _, own in own }
    if let annotations = template[path: "metadata", "annotations"]?.stringMap {
      pod.annotations = annotations
    }
    pod.set("metadata", "ownerReferences", to: [DeploymentController.ownerReference(to: set)])
    pod.fields["spec"] = template["spec"]
    pod.set("spec", "hostname", to: .string(pod.name))
    pod.set("spec", "subdomain", to: set[path: "spec", "serviceName"])
    let claims = set[path: "spec", "volumeClaimTemplates"]?.array ?? []
    let volumes = claims.compactMap { claim in
      claim[path: "metadata", "name"]?.string.map { name -> JSONValue in
        [
          "name": .string(name),
          "persistentVolumeClaim": ["claimName": .string("\(name)-\(pod.name)")],
        ]
      }
    }
    if !volumes.isEmpty {
      let others = template[path: "spec", "volumes"]?.array ?? []
      pod.set("spec", "volumes", to: .array(others + volumes))
    }
    pod.fields["status"] = ["phase": "Pending"]
    Defaults.apply(to: &pod)
    state.create(pod, kind: .pod, manager: nil)
  }

  private static func writeStatus(of set: KubeObject, in state: inout ClusterState) {
    guard var changed = state.store.get(.statefulSet, set.key) else { return }
    let pods = state.store.list(.pod, namespace: set.namespace ?? "")
      .filter { $0.controllerReference?["uid"]?.string == set.uid && $0.deletionTimestamp == nil }
    let current = revision(of: set)
    let ready = Int64(pods.count(where: \.isReadyPod))
    let updated = pods.filter { $0.labels[revisionLabel] == current }
    var status: JSONObject = [
      "replicas": .int(Int64(pods.count)), "readyReplicas": .int(ready), "availableReplicas": .int(ready),
      "updatedReplicas": .int(Int64(updated.count)), "observedGeneration": .int(changed.generation),
      "updateRevision": .string(current), "collisionCount": 0,
    ]
    let isDone = updated.count == pods.count && updated.allSatisfy(\.isReadyPod)
    status["currentRevision"] =
      isDone
      ? status["updateRevision"]
      : changed[path: "status", "currentRevision"] ?? status["updateRevision"]
    changed.fields["status"] = .object(status)
    state.update(changed, kind: .statefulSet, manager: nil)
  }

  private static func revision(of set: KubeObject) -> String {
    "\(set.name)-\(DeploymentController.templateHash(set[path: "spec", "template"] ?? .null))"
  }

  private static func ordinal(of pod: KubeObject, in set: KubeObject) -> Int? {
    pod.name.hasPrefix(set.name + "-") ? Int(pod.name.dropFirst(set.name.count + 1)) : nil
  }
}
