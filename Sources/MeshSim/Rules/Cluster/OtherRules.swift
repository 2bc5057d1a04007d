import KubeModel

extension KindRules {
  /// Extension points of the API server, certificates, fairness and devices.
  static func others(_ kind: String) -> KindRules? {
    switch kind {
    case "CertificateSigningRequest": certificateRequests
    case "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration":
      webhooks(isMutating: kind.hasPrefix("Mutating"))
    case "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding", "MutatingAdmissionPolicy",
      "MutatingAdmissionPolicyBinding":
      admissionPolicies(kind)
    case "FlowSchema": flowSchemas
    case "PriorityLevelConfiguration": priorityLevels
    case "ResourceClaim", "ResourceClaimTemplate": devices(hasGenerations: false)
    case "DeviceClass", "ResourceSlice": devices(hasGenerations: true)
    case "APIService": services(ofAPI: kind)
    case "CustomResourceDefinition": definitions
    default: nil
    }
  }

  private static let definitions: KindRules = {
    var rules = KindRules()
    rules.generationFields = ["spec"]
    return rules
  }()

  private static func webhooks(isMutating: Bool) -> KindRules {
    var rules = KindRules()
    rules.fillDefaults = { object in
      object.changeEach("webhooks") { webhook in
        webhook.fill("failurePolicy", "Fail")
        webhook.fill("matchPolicy", "Equivalent")
        webhook.fill("namespaceSelector", [:])
        webhook.fill("objectSelector", [:])
        webhook.fill("timeoutSeconds", 10)
        if isMutating { webhook.fill("reinvocationPolicy", "Never") }
        webhook.change("clientConfig") { $0.change("service") { $0.fill("port", 443) } }
        webhook.changeEach("rules") { $0.fill("scope", "*") }
      }
    }
    rules.validate = { object, _, errors in WebhookCheck.check(object, &errors) }
    rules.generationFields = ["webhooks"]
    rules.allowsUnconditionalUpdate = false
    return rules
  }

  private static func admissionPolicies(_ kind: String) -> KindRules {
    var rules = KindRules()
    let isBinding = kind.hasSuffix("Binding")
    rules.fillDefaults = { object in
      object.make("spec") { spec in
        if !isBinding { spec.fill("failurePolicy", "Fail") }
        spec.change(isBinding ? "matchResources" : "matchConstraints") { match in
          match.fill("matchPolicy", "Equivalent")
          match.fill("namespaceSelector", [:])
          match.fill("objectSelector", [:])
          for list in ["resourceRules", "excludeResourceRules"] {
            match.changeEach(list) { $0.fill("scope", "*") }
          }
        }
      }
    }
    if kind == "ValidatingAdmissionPolicy" { rules.dropStatus() }
    rules.validate = { object, _, errors in
      let spec = object.fields["spec"] ?? .null
      let path = FieldPath("spec")
      switch kind {
      case "ValidatingAdmissionPolicy": AdmissionPolicyCheck.check(spec, path, &errors)
      case "ValidatingAdmissionPolicyBinding": AdmissionPolicyCheck.check(binding: spec, path, &errors)
      default:
        if isBinding {
          if spec.text("policyName").isEmpty { errors.required(path["policyName"]) }
        } else if spec["matchConstraints"] == nil {
          errors.required(path["matchConstraints"])
        }
      }
    }
    rules.generationFields = ["spec"]
    rules.allowsUnconditionalUpdate = false
    return rules
  }

  private static let flowSchemas: KindRules = {
    var rules = KindRules()
    rules.fillDefaults = { $0.make("spec") { $0.fillNumber("matchingPrecedence", 1000) } }
    rules.dropStatus()
    rules.validate = { object, _, errors in
      let spec = object.fields["spec"] ?? .null
      let path = FieldPath("spec")
      let precedence = spec.number("matchingPrecedence") ?? 0
      if precedence <= 0 {
        errors.invalid(path["matchingPrecedence"], .int(precedence), "must be a positive value")
      }
      if precedence > 10_000 {
        errors.invalid(
          path["matchingPrecedence"], .int(precedence), "must not be greater than 10000")
      }
      if spec[path: "priorityLevelConfiguration", "name"]?.string?.isEmpty ?? true {
        errors.required(path["priorityLevelConfiguration"]["name"], "must reference a priority level")
      }
    }
    rules.generationFields = ["spec"]
    rules.allowsUnconditionalUpdate = false
    return rules
  }()

  private static let priorityLevels: KindRules = {
    var rules = KindRules()
    rules.fillDefaults = { object in
      object.make("spec") { spec in
        spec.change("exempt") { exempt in
          exempt.fill("nominalConcurrencyShares", 0)
          exempt.fill("lendablePercent", 0)
        }
        spec.change("limited") { limited in
          limited.fill("nominalConcurrencyShares", 30)
          limited.fill("lendablePercent", 0)
          limited.change("limitResponse") { response in
            response.change("queuing") { queuing in
              queuing.fillNumber("queues", 64)
              queuing.fillNumber("handSize", 8)
              queuing.fillNumber("queueLengthLimit", 50)
            }
          }
        }
      }
    }
    rules.dropStatus()
    rules.validate = { object, _, errors in
      let type = object[path: "spec", "type"]?.string ?? ""
      if !["Exempt", "Limited"].contains(type) {
        errors.notSupported(FieldPath("spec.type"), .string(type), ["Exempt", "Limited"])
      }
      if type == "Limited", object[path: "spec", "limited"] == nil {
        errors.required(FieldPath("spec.limited"), "must not be empty when type is Limited")
      }
    }
    rules.generationFields = ["spec"]
    rules.allowsUnconditionalUpdate = false
    return rules
  }()

  private static func devices(hasGenerations: Bool) -> KindRules {
    var rules = KindRules()
    rules.deletionAnswersObject = true
    rules.generationFields = hasGenerations ? ["spec"] : []
    return rules
  }

  private static func services(ofAPI kind: String) -> KindRules {
    var rules = KindRules()
    rules.fillDefaults = { object in
      object.change("spec") { $0.change("service") { $0.fill("port", 443) } }
    }
    rules.dropStatus()
    rules.validate = { object, _, errors in
      let spec = object.fields["spec"] ?? .null
      let path = FieldPath("spec")
      let wanted = "\(spec.text("version")).\(spec.text("group"))"
      if object.name != wanted, !spec.text("group").isEmpty {
        errors.invalid(
          FieldPath("metadata.name"), .string(object.name),
          "must be `spec.version+\".\"+spec.group`: \"\(wanted)\"")
      }
      if spec.text("version").isEmpty { errors.required(path["version"]) }
      let priorities = [("groupPriorityMinimum", Int64(20_000)), ("versionPriority", 1000)]
      for (field, limit) in priorities {
        let value = spec.number(field) ?? 0
        if value <= 0 || value > limit {
          errors.invalid(path[field], .int(value), "must be positive and less than \(limit)")
        }
      }
    }
    rules.allowsUnconditionalUpdate = false
    return rules
  }
}

/// Checks the configuration of admission webhooks.
enum WebhookCheck {
  static func check(_ object: KubeObject, _ errors: inout FieldErrors) {
    var names: Set<String> = []
    for (index, webhook) in (object.fields["webhooks"]?.array ?? []).enumerated() {
      let path = FieldPath("webhooks")[index]
      let name = webhook.text("name")
      if name.isEmpty {
        errors.required(path["name"])
      } else {
        let problems = NameForm.dnsSubdomain.problems(of: name)
        if !problems.isEmpty {
          errors.invalid(path["name"], .string(name), problems.joined(separator: ","))
        } else if name.split(separator: ".").count < 3 {
          errors.invalid(
            path["name"], .string(name), "should be a domain with at least three segments separated by dots")
        }
      }
      if !names.insert(name).inserted { errors.duplicate(path["name"], .string(name)) }
      rules(webhook.list("rules"), path["rules"], &errors)
      choices(webhook, path, &errors)
      if let timeout = webhook.number("timeoutSeconds"), !(1...30).contains(timeout) {
        errors.invalid(
          path["timeoutSeconds"], .int(timeout), "the timeout value must be between 1 and 30 seconds")
      }
      let versions = webhook.texts("admissionReviewVersions")
      if versions.isEmpty {
        errors.required(path["admissionReviewVersions"], "must specify one of v1, v1beta1")
      } else if !versions.contains("v1"), !versions.contains("v1beta1") {
        errors.invalid(
          path["admissionReviewVersions"], webhook["admissionReviewVersions"],
          "must include at least one of v1, v1beta1")
      }
      errors.selector(path["namespaceSelector"], webhook["namespaceSelector"])
      errors.selector(path["objectSelector"], webhook["objectSelector"])
      client(webhook["clientConfig"] ?? .null, path["clientConfig"], &errors)
    }
  }

  private static func choices(_ webhook: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    let choices = [
      ("failurePolicy", ["Fail", "Ignore"]), ("matchPolicy", ["Equivalent", "Exact"]),
      ("reinvocationPolicy", ["IfNeeded", "Never"]),
    ]
    for (field, supported) in choices {
      if let text = webhook[field]?.string, !supported.contains(text) {
        errors.notSupported(path[field], .string(text), supported)
      }
    }
    guard let effects = webhook["sideEffects"]?.string else {
      return errors.required(path["sideEffects"], "must specify one of None, NoneOnDryRun")
    }
    if !["None", "NoneOnDryRun"].contains(effects) {
      errors.notSupported(path["sideEffects"], .string(effects), ["None", "NoneOnDryRun"])
    }
  }

  private static func rules(_ rules: [JSONValue], _ path: FieldPath, _ errors: inout FieldErrors) {
    for (index, rule) in rules.enumerated() {
      for field in ["apiGroups", "apiVersions", "resources", "operations"] {
        let texts = rule.texts(field)
        let place = path[index][field]
        if texts.isEmpty { errors.required(place) }
        if texts.count > 1, texts.contains("*"), field != "resources" {
          errors.invalid(place, rule[field], "if '*' is present, must not specify other \(words(field))")
        }
        guard field == "operations" else { continue }
        for (number, text) in texts.enumerated()
        where !["*", "CONNECT", "CREATE", "DELETE", "UPDATE"].contains(text) {
          errors.notSupported(
            place[number], .string(text), ["*", "CONNECT", "CREATE", "DELETE", "UPDATE"])
        }
      }
    }
  }

  private static func words(_ field: String) -> String {
    ["apiGroups": "API groups", "apiVersions": "API versions"][field] ?? field
  }

  private static func client(_ client: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    let address = client["url"]?.string
    if (address == nil) == (client["service"] == nil) {
      errors.required(path, "exactly one of url or service is required")
    }
    if let address, !address.hasPrefix("https://") {
      errors.invalid(
        path["url"], .string(address),
        "'https' is the only allowed URL scheme; desired format: https://host[/path]")
    }
    guard let service = client["service"] else { return }
    for field in ["name", "namespace"] where service.text(field).isEmpty {
      errors.required(path["service"][field], "service \(field) is required")
    }
    if let port = service.number("port"), !(1...65535).contains(port) {
      errors.invalid(
        path["service"]["port"], .int(port), "port is not valid: must be between 1 and 65535, inclusive")
    }
  }
}
