import KubeModel

/// Checks the resources that containers ask for.
enum ResourceCheck {
  static func check(
    _ requirements: JSONValue, _ path: FieldPath, claims: [String] = [], isPodLevel: Bool = false,
    _ errors: inout FieldErrors
  ) {
    var hasHugePages = false
    var hasBasics = false
    func inspect(_ member: JSONObject.Member, _ path: FieldPath, _ errors: inout FieldErrors) {
      if isPodLevel { podName(member.key, path, &errors) } else { containerName(member.key, path, &errors) }
      quantity(member.key, member.value, path, &errors)
      if member.key == "cpu" || member.key == "memory" { hasBasics = true }
      guard member.key.hasPrefix("hugepages-") else { return }
      hasHugePages = true
      if let size = Amount(String(member.key.dropFirst(10))), let amount = Amount(member.value),
        size.nanos == 0 || amount.nanos % size.nanos != 0
      {
        errors.invalid(
          path, .string(amount.text), "\(amount.text) is not positive integer multiple of \(member.key)")
      }
    }
    let limits = requirements["limits"] ?? .null
    for member in requirements.entries("limits") {
      inspect(member, path["limits"][key: member.key], &errors)
    }
    for member in requirements.entries("requests") {
      inspect(member, path["requests"][key: member.key], &errors)
      let name = member.key
      let isExact = !isOvercommitAllowed(name)
      guard let limit = Amount(limits[name]), let amount = Amount(member.value) else {
        if isExact {
          errors.required(path["limits"], "Limit must be set for non overcommitable resources")
        }
        continue
      }
      if isExact, amount.nanos != limit.nanos {
        errors.invalid(
          path["requests"], .string(amount.text), "must be equal to \(name) limit of \(limit.text)")
      } else if amount > limit {
        errors.invalid(
          path["requests"], .string(amount.text),
          "must be less than or equal to \(name) limit of \(limit.text)")
      }
    }
    if hasHugePages, !hasBasics { errors.forbidden(path, "HugePages require cpu or memory") }
    checkClaims(requirements.list("claims"), path["claims"], known: claims, &errors)
  }

  /// An amount of a resource: not negative, and whole where the resource is counted.
  static func quantity(
    _ resource: String, _ value: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors
  ) {
    guard let amount = Amount(value) else { return }
    if amount.nanos < 0 {
      errors.invalid(path, .string(amount.text), "must be greater than or equal to 0")
    }
    if isCounted(resource), !amount.isWhole {
      errors.invalid(path, .string(amount.text), "must be an integer")
    }
  }

  static func containerName(_ name: String, _ path: FieldPath, _ errors: inout FieldErrors) {
    if ["cpu", "memory", "ephemeral-storage"].contains(name) { return }
    let problems = LabelSyntax.keyProblems(of: name)
    errors.invalid(path, name, problems: problems)
    let isPlain = !name.contains("/")
    if problems.isEmpty, isPlain, !ResourceNames.isStandard(name) {
      errors.invalid(path, .string(name), "must be a standard resource type or fully qualified")
    }
    if isPlain {
      if !name.hasPrefix("hugepages-") {
        errors.invalid(path, .string(name), "must be a standard resource for containers")
      }
    } else if !ResourceNames.isNative(name), name.hasPrefix("requests.") || name.utf8.count > 253 {
      errors.invalid(path, .string(name), "doesn't follow extended resource name standard")
    }
  }

  private static func podName(_ name: String, _ path: FieldPath, _ errors: inout FieldErrors) {
    let problems = LabelSyntax.keyProblems(of: name)
    errors.invalid(path, name, problems: problems)
    guard problems.isEmpty else { return }
    if !name.contains("/"), !ResourceNames.isStandard(name) {
      return errors.invalid(path, .string(name), "must be a standard resource type or fully qualified")
    }
    if !["cpu", "memory"].contains(name), !name.hasPrefix("hugepages-") {
      errors.notSupported(path, .string(name), ["cpu", "hugepages-", "memory"])
    }
  }

  /// Devices and huge pages cannot be promised twice.
  static func isOvercommitAllowed(_ name: String) -> Bool {
    ResourceNames.isNative(name) && !name.hasPrefix("hugepages-")
  }

  private static func isCounted(_ name: String) -> Bool {
    ResourceNames.counted.contains(name) || !ResourceNames.isNative(name)
  }

  private static func checkClaims(
    _ claims: [JSONValue], _ path: FieldPath, known: [String], _ errors: inout FieldErrors
  ) {
    var names: Set<String> = []
    for (index, claim) in claims.enumerated() {
      let name = claim.text("name")
      guard !name.isEmpty else {
        errors.required(path[index])
        continue
      }
      if !names.insert(name).inserted { errors.duplicate(path[index], .string(name)) }
      guard !known.contains(name) else { continue }
      errors.notFound(
        path[index], .string(name),
        "must be one of the names in pod.spec.resourceClaims"
          + (known.isEmpty ? " which is empty" : ": " + known.sorted().joined(separator: ", ")))
    }
  }
}

/// The names of resources that Kubernetes knows.
enum ResourceNames {
  static let counted: Set<String> = [
    "pods", "services", "replicationcontrollers", "resourcequotas", "secrets", "configmaps",
    "persistentvolumeclaims", "services.nodeports", "services.loadbalancers",
  ]
  private static let standard: Set<String> = counted.union([
    "cpu", "memory", "ephemeral-storage", "storage", "requests.cpu", "requests.memory", "requests.storage",
    "requests.ephemeral-storage", "limits.cpu", "limits.memory", "limits.ephemeral-storage",
  ])
  private static let quota: Set<String> = standard.subtracting([])

  static func isStandard(_ name: String) -> Bool {
    standard.contains(name) || name.hasPrefix("hugepages-") || name.hasPrefix("requests.hugepages-")
  }

  static func isQuota(_ name: String) -> Bool { isStandard(name) || name.hasPrefix("count/") }

  /// Without a prefix, or with one of Kubernetes itself.
  static func isNative(_ name: String) -> Bool { !name.contains("/") || name.contains("kubernetes.io/") }
}
