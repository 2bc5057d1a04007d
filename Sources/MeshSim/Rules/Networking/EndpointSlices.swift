import KubeModel

extension KindRules {
  static let endpointSlices: KindRules = {
    var rules = KindRules()
    rules.fillDefaults = { object in
      object.changeEach("ports") { port in
        port.fill("name", "")
        port.fill("protocol", "TCP")
      }
    }
    rules.validate = { object, live, errors in EndpointSliceCheck.check(object, live, &errors) }
    rules.generationFields = ["addressType", "endpoints", "ports"]
    rules.repeatsMetadataOnUpdate = true
    return rules
  }()

  static let addresses: KindRules = {
    var rules = KindRules()
    rules.validate = { object, live, errors in
      let path = FieldPath("spec.parentRef")
      guard let parent = object[path: "spec", "parentRef"], !parent.isNull else {
        return errors.required(path)
      }
      for field in ["resource", "name"] {
        let text = parent.text(field)
        if text.isEmpty { errors.required(path[field]) } else { errors.name(path[field], text, .pathSegment) }
      }
      if let live { errors.immutable(path, parent, live[path: "spec", "parentRef"]) }
    }
    rules.checkName = { name, _ in NameForm.address.problems(of: name) }
    return rules
  }()

  static let serviceRanges: KindRules = {
    var rules = KindRules()
    rules.dropStatus()
    rules.validate = { object, live, errors in
      let path = FieldPath("spec.cidrs")
      let ranges = object.fields["spec"]?.texts("cidrs") ?? []
      let old = live?.fields["spec"]?.texts("cidrs")
      if let old, old.count == ranges.count || !(old.count == 1 && ranges.count == 2) {
        if old.count != ranges.count {
          return errors.invalid(path, .array(ranges.map { .string($0) }), "field is immutable")
        }
        for (index, range) in ranges.enumerated() where range != old[index] {
          errors.invalid(path[index], .string(range), "field is immutable")
        }
        return
      }
      if ranges.isEmpty { return errors.required(path, "at least one CIDR required") }
      if ranges.count > 2 {
        return errors.invalid(path, object.fields["spec"], "may only hold up to 2 values")
      }
      for (index, range) in ranges.enumerated() {
        errors.invalid(path[index], range, problems: Address.rangeProblems(of: range))
      }
    }
    return rules
  }()
}

/// Checks an EndpointSlice.
enum EndpointSliceCheck {
  static func check(_ slice: KubeObject, _ live: KubeObject?, _ errors: inout FieldErrors) {
    let type = slice.fields["addressType"]?.string ?? ""
    if type.isEmpty {
      errors.required(FieldPath("addressType"))
    } else if !["FQDN", "IPv4", "IPv6"].contains(type) {
      errors.notSupported(FieldPath("addressType"), .string(type), ["FQDN", "IPv4", "IPv6"])
    }
    let endpoints = slice.fields["endpoints"]?.array ?? []
    if endpoints.count > 1000 { errors.tooMany(FieldPath("endpoints"), endpoints.count, maximum: 1000) }
    for (index, endpoint) in endpoints.enumerated() {
      self.endpoint(endpoint, type, FieldPath("endpoints")[index], &errors)
    }
    let ports = slice.fields["ports"]?.array ?? []
    if ports.count > 20_000 { errors.tooMany(FieldPath("ports"), ports.count, maximum: 20_000) }
    var names: Set<String> = []
    for (index, port) in ports.enumerated() {
      let path = FieldPath("ports")[index]
      let name = port.text("name")
      if !name.isEmpty { errors.name(path["name"], name, .dnsLabel) }
      if !names.insert(name).inserted { errors.duplicate(path["name"], .string(name)) }
      errors.choice(path["protocol"], port.text("protocol"), ["SCTP", "TCP", "UDP"])
      if let number = port.number("port") { errors.portNumber(path["port"], number) }
      if let application = port["appProtocol"]?.string { errors.labelKey(path["appProtocol"], application) }
    }
    if let live {
      errors.immutable(FieldPath("addressType"), slice.fields["addressType"], live.fields["addressType"])
    }
  }

  private static func endpoint(
    _ endpoint: JSONValue, _ type: String, _ path: FieldPath, _ errors: inout FieldErrors
  ) {
    let addresses = endpoint.texts("addresses")
    if addresses.isEmpty {
      errors.required(path["addresses"], "must contain at least 1 address")
    } else if addresses.count > 100 {
      errors.tooMany(path["addresses"], addresses.count, maximum: 100)
    }
    for (index, text) in addresses.enumerated() {
      let path = path["addresses"][index]
      switch type {
      case "IPv4", "IPv6":
        let problems = Address.problems(of: text)
        errors.invalid(path, text, problems: problems)
        guard let address = Address(text), problems.isEmpty else { continue }
        if address.isIPv6 != (type == "IPv6") {
          errors.invalid(path, .string(text), "must be an \(type) address")
        }
        errors.invalid(path, text, problems: Address.specialProblems(of: text))
      case "FQDN": errors.name(path, text, .dnsSubdomain)
      default: break
      }
    }
    if let node = endpoint["nodeName"]?.string { errors.name(path["nodeName"], node, .dnsSubdomain) }
    if let host = endpoint["hostname"]?.string { errors.name(path["hostname"], host, .dnsLabel) }
  }
}
