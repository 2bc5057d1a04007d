import KubeModel

/// Checks which nodes and neighbours a pod wants.
enum AffinityCheck {
  private static let required = "requiredDuringSchedulingIgnoredDuringExecution"
  private static let preferred = "preferredDuringSchedulingIgnoredDuringExecution"

  static func check(_ affinity: JSONValue?, _ path: FieldPath, _ errors: inout FieldErrors) {
    guard let affinity, !affinity.isNull else { return }
    if let node = affinity["nodeAffinity"] {
      let path = path["nodeAffinity"]
      if let selector = node[required] { nodeSelector(selector, path[required], &errors) }
      for (index, term) in node.list(preferred).enumerated() {
        let path = path[preferred][index]
        weight(term, path, &errors)
        nodeTerm(term["preference"] ?? .null, path["preference"], checksValues: false, &errors)
      }
    }
    for kind in ["podAffinity", "podAntiAffinity"] {
      guard let pods = affinity[kind] else { continue }
      for (index, term) in pods.list(required).enumerated() {
        podTerm(term, path[kind][required][index], &errors)
      }
      for (index, term) in pods.list(preferred).enumerated() {
        let path = path[kind][preferred][index]
        weight(term, path, &errors)
        podTerm(term["podAffinityTerm"] ?? .null, path["podAffinityTerm"], &errors)
      }
    }
  }

  private static func weight(_ term: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    let weight = term.number("weight") ?? 0
    if !(1...100).contains(weight) {
      errors.invalid(path["weight"], .int(weight), "must be in the range 1-100")
    }
  }

  /// A `NodeSelector`.
  static func nodeSelector(_ selector: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    let terms = selector.list("nodeSelectorTerms")
    let path = path["nodeSelectorTerms"]
    if terms.isEmpty { errors.required(path, "must have at least one node selector term") }
    for (index, term) in terms.enumerated() { nodeTerm(term, path[index], checksValues: true, &errors) }
  }

  private static func nodeTerm(
    _ term: JSONValue, _ path: FieldPath, checksValues: Bool, _ errors: inout FieldErrors
  ) {
    for (index, requirement) in term.list("matchExpressions").enumerated() {
      let path = path["matchExpressions"][index]
      let values = requirement.texts("values")
      switch requirement.text("operator") {
      case "In", "NotIn":
        if values.isEmpty {
          errors.required(path["values"], "must be specified when `operator` is 'In' or 'NotIn'")
        }
      case "Exists", "DoesNotExist":
        if !values.isEmpty {
          errors.forbidden(
            path["values"], "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")
        }
      case "Gt", "Lt":
        if values.count != 1 {
          errors.required(path["values"], "must be specified single value when `operator` is 'Lt' or 'Gt'")
        }
      default:
        errors.invalid(
          path["operator"], .string(requirement.text("operator")), "not a valid selector operator")
      }
      errors.labelKey(path["key"], requirement.text("key"))
      guard checksValues else { continue }
      for (index, value) in values.enumerated() {
        errors.invalid(path["values"][index], value, problems: LabelSyntax.valueProblems(of: value))
      }
    }
    for (index, requirement) in term.list("matchFields").enumerated() {
      let path = path["matchFields"][index]
      if !["In", "NotIn"].contains(requirement.text("operator")) {
        errors.invalid(
          path["operator"], .string(requirement.text("operator")), "not a valid selector operator")
      } else if requirement.texts("values").count != 1 {
        errors.required(
          path["values"], "must be only one value when `operator` is 'In' or 'NotIn' for node field selector")
      }
      if requirement.text("key") != "metadata.name" {
        errors.invalid(path["key"], .string(requirement.text("key")), "not a valid field selector key")
      }
    }
  }

  private static func podTerm(_ term: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    errors.selector(path["labelSelector"], term["labelSelector"])
    errors.selector(path["namespaceSelector"], term["namespaceSelector"])
    for name in term.texts("namespaces") { errors.name(path["namespace"], name, .dnsLabel) }
    for field in ["matchLabelKeys", "mismatchLabelKeys"] {
      let keys = term.texts(field)
      if !keys.isEmpty, !term.has("labelSelector") {
        errors.forbidden(path[field], "must not be specified when labelSelector is not set")
        continue
      }
      for (index, key) in keys.enumerated() { errors.labelKey(path[field][index], key) }
    }
    let mismatched = Set(term.texts("mismatchLabelKeys"))
    for (index, key) in term.texts("matchLabelKeys").enumerated() where mismatched.contains(key) {
      errors.invalid(
        path["matchLabelKeys"][index], .string(key), "exists in both matchLabelKeys and mismatchLabelKeys")
    }
    let topology = term.text("topologyKey")
    if topology.isEmpty { errors.required(path["topologyKey"], "can not be empty") }
    errors.labelKey(path["topologyKey"], topology)
  }
}

/// Checks how pods are to be spread.
enum TopologySpread {
  static func check(_ constraints: [JSONValue], _ path: FieldPath, _ errors: inout FieldErrors) {
    let actions = ["DoNotSchedule", "ScheduleAnyway"]
    for (index, constraint) in constraints.enumerated() {
      let path = path[index]
      let skew = constraint.number("maxSkew") ?? 0
      let key = constraint.text("topologyKey")
      let action = constraint.text("whenUnsatisfiable")
      if skew <= 0 { errors.invalid(path["maxSkew"], .int(skew), "must be greater than zero") }
      if key.isEmpty { errors.required(path["topologyKey"], "can not be empty") }
      if !actions.contains(action) {
        errors.notSupported(path["whenUnsatisfiable"], .string(action), actions)
      }
      let isRepeated = constraints[(index + 1)...].contains {
        $0.text("topologyKey") == key && $0.text("whenUnsatisfiable") == action
      }
      if isRepeated {
        errors.duplicate(path["{topologyKey, whenUnsatisfiable}"], .string("{\(key), \(action)}"))
      }
      if let domains = constraint.number("minDomains") {
        if domains <= 0 { errors.invalid(path["minDomains"], .int(domains), "must be greater than zero") }
        if action != "DoNotSchedule" {
          errors.invalid(
            path["minDomains"], .int(domains),
            "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not \(action)")
        }
      }
      for field in ["nodeAffinityPolicy", "nodeTaintsPolicy"] {
        if let policy = constraint[field]?.string, !["Honor", "Ignore"].contains(policy) {
          errors.notSupported(path[field], .string(policy), ["Honor", "Ignore"])
        }
      }
      errors.selector(path["labelSelector"], constraint["labelSelector"])
      let keys = constraint.texts("matchLabelKeys")
      if !keys.isEmpty, !constraint.has("labelSelector") {
        errors.forbidden(path["matchLabelKeys"], "must not be specified when labelSelector is not set")
      }
      let selected = constraint["labelSelector"]
      let known = Set(
        (selected?.entries("matchLabels").map(\.key) ?? [])
          + (selected?.list("matchExpressions").map { $0.text("key") } ?? []))
      for (index, key) in keys.enumerated() {
        errors.labelKey(path["matchLabelKeys"][index], key)
        if known.contains(key) {
          errors.invalid(
            path["matchLabelKeys"][index], .string(key), "exists in both matchLabelKeys and labelSelector")
        }
      }
    }
  }
}
