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
    guard !isSubdomain(object.name) else { return }
    causes.append(
      .invalid(
        "metadata.name", .string(object.name),
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must "
          + "start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is "
          + "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"))
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
    if let replicas = spec["replicas"]?.int, replicas < 0 {
      causes.append(.invalid("spec.replicas", .int(replicas), "must be greater than or equal to 0"))
    }
    guard let selector = spec["selector"] else {
      causes.append(.required("spec.selector"))
      return
    }
    if let before, let old = before[path: "spec", "selector"], old != selector {
      causes.append(.invalid("spec.selector", selector, "field is immutable"))
    }
    let labels = spec[path: "template", "metadata", "labels"]?.stringMap ?? [:]
    if LabelSelector(json: selector)?.matches(labels) != true {
      causes.append(
        .invalid(
          "spec.template.metadata.labels", .strings(labels), "`selector` does not match template `labels`"))
    }
    let containers = spec[path: "template", "spec", "containers"]?.array ?? []
    if containers.isEmpty { causes.append(.required("spec.template.spec.containers")) }
    for (index, container) in containers.enumerated() where (container["image"]?.string ?? "").isEmpty {
      causes.append(.required("spec.template.spec.containers[\(index)].image"))
    }
  }

  private static func checkAutoscaler(_ object: KubeObject, _ causes: inout [StatusError.Cause]) {
    let spec = object.fields["spec"] ?? .null
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
      if destinations.count > 1, weights.reduce(0, +) == 0 { throw refuse("total destination weight = 0") }
    }
  }
}
