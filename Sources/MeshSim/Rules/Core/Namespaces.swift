import KubeModel

extension KindRules {
  static let namespaces: KindRules = {
    var rules = KindRules()
    rules.fillDefaults = { object in
      if let name = object["metadata"]?["name"]?.string, !name.isEmpty {
        object.make("metadata") { metadata in
          metadata.make("labels") { $0["kubernetes.io/metadata.name"] = .string(name) }
        }
      }
      object.make("status") { $0.fillText("phase", "Active") }
    }
    rules.prepareForCreate = { object in
      object.fields["status"] = ["phase": "Active"]
      let known = object.fields["spec"]?.texts("finalizers") ?? []
      guard !known.contains("kubernetes") else { return }
      object.set("spec", "finalizers", to: .array((known + ["kubernetes"]).map { .string($0) }))
    }
    rules.prepareForUpdate = { object, live in
      object.fields["status"] = live.fields["status"]
      object.set("spec", "finalizers", to: live[path: "spec", "finalizers"])
    }
    rules.validate = { object, live, errors in
      guard live == nil else { return }
      let path = FieldPath("spec.finalizers")
      for finalizer in object.fields["spec"]?.texts("finalizers") ?? [] {
        errors.labelKey(path, finalizer)
        if !finalizer.contains("/"), !["kubernetes", "orphan", "foregroundDeletion"].contains(finalizer) {
          errors.invalid(
            path, .string(finalizer), "name is neither a standard finalizer name nor is it fully qualified")
        }
      }
    }
    rules.validateStatus = { object, _, errors in
      let isEnding = object.deletionTimestamp != nil
      let phase = object[path: "status", "phase"]?.string ?? ""
      guard phase != (isEnding ? "Terminating" : "Active") else { return }
      errors.invalid(
        FieldPath("status.Phase"), .string(phase),
        isEnding
          ? "may only be 'Terminating' if `deletionTimestamp` is not empty"
          : "may only be 'Active' if `deletionTimestamp` is empty")
    }
    rules.checkName = { NameForm.dnsLabel.problems(of: $0, isPrefix: $1) }
    rules.deletionAnswersObject = true
    return rules
  }()

  static let serviceAccounts: KindRules = {
    var rules = KindRules()
    rules.deletionAnswersObject = true
    rules.repeatsMetadataOnUpdate = true
    return rules
  }()

  static let nodes: KindRules = {
    var rules = KindRules()
    rules.fillDefaults = { object in
      object.make("status") { status in
        if let capacity = status["capacity"], status["allocatable"] == nil {
          status["allocatable"] = capacity
        }
      }
      object.change("spec") { spec in
        // Both fields say the same.
        if let range = spec["podCIDR"], spec["podCIDRs"] == nil { spec["podCIDRs"] = [range] }
      }
    }
    rules.prepareForUpdate = { object, live in object.fields["status"] = live.fields["status"] }
    rules.validate = { object, live, errors in NodeCheck.check(object, live, &errors) }
    rules.validateStatus = { object, live, errors in NodeCheck.check(object, live, &errors) }
    return rules
  }()
}

/// Checks a Node.
enum NodeCheck {
  static func check(_ node: KubeObject, _ live: KubeObject?, _ errors: inout FieldErrors) {
    let spec = node.fields["spec"] ?? .null
    let path = FieldPath("spec")
    Tolerations.checkTaints(spec.list("taints"), FieldPath("metadata.taints"), &errors)
    for list in ["capacity", "allocatable"] {
      for member in node.fields["status"]?.entries(list) ?? [] {
        ResourceCheck.quantity(member.key, member.value, FieldPath("status")[list][member.key], &errors)
      }
    }
    let ranges = spec.texts("podCIDRs")
    guard let live else {
      for (index, range) in ranges.enumerated() {
        errors.invalid(path["podCIDRs"][index], range, problems: Address.rangeProblems(of: range))
      }
      return
    }
    let old = live.fields["spec"] ?? .null
    if !old.texts("podCIDRs").isEmpty, ranges != old.texts("podCIDRs") {
      errors.forbidden(path["podCIDRs"], "node updates may not change podCIDR except from \"\" to valid")
    }
    if !old.text("providerID").isEmpty, spec["providerID"] != old["providerID"] {
      errors.forbidden(path["providerID"], "node updates may not change providerID except from \"\" to valid")
    }
    var addresses: [JSONValue] = []
    for (index, address) in (node.fields["status"]?.list("addresses") ?? []).enumerated() {
      if addresses.contains(address) { errors.duplicate(FieldPath("status.addresses")[index], address) }
      addresses.append(address)
    }
  }
}
