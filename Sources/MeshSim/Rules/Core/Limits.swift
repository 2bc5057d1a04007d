import KubeModel

extension KindRules {
  static let limitRanges: KindRules = {
    var rules = KindRules()
    rules.fillDefaults = { object in
      object.change("spec") { spec in spec.changeEach("limits", LimitCheck.fill) }
    }
    rules.validate = { object, _, errors in
      var types: Set<String> = []
      for (index, limit) in (object.fields["spec"]?.list("limits") ?? []).enumerated() {
        let path = FieldPath("spec.limits")[index]
        let type = limit.text("type")
        errors.labelKey(path["type"], type)
        if !type.contains("/"), !type.isEmpty, !["Pod", "Container", "PersistentVolumeClaim"].contains(type) {
          errors.invalid(path["type"], .string(type), "must be a standard limit type or fully qualified")
        }
        if !types.insert(type).inserted { errors.duplicate(path["type"], .string(type)) }
        LimitCheck.check(limit, type, path, &errors)
      }
    }
    rules.createsOnUpdate = true
    rules.repeatsMetadataOnUpdate = true
    return rules
  }()

  static let quotas: KindRules = {
    var rules = KindRules()
    rules.dropStatus()
    rules.validate = { object, live, errors in QuotaCheck.check(object, live, &errors) }
    rules.validateStatus = { object, _, errors in
      for list in ["hard", "used"] {
        QuotaCheck.amounts(object.fields["status"]?.entries(list) ?? [], FieldPath("status")[list], &errors)
      }
    }
    rules.deletionAnswersObject = true
    return rules
  }()
}

/// Checks one limit of a LimitRange.
enum LimitCheck {
  /// Containers get the maximum as their limit, that as their request, and else the minimum.
  static func fill(_ limit: inout JSONObject) {
    guard limit["type"] == "Container" else { return }
    func copy(_ source: String, _ target: String, _ limit: inout JSONObject) {
      let members = limit[source]?.object?.members ?? []
      guard !members.isEmpty else { return }
      limit.make(target) { for member in members { $0.fill(member.key, member.value) } }
    }
    copy("max", "default", &limit)
    copy("default", "defaultRequest", &limit)
    copy("min", "defaultRequest", &limit)
  }

  static func check(
    _ limit: JSONValue, _ type: String, _ path: FieldPath, _ errors: inout FieldErrors
  ) {
    let isPod = type == "Pod"
    var names: Set<String> = []
    for field in ["max", "min", "default", "defaultRequest", "maxLimitRequestRatio"] {
      let members = limit.entries(field)
      if isPod, field.hasPrefix("default") {
        if !members.isEmpty { errors.forbidden(path[field], "may not be specified when `type` is 'Pod'") }
        continue
      }
      for member in members {
        names.insert(member.key)
        if isPod || type == "Container" {
          ResourceCheck.containerName(member.key, path[field][key: member.key], &errors)
        } else {
          QuotaCheck.resourceName(member.key, path[field][key: member.key], &errors)
        }
      }
    }
    if type == "PersistentVolumeClaim", limit["min"]?["storage"] == nil, limit["max"]?["storage"] == nil {
      errors.required(
        path["limits"], "either minimum or maximum storage value is required, but neither was provided")
    }
    for name in names.sorted() { compare(limit, name, path, &errors) }
  }

  private static func compare(
    _ limit: JSONValue, _ name: String, _ path: FieldPath, _ errors: inout FieldErrors
  ) {
    func amount(_ field: String) -> Amount? { Amount(limit[field]?[name]) }
    func refuse(_ field: String, _ shown: Amount, _ words: String) {
      errors.invalid(path[field][key: name], .string(shown.text), words)
    }
    let (least, most) = (amount("min"), amount("max"))
    let (standard, request) = (amount("default"), amount("defaultRequest"))
    if let least, let most, least > most {
      refuse("min", least, "min value \(least.text) is greater than max value \(most.text)")
    }
    if let request, let least, least > request {
      refuse(
        "defaultRequest", request,
        "min value \(least.text) is greater than default request value \(request.text)")
    }
    if let request, let most, request > most {
      refuse(
        "defaultRequest", request,
        "default request value \(request.text) is greater than max value \(most.text)")
    }
    if let request, let standard, request > standard {
      refuse(
        "defaultRequest", request,
        "default request value \(request.text) is greater than default limit value \(standard.text)")
    }
    if let standard, let least, least > standard {
      refuse("default", least, "min value \(least.text) is greater than default value \(standard.text)")
    }
    if let standard, let most, standard > most {
      refuse("default", most, "default value \(standard.text) is greater than max value \(most.text)")
    }
    if let ratio = amount("maxLimitRequestRatio"), ratio.nanos < 1_000_000_000 {
      refuse("maxLimitRequestRatio", ratio, "ratio \(ratio.text) is less than 1")
    }
    if !ResourceCheck.isOvercommitAllowed(name), let standard, let request, standard.nanos != request.nanos {
      refuse(
        "defaultRequest", request,
        "default value \(standard.text) must equal to defaultRequest value \(request.text) in \(name)")
    }
  }
}

/// Checks a ResourceQuota.
enum QuotaCheck {
  private static let scopes = [
    "Terminating", "NotTerminating", "BestEffort", "NotBestEffort", "PriorityClass",
    "CrossNamespacePodAffinity", "VolumeAttributesClass",
  ]

  static func check(_ object: KubeObject, _ live: KubeObject?, _ errors: inout FieldErrors) {
    let spec = object.fields["spec"] ?? .null
    let path = FieldPath("spec")
    amounts(spec.entries("hard"), path["hard"], &errors)
    let chosen = spec.texts("scopes")
    for scope in chosen where !scopes.contains(scope) {
      errors.invalid(path["scopes"], spec["scopes"], "unsupported scope")
    }
    for scope in chosen {
      for member in spec.entries("hard") where isStandard(member.key) && !applies(scope, member.key) {
        errors.invalid(path["scopes"], spec["scopes"], "unsupported scope applied to resource")
      }
    }
    for pair in [["BestEffort", "NotBestEffort"], ["Terminating", "NotTerminating"]]
    where pair.allSatisfy(chosen.contains) {
      errors.invalid(path["scopes"], spec["scopes"], "conflicting scopes")
    }
    selector(spec, path["scopeSelector"]["matchExpressions"], &errors)
    if let live, Set(chosen) != Set((live.fields["spec"] ?? .null).texts("scopes")) {
      errors.invalid(path["scopes"], spec["scopes"] ?? .null, "field is immutable")
    }
  }

  static func amounts(
    _ members: [JSONObject.Member], _ path: FieldPath, _ errors: inout FieldErrors
  ) {
    for member in members {
      let path = path[key: member.key]
      resourceName(member.key, path, &errors)
      ResourceCheck.quantity(member.key, member.value, path, &errors)
    }
  }

  /// A name of a resource, or of a kind that is counted.
  static func resourceName(_ name: String, _ path: FieldPath, _ errors: inout FieldErrors) {
    let problems = LabelSyntax.keyProblems(of: name)
    errors.invalid(path, name, problems: problems)
    if problems.isEmpty, !name.contains("/"), !ResourceNames.isQuota(name) {
      errors.invalid(path, .string(name), "must be a standard resource type or fully qualified")
      errors.invalid(path, .string(name), "must be a standard resource for quota")
    }
  }

  private static func selector(_ spec: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    for requirement in spec["scopeSelector"]?.list("matchExpressions") ?? [] {
      let scope = requirement.text("scopeName")
      let kind = requirement.text("operator")
      let values = requirement.texts("values")
      if !scopes.contains(scope) {
        errors.invalid(path["scopeName"], .string(scope), "unsupported scope")
      } else if !["PriorityClass", "VolumeAttributesClass"].contains(scope), kind != "Exists" {
        errors.invalid(
          path["operator"], .string(kind),
          "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, "
            + "ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or "
            + "ResourceQuotaScopeCrossNamespacePodAffinity")
      }
      switch kind {
      case "In", "NotIn":
        if values.isEmpty {
          errors.required(
            path["values"], "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector"
          )
        }
      case "Exists", "DoesNotExist":
        if !values.isEmpty {
          errors.invalid(
            path["values"], requirement["values"],
            "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector")
        }
      default: errors.invalid(path["operator"], .string(kind), "not a valid selector operator")
      }
    }
  }

  private static func isStandard(_ name: String) -> Bool {
    ResourceNames.isStandard(name) && !name.hasPrefix("hugepages-")
  }

  private static func applies(_ scope: String, _ resource: String) -> Bool {
    let computed = [
      "cpu", "memory", "ephemeral-storage", "requests.cpu", "requests.memory", "requests.ephemeral-storage",
      "limits.cpu", "limits.memory", "limits.ephemeral-storage", "pods",
    ]
    switch scope {
    case "BestEffort": return resource == "pods"
    case "VolumeAttributesClass": return ["persistentvolumeclaims", "requests.storage"].contains(resource)
    case _ where !scopes.contains(scope): return true
    default: return computed.contains(resource)
    }
  }
}
