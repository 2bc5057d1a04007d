import KubeModel

extension KindRules {
  /// Events, of the core group or of the one that has taken its place.
  static func events(isNew: Bool) -> KindRules {
    var rules = KindRules()
    rules.validate = { event, live, errors in
      EventCheck.check(event, live, isNew: isNew, &errors)
    }
    rules.createsOnUpdate = true
    return rules
  }

  static let endpoints: KindRules = {
    var rules = KindRules()
    rules.fillDefaults = { object in
      object.changeEach("subsets") { $0.changeEach("ports") { $0.fillText("protocol", "TCP") } }
    }
    rules.validate = { object, _, errors in EndpointsCheck.check(object, &errors) }
    rules.createsOnUpdate = true
    rules.repeatsMetadataOnUpdate = true
    return rules
  }()
}

/// Checks an Event, whose rules differ between its two groups.
enum EventCheck {
  static func check(_ event: KubeObject, _ live: KubeObject?, isNew: Bool, _ errors: inout FieldErrors) {
    let involved = event.fields[isNew ? "regarding" : "involvedObject"] ?? .null
    legacy(event, involved, &errors)
    let hasTime = event.fields["eventTime"].map { !$0.isNull } ?? false
    guard isNew else {
      if hasTime { reporting(event, isNew: false, &errors) }
      return
    }
    if live == nil {
      if !hasTime { errors.required(FieldPath("eventTime")) }
      if hasTime { reporting(event, isNew: true, &errors) }
      let type = event.fields["type"]?.string ?? ""
      if !["Normal", "Warning"].contains(type) {
        errors.invalid(FieldPath("type"), "", "has invalid value: \(type)")
      }
      if let first = event.fields["deprecatedFirstTimestamp"], !first.isNull {
        errors.invalid(FieldPath("firstTimestamp"), first, "needs to be unset")
      }
      if let last = event.fields["deprecatedLastTimestamp"], !last.isNull {
        errors.invalid(FieldPath("lastTimestamp"), last, "needs to be unset")
      }
      return
    }
    guard let live else { return }
    let pairs = [
      ("regarding", "involvedObject"), ("reason", "reason"), ("note", "message"), ("type", "type"),
      ("action", "action"), ("related", "related"), ("reportingController", "reportingController"),
      ("reportingInstance", "reportingInstance"), ("eventTime", "eventTime"),
    ]
    for (field, shown) in pairs {
      errors.immutable(FieldPath(shown), event.fields[field], live.fields[field])
    }
  }

  private static func legacy(_ event: KubeObject, _ involved: JSONValue, _ errors: inout FieldErrors) {
    let namespace = involved.text("namespace")
    let path = FieldPath("involvedObject.namespace")
    guard namespace != event.namespace ?? "" else { return }
    // What belongs to no namespace has its events in the default one.
    let isClusterWide = namespace.isEmpty
    if isClusterWide {
      let kind = involved.text("kind")
      let isNamespaced = Catalogue.builtIn.resource(apiVersion: involved.text("apiVersion"), kind: kind)?.kind
        .isNamespaced
      if isNamespaced == false || event.namespace == "default" {
        if !["default", "kube-system", ""].contains(event.namespace ?? "") {
          errors.invalid(path, .string(namespace), "not allowed in namespace")
        }
        return
      }
    }
    errors.invalid(path, .string(namespace), "does not match event.namespace")
  }

  private static func reporting(_ event: KubeObject, isNew: Bool, _ errors: inout FieldErrors) {
    let controller = event.fields[isNew ? "reportingController" : "reportingComponent"]?.string ?? ""
    let path = FieldPath("reportingController")
    if controller.isEmpty { errors.required(path) } else { errors.labelKey(path, controller) }
    let limits = [
      ("reportingInstance", "reportingInstance", 128), ("action", "action", 128), ("reason", "reason", 128),
    ]
    for (field, shown, limit) in limits {
      let text = event.fields[field]?.string ?? ""
      if text.isEmpty {
        errors.required(FieldPath(shown))
      } else if text.utf8.count > limit {
        errors.invalid(FieldPath(shown), "", "can have at most \(limit) characters")
      }
    }
    let message = event.fields[isNew ? "note" : "message"]?.string ?? ""
    if message.utf8.count > 1024 {
      errors.invalid(FieldPath("message"), "", "can have at most 1024 characters")
    }
  }
}

/// Checks Endpoints.
enum EndpointsCheck {
  static func check(_ object: KubeObject, _ errors: inout FieldErrors) {
    for (index, subset) in (object.fields["subsets"]?.array ?? []).enumerated() {
      let path = FieldPath("subsets")[index]
      if subset.list("addresses").isEmpty, subset.list("notReadyAddresses").isEmpty {
        errors.required(path, "must specify `addresses` or `notReadyAddresses`")
      }
      for list in ["addresses", "notReadyAddresses"] {
        for (index, address) in subset.list(list).enumerated() {
          let path = path[list][index]
          let text = address.text("ip")
          errors.invalid(path["ip"], text, problems: Address.problems(of: text))
          if !address.text("hostname").isEmpty {
            errors.name(path["hostname"], address.text("hostname"), .dnsLabel)
          }
          if let node = address["nodeName"]?.string { errors.name(path["nodeName"], node, .dnsSubdomain) }
          errors.invalid(path["ip"], text, problems: Address.specialProblems(of: text))
        }
      }
      let ports = subset.list("ports")
      for (index, port) in ports.enumerated() {
        let path = path["ports"][index]
        let name = port.text("name")
        if name.isEmpty {
          if ports.count > 1 { errors.required(path["name"]) }
        } else {
          errors.name(path["name"], name, .dnsLabel)
        }
        errors.portNumber(path["port"], port.number("port") ?? 0)
        errors.choice(path["protocol"], port.text("protocol"), ["SCTP", "TCP", "UDP"])
        if let application = port["appProtocol"]?.string { errors.labelKey(path["appProtocol"], application) }
      }
    }
  }
}
