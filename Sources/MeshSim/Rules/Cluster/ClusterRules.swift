import KubeModel

extension KindRules {
  /// Scheduling, nodes and storage.
  static func cluster(_ kind: String) -> KindRules? {
    switch kind {
    case "PriorityClass": priorityClasses
    case "RuntimeClass": runtimeClasses
    case "StorageClass": storageClasses
    case "CSIDriver": drivers
    case "CSINode": driverNodes
    case "VolumeAttachment": attachments
    case "CSIStorageCapacity", "VolumeAttributesClass": storage
    default: nil
    }
  }

  private static let priorityClasses: KindRules = {
    var rules = KindRules()
    rules.fillDefaults = { $0.fill("preemptionPolicy", "PreemptLowerPriority") }
    rules.validate = { object, live, errors in
      let value = object.fields["value"]?.int ?? 0
      if object.name.hasPrefix("system-"), live == nil {
        let known = ["system-node-critical": Int64(2_000_001_000), "system-cluster-critical": 2_000_000_000]
        if known[object.name] != value {
          errors.forbidden(
            FieldPath("metadata.name"),
            "priority class names with 'system-' prefix are reserved for system use only. error: "
              + (known[object.name] == nil
                ? "\(object.name) is not a known system priority class"
                : "value of \(object.name) PriorityClass must be \(known[object.name] ?? 0)"))
        }
      } else if value > 1_000_000_000, !object.name.hasPrefix("system-") {
        errors.forbidden(
          FieldPath("value"),
          "maximum allowed value of a user defined priority is 1000000000")
      }
      if let policy = object.fields["preemptionPolicy"]?.string {
        errors.choice(FieldPath("preemptionPolicy"), policy, ["PreemptLowerPriority", "Never"])
      }
      guard let live else { return }
      if value != live.fields["value"]?.int ?? 0 {
        errors.forbidden(FieldPath("value"), "may not be changed in an update.")
      }
      errors.immutable(
        FieldPath("preemptionPolicy"), object.fields["preemptionPolicy"], live.fields["preemptionPolicy"])
    }
    rules.generationFields = ["value"]
    return rules
  }()

  private static let runtimeClasses: KindRules = {
    var rules = KindRules()
    rules.validate = { object, live, errors in
      let handler = object.fields["handler"]?.string ?? ""
      errors.name(FieldPath("handler"), handler, .dnsLabel)
      for member in object.fields["overhead"]?.entries("podFixed") ?? [] {
        ResourceCheck.quantity(
          member.key, member.value, FieldPath("overhead.podFixed")[key: member.key], &errors)
      }
      Tolerations.check(
        object.fields["scheduling"]?.list("tolerations") ?? [], FieldPath("scheduling.tolerations"), &errors)
      if let live { errors.immutable(FieldPath("handler"), object.fields["handler"], live.fields["handler"]) }
    }
    return rules
  }()

  private static let storageClasses: KindRules = {
    var rules = KindRules()
    rules.fillDefaults = { object in
      object.fill("reclaimPolicy", "Delete")
      object.fill("volumeBindingMode", "Immediate")
    }
    rules.validate = { object, live, errors in
      let provisioner = object.fields["provisioner"]?.string ?? ""
      if provisioner.isEmpty {
        errors.required(FieldPath("provisioner"))
      } else {
        errors.invalid(
          FieldPath("provisioner"), provisioner,
          problems: LabelSyntax.keyProblems(of: provisioner.lowercased()))
      }
      if (object.fields["parameters"]?.object?.count ?? 0) > 512 {
        errors.tooLong(FieldPath("provisioner.parameters"), maximum: 512)
      }
      if let policy = object.fields["reclaimPolicy"]?.string, !["Delete", "Retain"].contains(policy) {
        errors.notSupported(FieldPath("reclaimPolicy"), .string(policy), ["Delete", "Retain"])
      }
      let modes = ["Immediate", "WaitForFirstConsumer"]
      if let mode = object.fields["volumeBindingMode"]?.string, !modes.contains(mode) {
        errors.notSupported(FieldPath("volumeBindingMode"), .string(mode), modes)
      }
      guard let live else { return }
      if object.fields["parameters"] != live.fields["parameters"] {
        errors.forbidden(FieldPath("parameters"), "updates to parameters are forbidden.")
      }
      if object.fields["provisioner"] != live.fields["provisioner"] {
        errors.forbidden(FieldPath("provisioner"), "updates to provisioner are forbidden.")
      }
      if object.fields["reclaimPolicy"] != live.fields["reclaimPolicy"] {
        errors.forbidden(FieldPath("reclaimPolicy"), "updates to reclaimPolicy are forbidden.")
      }
      errors.immutable(
        FieldPath("volumeBindingMode"), object.fields["volumeBindingMode"], live.fields["volumeBindingMode"])
    }
    rules.deletionAnswersObject = true
    rules.repeatsMetadataOnUpdate = true
    return rules
  }()

  private static let drivers: KindRules = {
    var rules = KindRules()
    rules.fillDefaults = { object in
      object.make("spec") { spec in
        spec.fill("attachRequired", true)
        spec.fill("podInfoOnMount", false)
        spec.fill("storageCapacity", false)
        spec.fill("fsGroupPolicy", "ReadWriteOnceWithFSType")
        if spec["volumeLifecycleModes"]?.isEmptyContent ?? true {
          spec["volumeLifecycleModes"] = ["Persistent"]
        }
        spec.fill("requiresRepublish", false)
        spec.fill("seLinuxMount", false)
      }
    }
    rules.validate = { object, live, errors in
      let path = FieldPath("spec")
      let policies = ["File", "None", "ReadWriteOnceWithFSType"]
      if let policy = object[path: "spec", "fsGroupPolicy"]?.string, !policies.contains(policy) {
        errors.notSupported(path["fsGroupPolicy"], .string(policy), policies)
      }
      for mode in object.fields["spec"]?.texts("volumeLifecycleModes") ?? []
      where !["Ephemeral", "Persistent"].contains(mode) {
        errors.notSupported(path["volumeLifecycleModes"], .string(mode), ["Ephemeral", "Persistent"])
      }
      guard let live else { return }
      for field in ["attachRequired", "volumeLifecycleModes"] {
        errors.immutable(path[field], object[path: "spec", field], live[path: "spec", field])
      }
    }
    rules.deletionAnswersObject = true
    rules.allowsUnconditionalUpdate = false
    return rules
  }()

  private static let driverNodes: KindRules = {
    var rules = storage
    rules.validate = { object, _, errors in
      var names: Set<String> = []
      for (index, driver) in (object.fields["spec"]?.list("drivers") ?? []).enumerated() {
        let path = FieldPath("spec.drivers")[index]
        let name = driver.text("name")
        if name.isEmpty { errors.required(path["name"]) }
        if !names.insert(name).inserted { errors.duplicate(path["name"], .string(name)) }
        if driver.text("nodeID").isEmpty { errors.required(path["nodeID"]) }
      }
    }
    return rules
  }()

  private static let attachments: KindRules = {
    var rules = storage
    rules.dropStatus(initially: ["attached": false])
    rules.validate = { object, live, errors in
      let spec = object.fields["spec"] ?? .null
      let path = FieldPath("spec")
      if spec.text("attacher").isEmpty { errors.required(path["attacher"]) }
      if spec.text("nodeName").isEmpty { errors.required(path["nodeName"]) }
      let source = spec["source"] ?? .null
      if !source.has("persistentVolumeName"), !source.has("inlineVolumeSpec") {
        errors.required(
          path["source"], "must specify exactly one of inlineVolumeSpec and persistentVolumeName")
      }
      if let live { errors.immutable(path, spec, live.fields["spec"]) }
    }
    return rules
  }()

  private static let storage: KindRules = {
    var rules = KindRules()
    rules.deletionAnswersObject = true
    rules.allowsUnconditionalUpdate = false
    return rules
  }()
}
