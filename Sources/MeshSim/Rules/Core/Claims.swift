import KubeModel

extension KindRules {
  /// What a claim gets, also one within another object.
  static func fillClaim(_ claim: inout JSONObject) {
    claim.fill("metadata", [:])
    claim.make("spec") { spec in
      spec.fill("volumeMode", "Filesystem")
      spec.fill("resources", [:])
      // The old field and the new one say the same.
      if let source = spec["dataSource"], spec["dataSourceRef"] == nil { spec["dataSourceRef"] = source }
      if let reference = spec["dataSourceRef"], spec["dataSource"] == nil, reference["namespace"] == nil {
        spec["dataSource"] = reference
      }
    }
    claim.make("status") { $0.fillText("phase", "Pending") }
  }

  static let claims: KindRules = {
    var rules = KindRules()
    rules.fillDefaults = fillClaim
    rules.dropStatus(initially: ["phase": "Pending"])
    rules.validate = { object, live, errors in
      ClaimCheck.check(spec: object.fields["spec"] ?? .null, FieldPath("spec"), isTemplate: false, &errors)
      if let live { ClaimCheck.update(object, live, &errors) }
    }
    rules.validateStatus = { object, _, errors in
      for member in object.fields["status"]?.entries("capacity") ?? [] {
        guard let amount = Amount(member.value), amount.nanos < 0 else { continue }
        errors.invalid(
          FieldPath("status.capacity")[key: member.key], .int(Int64(amount.nanos / 1_000_000_000)),
          "must be a valid resource quantity")
      }
    }
    rules.warnings = { object, _ in
      var warnings: [String] = []
      if object[path: "metadata", "annotations", "volume.beta.kubernetes.io/storage-class"] != nil {
        warnings.append(
          "metadata.annotations[volume.beta.kubernetes.io/storage-class]: deprecated since v1.8; use "
            + "\"storageClassName\" attribute instead")
      }
      return warnings + ClaimCheck.warnings(object.fields["spec"] ?? .null, FieldPath("spec"))
    }
    rules.deletionAnswersObject = true
    rules.repeatsMetadataOnUpdate = true
    return rules
  }()
}

/// Checks a PersistentVolumeClaim's specification.
enum ClaimCheck {
  static let modes = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"]

  static func check(
    spec: JSONValue, _ path: FieldPath, isTemplate: Bool, _ errors: inout FieldErrors
  ) {
    accessModes(spec, path, "at least 1 access mode is required", &errors)
    errors.selector(path["selector"], spec["selector"])
    let size = spec[path: "resources", "requests", "storage"]
    let sizePath = path["resources"][key: "storage"]
    if let amount = Amount(size) {
      if amount.nanos <= 0 {
        errors.invalid(sizePath, .string(amount.text), "must be greater than zero")
      }
    } else {
      errors.required(sizePath)
    }
    for field in ["storageClassName", "volumeAttributesClassName"] {
      let name = spec.text(field)
      if !name.isEmpty { errors.name(path[field], name, .dnsSubdomain) }
    }
    if let mode = spec["volumeMode"]?.string, !["Block", "Filesystem"].contains(mode) {
      errors.notSupported(path["volumeMode"], .string(mode), ["Block", "Filesystem"])
    }
    for field in ["dataSource", "dataSourceRef"] {
      guard let source = spec[field], !source.isNull else { continue }
      let path = path[field]
      for part in ["name", "kind"] where source.text(part).isEmpty { errors.required(path[part]) }
      let group = source.text("apiGroup")
      if group.isEmpty, source.text("kind") != "PersistentVolumeClaim" {
        errors.invalid(
          path, .string(source.text("kind")),
          "must be 'PersistentVolumeClaim' when referencing the default apiGroup")
      }
      if !group.isEmpty { errors.name(path["apiGroup"], group, .dnsSubdomain) }
    }
  }

  /// How many may use a volume at a time.
  static func accessModes(
    _ spec: JSONValue, _ path: FieldPath, _ words: String, _ errors: inout FieldErrors
  ) {
    let chosen = spec.texts("accessModes")
    if chosen.isEmpty { errors.required(path["accessModes"], words) }
    for mode in chosen where !modes.contains(mode) {
      errors.notSupported(path["accessModes"], .string(mode), modes)
    }
    if chosen.contains("ReadWriteOncePod"),
      chosen.contains(where: { $0 != "ReadWriteOncePod" && modes.contains($0) })
    {
      errors.forbidden(path["accessModes"], "may not use ReadWriteOncePod with other access modes")
    }
  }

  static func update(_ claim: KubeObject, _ live: KubeObject, _ errors: inout FieldErrors) {
    let path = FieldPath("spec")
    var spec = claim.fields["spec"] ?? .null
    let old = live.fields["spec"] ?? .null
    if old.text("volumeName").isEmpty { spec["volumeName"] = old["volumeName"] }
    if !old.has("storageClassName"), spec.has("storageClassName") { spec["storageClassName"] = nil }
    if live[path: "status", "phase"] == "Bound" {
      spec["resources"]?["requests"]?["storage"] = old[path: "resources", "requests", "storage"]
      if spec.has("volumeAttributesClassName") {
        spec["volumeAttributesClassName"] = old["volumeAttributesClassName"]
      }
    }
    if spec != old {
      errors.forbidden(
        path,
        "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims\n"
          + StructDifference.text(old, spec))
    }
    if let new = Amount(claim[path: "spec", "resources", "requests", "storage"]),
      let size = Amount(old[path: "resources", "requests", "storage"]), new < size
    {
      let held = Amount(live[path: "status", "capacity", "storage"]) ?? Amount(nanos: 0)
      if new <= held {
        errors.forbidden(
          path["resources"]["requests"]["storage"], "field can not be less than status.capacity")
      }
    }
    errors.immutable(FieldPath("volumeMode"), claim[path: "spec", "volumeMode"], old["volumeMode"])
  }

  static func warnings(_ spec: JSONValue, _ path: FieldPath) -> [String] {
    guard let size = Amount(spec[path: "resources", "requests", "storage"]), !size.isWhole else { return [] }
    return [
      "\(path["resources"]["requests"][key: "storage"]): fractional byte value \"\(size.text)\" is invalid, must be "
        + "an integer"
    ]
  }
}
