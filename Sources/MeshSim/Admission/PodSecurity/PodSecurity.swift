import KubeModel

/// The Pod Security plug-in: what a namespace enforces keeps pods out, what it warns of is said to whoever writes.
enum PodSecurity {
  static func admitPod(
    _ pod: KubeObject, old: KubeObject?, _ attributes: RequestAttributes, in state: ClusterState,
    warnings: inout [String]
  ) throws(StatusError) {
    guard ["", "ephemeralcontainers", "resize"].contains(attributes.subresource) else { return }
    if let old, PodSecurity.isSame(pod, old) { return }
    let namespace = state.store.get(.namespace, ObjectKey(namespace: "", name: pod.namespace ?? ""))
    guard let policy = policy(of: namespace) else { return }
    let subject = PodSecuritySubject(metadata: pod.fields["metadata"], spec: pod.fields["spec"])
    let found = violations(of: subject, policy.enforced)
    guard found.isEmpty else {
      throw Admission.refusal(pod, .pod, "violates PodSecurity \"\(policy.enforced)\": \(details(found))")
    }
    warn(subject, policy.warned, &warnings)
  }

  /// Controllers are not refused for the pods that they will make, only warned of them.
  static func warnOfTemplate(
    _ object: KubeObject, _ attributes: RequestAttributes, in state: ClusterState, warnings: inout [String]
  ) throws(StatusError) {
    guard attributes.subresource.isEmpty, let namespace = object.namespace,
      let policy = policy(of: state.store.get(.namespace, ObjectKey(namespace: "", name: namespace))),
      policy.warned.level != .privileged
    else { return }
    let template =
      switch object.kind {
      case "PodTemplate": object.fields["template"]
      case "CronJob": object[path: "spec", "jobTemplate", "spec", "template"]
      default: object[path: "spec", "template"]
      }
    guard let template else { return }
    warn(PodSecuritySubject(metadata: template["metadata"], spec: template["spec"]), policy.warned, &warnings)
  }

  /// Checks the labels, and tells which pods would not be let in by a stricter level.
  static func admitNamespace(
    _ namespace: KubeObject, old: KubeObject?, _ attributes: RequestAttributes, in state: ClusterState,
    warnings: inout [String]
  ) throws(StatusError) {
    guard attributes.subresource.isEmpty else { return }
    if let old, old.labels == namespace.labels { return }
    let policy = NamespacePodSecurity(namespace)
    let before = NamespacePodSecurity(old)
    if !policy.errors.isEmpty, old == nil || policy.errors.all != before.errors.all {
      throw .invalid(
        .namespace, namespace.name,
        policy.errors.all.map {
          StatusError.Cause(field: $0.field, reason: $0.reason.rawValue, message: $0.message)
        })
    }
    guard old != nil, policy.enforced != before.enforced, policy.enforced.level > .privileged,
      policy.enforced.level > before.enforced.level || policy.enforced.minor != before.enforced.minor
    else { return }
    warnings += existingPods(in: namespace.name, policy.enforced, state)
  }

  // MARK: Evaluation

  /// The checks that a pod fails, in the order in which messages name them.
  static func violations(of pod: PodSecuritySubject, _ standard: PodSecurityStandard)
    -> [PodSecurityViolation]
  {
    guard standard.level > .privileged else { return [] }
    return PodSecurityCheck.all.compactMap { check in
      check.applies(at: standard) ? check.violation(pod) : nil
    }
  }

  static func details(_ violations: [PodSecurityViolation]) -> String {
    violations.map { $0.detail.isEmpty ? $0.reason : "\($0.reason) (\($0.detail))" }.joined(separator: ", ")
  }

  private static func warn(
    _ pod: PodSecuritySubject, _ standard: PodSecurityStandard, _ warnings: inout [String]
  ) {
    let found = violations(of: pod, standard)
    if !found.isEmpty { warnings.append("would violate PodSecurity \"\(standard)\": \(details(found))") }
  }

  /// Nil where a namespace asks for nothing.
  private static func policy(of namespace: KubeObject?) -> NamespacePodSecurity? {
    guard let labels = namespace?[path: "metadata", "labels"]?.object,
      labels.members.contains(where: { $0.key.hasPrefix("pod-security.kubernetes.io/") })
    else { return nil }
    return NamespacePodSecurity(namespace)
  }

  private static func existingPods(
    in namespace: String, _ standard: PodSecurityStandard, _ state: ClusterState
  )
    -> [String]
  {
    var byReason: [String: (name: String, others: Int)] = [:]
    for pod in state.store.list(.pod, namespace: namespace) {
      let subject = PodSecuritySubject(metadata: pod.fields["metadata"], spec: pod.fields["spec"])
      let found = violations(of: subject, standard)
      guard !found.isEmpty else { continue }
      let reason = found.map(\.reason).joined(separator: ", ")
      if let known = byReason[reason] {
        byReason[reason] = (known.name, known.others + 1)
      } else {
        byReason[reason] = (pod.name, 0)
      }
    }
    guard !byReason.isEmpty else { return [] }
    let lines = byReason.map { reason, pods -> String in
      switch pods.others {
      case 0: "\(pods.name): \(reason)"
      case 1: "\(pods.name) (and 1 other pod): \(reason)"
      default: "\(pods.name) (and \(pods.others) other pods): \(reason)"
      }
    }
    let head =
      "existing pods in namespace \"\(namespace)\" violate the new PodSecurity enforce level \"\(standard)\""
    return [head] + lines.sorted()
  }

  /// Whether an update leaves alone what is checked.
  private static func isSame(_ pod: KubeObject, _ old: KubeObject) -> Bool {
    pod.fields["spec"] == old.fields["spec"]
      && pod.annotations.filter { $0.key.hasPrefix(PodSecuritySubject.appArmorPrefix) }
        == old.annotations.filter { $0.key.hasPrefix(PodSecuritySubject.appArmorPrefix) }
  }
}
