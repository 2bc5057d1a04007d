import KubeModel

/// What the API server refuses, for the kinds served here.
enum Validation {
  static func check(_ object: KubeObject, kind: ResourceKind, before: KubeObject?) throws(StatusError) {
    var causes: [StatusError.Cause] = []
    checkName(object, kind: kind, &causes)
    switch kind {
    case .deployment, .replicaSet: checkWorkload(object, before: before, &causes)
    case .horizontalPodAutoscaler: checkAutoscaler(object, &causes)
    case .service:
      if object[path: "spec", "ports"]?.array?.isEmpty ?? true { causes.append(.required("spec.ports")) }
    case .virtualService: try checkRoutes(object)
    default: break
    }
    guard causes.isEmpty else { throw .invalid(kind, object.name, causes) }
  }

  private static func checkName(_ object: KubeObject, kind: ResourceKind, _ causes: inout [StatusError.Cause])
  {
    guard !object.name.isEmpty else {
      causes.append(.required("metadata.name", "name or generateName is required"))
      return
    }
    if kind.group == "rbac.authorization.k8s.io" { return checkPathSegment(object.name, &causes) }
    guard !isSubdomain(object.name) else { return }
    causes.append(
      .invalid(
        "metadata.name", .string(object.name),
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and "
          + "must start and end with an alphanumeric character (e.g. 'example.com', regex used for "
          + "validation is "
          + "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"))
  }

  /// Roles are named as they stand in a path, such as `system:node`.
  private static func checkPathSegment(_ name: String, _ causes: inout [StatusError.Cause]) {
    if [".", ".."].contains(name) {
      causes.append(.invalid("metadata.name", .string(name), "may not be '\(name)'"))
    }
    for character in ["/", "%"] where name.contains(character) {
      causes.append(.invalid("metadata.name", .string(name), "may not contain '\(character)'"))
    }
  }

  private static func isSubdomain(_ name: String) -> Bool {
    guard name.utf8.count <= 253 else { return false }
    return name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
      let bytes = Array(label.utf8)
      guard let first = bytes.first, let last = bytes.last, first != 45, last != 45 else { return false }
      return bytes.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
    }
  }

  private static func checkWorkload(
    _ object: KubeObject, before: KubeObject?, _ causes: inout [StatusError.Cause]
  ) {
    let spec = object.fields["spec"] ?? .null
    for field in ["replicas", "revisionHistoryLimit", "progressDeadlineSeconds"] {
      checkCount(spec[field], "spec.\(field)", &causes)
    }
    checkRollingUpdate(spec[path: "strategy", "rollingUpdate"], &causes)
    let selector = spec["selector"] ?? .null
    if selector.isNull { causes.append(.required("spec.selector")) }
    if let before, let old = before[path: "spec", "selector"], old != selector {
      causes.append(.invalid("spec.selector", selector, "field is immutable"))
    }
    let labels = spec[path: "template", "metadata", "labels"]
    if selector.isNull || LabelSelector(json: selector)?.matches(labels?.stringMap ?? [:]) != true {
      causes.append(
        .invalid(
          "spec.template.metadata.labels", labels ?? .null, "`selector` does not match template `labels`"))
    }
    let containers = spec[path: "template", "spec", "containers"]?.array ?? []
    if containers.isEmpty { causes.append(.required("spec.template.spec.containers")) }
    for (index, container) in containers.enumerated() where (container["image"]?.string ?? "").isEmpty {
      causes.append(.required("spec.template.spec.containers[\(index)].image"))
    }
  }

  /// Counts are int32 in the API; more would not fit the arithmetic of the controllers either.
  private static func checkCount(
    _ value: JSONValue?, _ field: String, _ causes: inout [StatusError.Cause]
  ) {
    guard let value, !value.isNull else { return }
    guard let count = value.int, count <= Int64(Int32.max) else {
      causes.append(.invalid(field, value, "must be an integer of at most \(Int32.max)"))
      return
    }
    if count < 0 { causes.append(.invalid(field, value, "must be greater than or equal to 0")) }
  }

  private static func checkRollingUpdate(_ strategy: JSONValue?, _ causes: inout [StatusError.Cause]) {
    guard let strategy else { return }
    for field in ["maxSurge", "maxUnavailable"] {
      let path = "spec.strategy.rollingUpdate.\(field)"
      guard let text = strategy[field]?.string else {
        checkCount(strategy[field], path, &causes)
        continue
      }
      guard text.hasSuffix("%"), text.utf8.dropLast().allSatisfy({ (48...57).contains($0) }),
        Int32(text.dropLast()) != nil
      else {
        causes.append(
          .invalid(path, .string(text), "a valid percent string must be a numeric string followed by '%'"))
        continue
      }
    }
    let isStuck = ["maxSurge", "maxUnavailable"].allSatisfy {
      strategy[$0]?.int == 0 || strategy[$0]?.string == "0%"
    }
    if isStuck {
      causes.append(
        .invalid(
          "spec.strategy.rollingUpdate.maxUnavailable", strategy["maxUnavailable"] ?? .null,
          "may not be 0 when `maxSurge` is 0"))
    }
  }

  private static func checkAutoscaler(_ object: KubeObject, _ causes: inout [StatusError.Cause]) {
    let spec = object.fields["spec"] ?? .null
    for field in ["minReplicas", "maxReplicas"] { checkCount(spec[field], "spec.\(field)", &causes) }
    let window = spec[path: "behavior", "scaleDown", "stabilizationWindowSeconds"]
    checkCount(window, "spec.behavior.scaleDown.stabilizationWindowSeconds", &causes)
    guard let maximum = spec["maxReplicas"]?.int else {
      causes.append(.required("spec.maxReplicas"))
      return
    }
    let minimum = spec["minReplicas"]?.int ?? 1
    if minimum < 1 {
      causes.append(.invalid("spec.minReplicas", .int(minimum), "must be greater than or equal to 1"))
    }
    if maximum < minimum {
      causes.append(
        .invalid("spec.maxReplicas", .int(maximum), "must be greater than or equal to `minReplicas`"))
    }
  }

  /// What Istio's admission webhook refuses: no hosts, a negative weight, several destinations of
  /// weight 0 in all.
  private static func checkRoutes(_ object: KubeObject) throws(StatusError) {
    func refuse(_ text: String) -> StatusError {
      StatusError(
        code: 400, reason: "",
        message: "admission webhook \"validation.istio.io\" denied the request: configuration is invalid: "
          + text)
    }
    guard !(object[path: "spec", "hosts"]?.array ?? []).isEmpty else {
      throw refuse("virtual service must have at least one host")
    }
    let routes = object[path: "spec", "http"]?.array ?? []
    guard !routes.isEmpty || object[path: "spec", "tcp"] != nil else {
      throw refuse("http, tcp or tls must be provided in virtual service")
    }
    for route in routes {
      let destinations = route["route"]?.array ?? []
      let weights = destinations.map { $0["weight"]?.int ?? 0 }
      if weights.contains(where: { $0 < 0 }) { throw refuse("weight must not be negative") }
      if weights.contains(where: { $0 > Int64(Int32.max) }) { throw refuse("weight must fit 32 bits") }
      if destinations.count > 1, weights.reduce(0, +) == 0 { throw refuse("total destination weight = 0") }
    }
  }
}
