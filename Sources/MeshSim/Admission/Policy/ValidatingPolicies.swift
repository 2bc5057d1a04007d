import KubeModel

/// What ValidatingAdmissionPolicies and their bindings have against a request.
enum ValidatingPolicies {
  static let kind = policyKind("ValidatingAdmissionPolicy", "validatingadmissionpolicies")
  static let bindingKind = policyKind("ValidatingAdmissionPolicyBinding", "validatingadmissionpolicybindings")

  private static func policyKind(_ kind: String, _ plural: String) -> ResourceKind {
    ResourceKind(
      group: "admissionregistration.k8s.io", version: "v1", kind: kind, plural: plural, isNamespaced: false)
  }

  /// - Throws: the first denial of a binding that denies.
  static func admit(_ request: PolicyRequest, in state: ClusterState, warnings: inout [String])
    throws(StatusError)
  {
    // Policies must not lock themselves in.
    guard state.store.count(of: bindingKind) > 0, request.attributes.group != kind.group else { return }
    var first: StatusError?
    for policy in state.store.list(kind) {
      guard PolicyMatch(constraints: policy[path: "spec", "matchConstraints"] ?? .null).matches(request)
      else { continue }
      for binding in state.store.list(bindingKind)
      where binding[path: "spec", "policyName"]?.string == policy.name
        && PolicyMatch(constraints: binding[path: "spec", "matchResources"] ?? .null).matches(request)
      {
        let (denials, isConfigured) = denials(policy, binding, request, in: state)
        // A binding that cannot be used denies, whatever its actions are.
        let actions = isConfigured ? binding.fields["spec"]?.texts("validationActions") ?? [] : ["Deny"]
        for denial in denials {
          if actions.contains("Deny"), first == nil { first = refusal(denial, policy, binding, request) }
          guard actions.contains("Warn") else { continue }
          warnings.append(
            "Validation failed for ValidatingAdmissionPolicy '\(policy.name)' with binding '\(binding.name)': "
              + denial.message)
        }
      }
    }
    if let first { throw first }
  }

  private static func denials(
    _ policy: KubeObject, _ binding: KubeObject, _ request: PolicyRequest, in state: ClusterState
  ) -> (denials: [PolicyEvaluation.Denial], isConfigured: Bool) {
    do throws(PolicyParameters.Problem) {
      let denials = try PolicyParameters.of(policy, binding, request, in: state).flatMap { parameter in
        var evaluation = PolicyEvaluation(policy, request, parameter: parameter)
        return evaluation.denials()
      }
      return (denials, true)
    } catch {
      guard policy[path: "spec", "failurePolicy"]?.string != "Ignore" else { return ([], true) }
      return ([PolicyEvaluation.Denial(message: "failed to configure binding: \(error.message)")], false)
    }
  }

  private static func refusal(
    _ denial: PolicyEvaluation.Denial, _ policy: KubeObject, _ binding: KubeObject, _ request: PolicyRequest
  ) -> StatusError {
    let message =
      "ValidatingAdmissionPolicy '\(policy.name)' with binding '\(binding.name)' denied request: "
      + denial.message
    let attributes = request.attributes
    let error = StatusError.forbidden(
      group: attributes.group, resource: attributes.resource, name: request.name, message)
    let codes = ["Forbidden": 403, "Unauthorized": 401, "RequestEntityTooLarge": 413]
    var details = error.details ?? [:]
    details["causes"] = [["message": .string(message)]]
    return StatusError(
      code: codes[denial.reason] ?? 422, reason: denial.reason, message: error.message, details: details)
  }

  /// What the controller of policies says of one: that it has seen it, and found nothing wrong with its types.
  static func noteTypes(of name: String, in state: inout ClusterState) {
    guard var policy = state.store.get(kind, ObjectKey(namespace: "", name: name)),
      policy[path: "status", "observedGeneration"]?.int != policy.generation
    else { return }
    policy.fields["status"] = ["observedGeneration": .int(policy.generation), "typeChecking": [:]]
    state.revise(policy, kind: kind, manager: ControllerName.manager, subresource: "status")
  }
}
