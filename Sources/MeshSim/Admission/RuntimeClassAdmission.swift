import KubeModel

/// What a pod's RuntimeClass costs beside its containers, and where it can run.
enum RuntimeClassAdmission {
  static func fill(_ pod: inout KubeObject, in state: ClusterState) throws(StatusError) {
    guard let name = pod[path: "spec", "runtimeClassName"]?.string, !name.isEmpty else {
      if pod[path: "spec", "overhead"]?.object?.isEmpty == false {
        throw Admission.refusal(
          pod, .pod, "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead")
      }
      return
    }
    guard let found = state.store.get(.runtimeClass, ObjectKey(namespace: "", name: name)) else {
      throw Admission.refusal(pod, .pod, "pod rejected: RuntimeClass \"\(name)\" not found")
    }
    if let overhead = found[path: "overhead", "podFixed"] {
      if let own = pod[path: "spec", "overhead"], own != overhead {
        throw Admission.refusal(
          pod, .pod, "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead")
      }
      pod.set("spec", "overhead", to: overhead)
    }
    for (key, value) in (found[path: "scheduling", "nodeSelector"]?.stringMap ?? [:]).sorted(by: {
      $0.key < $1.key
    }) {
      if let own = pod[path: "spec", "nodeSelector", key]?.string, own != value {
        throw Admission.refusal(
          pod, .pod,
          "conflict: runtimeClass.scheduling.nodeSelector[\(key)] = \(value); pod.spec.nodeSelector[\(key)] = \(own)"
        )
      }
      pod.set("spec", "nodeSelector", key, to: .string(value))
    }
    let own = pod[path: "spec", "tolerations"]?.array ?? []
    let added = (found[path: "scheduling", "tolerations"]?.array ?? []).filter { !own.contains($0) }
    if !added.isEmpty { pod.set("spec", "tolerations", to: .array(own + added)) }
  }
}
