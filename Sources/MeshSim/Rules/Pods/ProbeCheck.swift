import KubeModel

/// Checks probes and the hooks of a container's life.
struct ProbeCheck {
  /// In seconds; nil when unknown.
  let gracePeriod: Int64?

  func probe(_ probe: JSONValue, _ path: FieldPath, isReadiness: Bool, _ errors: inout FieldErrors) {
    handler(probe, ["exec", "httpGet", "tcpSocket", "grpc"], path, &errors)
    for field in [
      "initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold",
    ] { errors.negative(path[field], probe[field]) }
    if let period = probe.number("terminationGracePeriodSeconds") {
      let path = path["terminationGracePeriodSeconds"]
      if period <= 0 { errors.invalid(path, .int(period), "must be greater than 0") }
      if isReadiness { errors.invalid(path, .int(period), "must not be set for readinessProbes") }
    }
    if !isReadiness, probe.number("successThreshold") != 1 {
      errors.invalid(path["successThreshold"], probe["successThreshold"] ?? 0, "must be 1")
    }
  }

  func lifecycle(_ lifecycle: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    for hook in ["postStart", "preStop"] {
      guard let value = lifecycle[hook], !value.isNull else { continue }
      handler(value, ["exec", "httpGet", "tcpSocket", "sleep"], path[hook], &errors)
    }
  }

  private func handler(
    _ value: JSONValue, _ kinds: [String], _ path: FieldPath, _ errors: inout FieldErrors
  ) {
    let known = kinds.filter(value.has)
    guard let kind = known.first else { return errors.required(path, "must specify a handler type") }
    for other in known.dropFirst() {
      errors.forbidden(path[other], "may not specify more than 1 handler type")
    }
    let action = value[kind] ?? .null
    let path = path[kind]
    switch kind {
    case "exec": if action.list("command").isEmpty { errors.required(path["command"]) }
    case "httpGet":
      if action.text("path").isEmpty { errors.required(path["path"]) }
      errors.port(path["port"], action["port"])
      let scheme = action.text("scheme")
      if !["HTTP", "HTTPS"].contains(scheme) {
        errors.notSupported(path["scheme"], .string(scheme), ["HTTP", "HTTPS"])
      }
      for header in action.list("httpHeaders") {
        let name = header.text("name")
        errors.invalid(path["httpHeaders"], name, problems: HeaderName.problems(of: name))
      }
    case "sleep":
      let seconds = action.number("seconds") ?? 0
      if let gracePeriod, seconds < 0 || seconds > gracePeriod {
        errors.invalid(
          path, .int(seconds),
          "must be non-negative and less than terminationGracePeriodSeconds (\(gracePeriod))"
        )
      }
    default: errors.port(path["port"], action["port"])
    }
  }
}
