import KubeModel

extension KindRules {
  static let ingresses: KindRules = {
    var rules = KindRules()
    rules.dropStatus(initially: ["loadBalancer": [:]])
    rules.validate = { object, live, errors in
      IngressCheck.check(object.fields["spec"] ?? .null, &errors)
      let key = "kubernetes.io/ingress.class"
      if live == nil, let note = object[path: "metadata", "annotations", key],
        let name = object[path: "spec", "ingressClassName"], name != note
      {
        errors.invalid(
          FieldPath("annotations")[key], note, "must match `ingressClassName` when both are specified")
      }
    }
    rules.validateStatus = { object, _, errors in
      for (index, entry) in (object[path: "status", "loadBalancer"]?.list("ingress") ?? []).enumerated() {
        LoadBalancerEntry.check(
          entry, FieldPath("status.loadBalancer.ingress")[index], hasMode: false, &errors)
      }
    }
    rules.warnings = { object, live in
      guard live == nil, object[path: "metadata", "annotations", "kubernetes.io/ingress.class"] != nil else {
        return []
      }
      return [
        "annotation \"kubernetes.io/ingress.class\" is deprecated, please use 'spec.ingressClassName' instead"
      ]
    }
    rules.generationFields = ["spec"]
    rules.repeatsMetadataOnUpdate = true
    return rules
  }()

  static let ingressClasses: KindRules = {
    var rules = KindRules()
    rules.fillDefaults = { object in
      object.change("spec") { spec in spec.change("parameters") { $0.fill("scope", "Cluster") } }
    }
    rules.validate = { object, live, errors in
      let spec = object.fields["spec"] ?? .null
      let path = FieldPath("spec")
      let controller = spec.text("controller")
      if controller.utf8.count > 250 { errors.tooLong(path["controller"], maximum: 250) }
      DomainPath.check(controller, path["controller"], &errors)
      if let live {
        errors.immutable(path["controller"], spec["controller"], live[path: "spec", "controller"])
      }
      guard let parameters = spec["parameters"] else { return }
      IngressCheck.parameters(parameters, path["parameters"], &errors)
    }
    rules.generationFields = ["spec"]
    rules.repeatsMetadataOnUpdate = true
    return rules
  }()
}

/// Checks an Ingress.
enum IngressCheck {
  static func check(_ spec: JSONValue, _ errors: inout FieldErrors) {
    let path = FieldPath("spec")
    let rules = spec.list("rules")
    if rules.isEmpty, !spec.has("defaultBackend") {
      errors.invalid(
        path, spec["rules"] ?? .null, "either `defaultBackend` or `rules` must be specified")
    }
    if let backend = spec["defaultBackend"], !backend.isNull {
      self.backend(backend, path["defaultBackend"], &errors)
    }
    for (index, rule) in rules.enumerated() { self.rule(rule, path["rules"][index], &errors) }
    for (index, entry) in spec.list("tls").enumerated() {
      let path = path["tls"][index]
      for (index, host) in entry.texts("hosts").enumerated() {
        errors.name(path["hosts"][index], host, host.contains("*") ? .wildcardSubdomain : .dnsSubdomain)
      }
      let secret = entry.text("secretName")
      if !secret.isEmpty { errors.name(path["secretName"], secret, .dnsSubdomain) }
    }
    if let name = spec["ingressClassName"]?.string {
      errors.name(path["ingressClassName"], name, .dnsSubdomain)
    }
  }

  private static func rule(_ rule: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    let host = rule.text("host")
    if !host.isEmpty {
      if Address(host) != nil {
        errors.invalid(path["host"], .string(host), "must be a DNS name, not an IP address")
      }
      errors.name(path["host"], host, host.contains("*") ? .wildcardSubdomain : .dnsSubdomain)
    }
    guard let http = rule["http"], !http.isNull else { return }
    let paths = http.list("paths")
    if paths.isEmpty { errors.required(path["http"]["paths"]) }
    for (index, entry) in paths.enumerated() { route(entry, path["http"]["paths"][index], &errors) }
  }

  private static func route(_ route: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    guard let type = route["pathType"]?.string else {
      return errors.required(path["pathType"], "pathType must be specified")
    }
    let text = route.text("path")
    let absolute = "must be an absolute path"
    switch type {
    case "Exact", "Prefix":
      if !text.hasPrefix("/") { errors.invalid(path["path"], .string(text), absolute) }
      for part in ["//", "/./", "/../", "%2f", "%2F"] where contains(text, part) {
        errors.invalid(path["path"], .string(text), "must not contain '\(part)'")
      }
      for end in ["/..", "/."] where text.hasSuffix(end) {
        errors.invalid(path["path"], .string(text), "cannot end with '\(end)'")
      }
    case "ImplementationSpecific":
      if !text.isEmpty, !text.hasPrefix("/") { errors.invalid(path["path"], .string(text), absolute) }
    default:
      errors.notSupported(
        path["pathType"], .string(type), ["Exact", "ImplementationSpecific", "Prefix"])
    }
    backend(route["backend"] ?? .null, path["backend"], &errors)
  }

  private static func contains(_ text: String, _ part: String) -> Bool {
    text.indices.contains { text[$0...].hasPrefix(part) }
  }

  private static func backend(_ backend: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    switch (backend["resource"], backend["service"]) {
    case (_?, _?): errors.invalid(path, "", "cannot set both resource and service backends")
    case (let resource?, nil): reference(resource, path["resource"], &errors)
    case (nil, let service?):
      let name = service.text("name")
      let place = path["service"]
      if name.isEmpty {
        errors.required(place["name"])
      } else {
        errors.name(place["name"], name, .dnsLabel)
      }
      let port = service["port"] ?? .null
      let portName = port.text("name")
      let number = port.number("number") ?? 0
      if !portName.isEmpty, number != 0 {
        errors.invalid(path, "", "cannot set both port name & port number")
      } else if !portName.isEmpty {
        errors.invalid(place["port"]["name"], portName, problems: PortName.problems(of: portName))
      } else if number != 0 {
        errors.portNumber(place["port"]["number"], number)
      } else {
        errors.required(path, "port name or number is required")
      }
    default: errors.invalid(path, "", "resource or service backend is required")
    }
  }

  private static func reference(_ value: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    if let group = value["apiGroup"]?.string { errors.name(path["apiGroup"], group, .dnsSubdomain) }
    AutoscalerCheck.reference(value, path, &errors)
  }

  /// What configures a class.
  static func parameters(_ value: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    reference(value, path, &errors)
    guard let scope = value["scope"]?.string else { return errors.required(path["scope"]) }
    let namespace = value["namespace"]?.string
    switch scope {
    case "Namespace":
      if let namespace {
        errors.name(path["namespace"], namespace, .dnsLabel)
      } else {
        errors.required(path["namespace"], "`parameters.scope` is set to 'Namespace'")
      }
    case "Cluster":
      if namespace != nil {
        errors.forbidden(path["namespace"], "`parameters.scope` is set to 'Cluster'")
      }
    default: errors.notSupported(path["scope"], .string(scope), ["Cluster", "Namespace"])
    }
  }
}
