/// Decides by Kubernetes' role-based rules; members of `system:masters` may do everything.
struct Authorizer {
  func decide(_ attributes: RequestAttributes, in state: ClusterState) -> Decision {
    decide(attributes, by: state.access.index)
  }

  func decide(_ attributes: RequestAttributes, by index: AccessIndex) -> Decision {
    if attributes.user.isSuperuser { return Decision(isAllowed: true, reason: "") }
    var allowing: AccessIndex.Binding?
    var missing: [String] = []
    index.visit(attributes.user, namespace: attributes.isResource ? attributes.namespace : "") {
      binding, rules in
      guard let rules else {
        let error =
          "\(binding.role.kind.lowercased()).rbac.authorization.k8s.io \"\(binding.role.name)\" not found"
        if !missing.contains(error) { missing.append(error) }
        return true
      }
      guard rules.contains(where: { $0.allows(attributes) }) else { return true }
      allowing = binding
      return false
    }
    if let allowing { return Decision(isAllowed: true, reason: "RBAC: allowed by \(allowing.description)") }
    guard !missing.isEmpty else { return Decision(isAllowed: false, reason: "") }
    let errors = missing.count == 1 ? missing[0] : "[" + missing.joined(separator: ", ") + "]"
    return Decision(isAllowed: false, reason: "RBAC: " + errors)
  }

  /// Throws 403 unless the request may be made.
  func require(_ attributes: RequestAttributes, in state: ClusterState) throws(StatusError) {
    let decision = decide(attributes, in: state)
    guard !decision.isAllowed else { return }
    let reason = decision.reason.isEmpty ? "" : ": " + decision.reason
    throw .forbidden(
      group: attributes.group, resource: attributes.resource, name: attributes.name,
      attributes.refusal + reason)
  }
}
