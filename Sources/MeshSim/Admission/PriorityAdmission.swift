import KubeModel

/// A pod's priority comes from its PriorityClass, or from the class that is the default.
enum PriorityAdmission {
  static func fill(_ pod: inout KubeObject, in state: ClusterState) throws(StatusError) {
    let given = pod[path: "spec", "priorityClassName"]?.string ?? ""
    var priority: Int64 = 0
    var preemption = "PreemptLowerPriority"
    var found: KubeObject?
    if given.isEmpty {
      found = defaultClass(in: state)
      if let found { pod.set("spec", "priorityClassName", to: .string(found.name)) }
    } else {
      found = state.store.get(.priorityClass, ObjectKey(namespace: "", name: given))
      guard found != nil else {
        throw Admission.refusal(pod, .pod, "no PriorityClass with name \(given) was found")
      }
    }
    if let found {
      priority = found.fields["value"]?.int ?? 0
      preemption = found.fields["preemptionPolicy"]?.string ?? preemption
    }
    if let own = pod[path: "spec", "priority"]?.int, own != priority {
      throw Admission.refusal(
        pod, .pod,
        "the integer value of priority (\(own)) must not be provided in pod spec; priority admission controller "
          + "computed \(priority) from the given PriorityClass name")
    }
    if let own = pod[path: "spec", "preemptionPolicy"]?.string, own != preemption {
      throw Admission.refusal(
        pod, .pod,
        "the string value of PreemptionPolicy (\(own)) must not be provided in pod spec; priority admission "
          + "controller computed \(preemption) from the given PriorityClass name")
    }
    pod.set("spec", "priority", to: .int(priority))
    pod.set("spec", "preemptionPolicy", to: .string(preemption))
  }

  /// Only one class is for pods that name none.
  static func admitClass(_ object: KubeObject, _ attributes: RequestAttributes, in state: ClusterState)
    throws(StatusError)
  {
    guard object.fields["globalDefault"]?.bool == true, let other = defaultClass(in: state),
      other.name != object.name
    else { return }
    throw Admission.refusal(
      object, .priorityClass,
      "PriorityClass \(other.name) is already marked as default. Only one default can exist")
  }

  /// The one of lowest value, should there be several.
  private static func defaultClass(in state: ClusterState) -> KubeObject? {
    state.store.list(.priorityClass).filter { $0.fields["globalDefault"]?.bool == true }
      .min { ($0.fields["value"]?.int ?? 0) < ($1.fields["value"]?.int ?? 0) }
  }
}
