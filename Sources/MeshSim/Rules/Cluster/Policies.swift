import KubeModel

extension KindRules {
  static let disruptionBudgets: KindRules = {
    var rules = KindRules()
    let none: JSONValue = [
      "currentHealthy": 0, "desiredHealthy": 0, "disruptionsAllowed": 0, "expectedPods": 0,
    ]
    rules.dropStatus(initially: none)
    rules.validate = { object, _, errors in
      let spec = object.fields["spec"] ?? .null
      let path = FieldPath("spec")
      if spec.has("minAvailable"), spec.has("maxUnavailable") {
        errors.invalid(path, spec, "minAvailable and maxUnavailable cannot be both set")
      }
      for field in ["minAvailable", "maxUnavailable"] {
        guard let value = spec[field], !value.isNull else { continue }
        Workload.amount(path[field], value, &errors)
        Workload.share(path[field], value, &errors)
      }
      errors.selector(path["selector"], spec["selector"])
      if let policy = spec["unhealthyPodEvictionPolicy"]?.string,
        !["AlwaysAllow", "IfHealthyBudget"].contains(policy)
      {
        errors.notSupported(
          path["unhealthyPodEvictionPolicy"], .string(policy), ["AlwaysAllow", "IfHealthyBudget"])
      }
    }
    rules.validateStatus = { object, _, errors in
      let path = FieldPath("status")
      for field in ["disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods"] {
        errors.negative(path[field], object.fields["status"]?[field])
      }
    }
    rules.generationFields = ["spec"]
    return rules
  }()

  static let leases: KindRules = {
    var rules = KindRules()
    rules.validate = { object, _, errors in
      let spec = object.fields["spec"] ?? .null
      let path = FieldPath("spec")
      if let duration = spec.number("leaseDurationSeconds"), duration <= 0 {
        errors.invalid(path["leaseDurationSeconds"], .int(duration), "must be greater than 0")
      }
      if let holder = spec["holderIdentity"]?.string, holder.isEmpty {
        errors.invalid(path["holderIdentity"], "", "must not be empty")
      }
      if let transitions = spec.number("leaseTransitions"), transitions < 0 {
        errors.invalid(
          path["leaseTransitions"], .int(transitions), "must be greater than or equal to 0")
      }
      if let strategy = spec["strategy"]?.string {
        DomainPath.strategy(strategy, path["strategy"], &errors)
      } else if let preferred = spec["preferredHolder"]?.string, !preferred.isEmpty {
        errors.forbidden(path["preferredHolder"], "may only be specified if `strategy` is defined")
      }
    }
    rules.createsOnUpdate = true
    rules.allowsUnconditionalUpdate = false
    rules.repeatsMetadataOnUpdate = true
    return rules
  }()
}

extension DomainPath {
  /// How a lease is handed over: a known word, or one with a domain.
  static func strategy(_ text: String, _ path: FieldPath, _ errors: inout FieldErrors) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    switch parts.count {
    case 1:
      if text != "OldestEmulationVersion" {
        errors.notSupported(path, .string(text), ["OldestEmulationVersion"])
      }
    case 2: errors.labelKey(path, text)
    default: errors.invalid(path, .string(text), "must be a fully qualified domain name")
    }
  }
}
