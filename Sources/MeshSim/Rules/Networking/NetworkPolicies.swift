import KubeModel

extension KindRules {
  static func networking(_ kind: String) -> KindRules? {
    switch kind {
    case "NetworkPolicy": networkPolicies
    case "Ingress": ingresses
    case "IngressClass": ingressClasses
    case "EndpointSlice": endpointSlices
    case "IPAddress": addresses
    case "ServiceCIDR": serviceRanges
    default: nil
    }
  }

  private static let networkPolicies: KindRules = {
    var rules = KindRules()
    rules.fillDefaults = { object in
      object.make("spec") { spec in
        spec.fill("podSelector", [:])
        for list in ["ingress", "egress"] {
          spec.changeEach(list) { $0.changeEach("ports") { $0.fill("protocol", "TCP") } }
        }
        if spec["policyTypes"]?.isEmptyContent ?? true {
          let hasEgress = !(spec["egress"]?.isEmptyContent ?? true)
          spec["policyTypes"] = hasEgress ? ["Ingress", "Egress"] : ["Ingress"]
        }
      }
    }
    rules.validate = { object, _, errors in
      NetworkPolicyCheck.check(object.fields["spec"] ?? .null, &errors)
    }
    rules.generationFields = ["spec"]
    return rules
  }()
}

/// Checks a NetworkPolicy.
enum NetworkPolicyCheck {
  static func check(_ spec: JSONValue, _ errors: inout FieldErrors) {
    let path = FieldPath("spec")
    errors.selector(path["podSelector"], spec["podSelector"])
    for (list, peers) in [("ingress", "from"), ("egress", "to")] {
      for (index, rule) in spec.list(list).enumerated() {
        let path = path[list][index]
        for (index, port) in rule.list("ports").enumerated() {
          self.port(port, path["ports"][index], &errors)
        }
        for (index, peer) in rule.list(peers).enumerated() {
          self.peer(peer, path[peers][index], &errors)
        }
      }
    }
    let types = spec.texts("policyTypes")
    if types.count > 2 {
      return errors.invalid(
        path["policyTypes"], spec["policyTypes"], "may not specify more than two policyTypes")
    }
    for (index, type) in types.enumerated() where !["Ingress", "Egress"].contains(type) {
      errors.notSupported(path["policyTypes"][index], .string(type), ["Ingress", "Egress"])
    }
  }

  private static func port(_ port: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    if let kind = port["protocol"]?.string, !["TCP", "UDP", "SCTP"].contains(kind) {
      errors.notSupported(path["protocol"], .string(kind), ["TCP", "UDP", "SCTP"])
    }
    let end = port.number("endPort")
    switch port["port"] {
    case .int(let number)?:
      errors.portNumber(path["port"], number)
      guard let end else { return }
      if end < number {
        errors.invalid(path["endPort"], .int(end), "must be greater than or equal to `port`")
      }
      errors.portNumber(path["endPort"], end)
    case .string(let name)?:
      if let end {
        errors.invalid(path["endPort"], .int(end), "may not be specified when `port` is non-numeric")
      }
      errors.invalid(path["port"], name, problems: PortName.problems(of: name))
    default:
      if let end {
        errors.invalid(path["endPort"], .int(end), "may not be specified when `port` is not specified")
      }
    }
  }

  private static func peer(_ peer: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    let selectors = ["podSelector", "namespaceSelector"].filter(peer.has)
    for field in selectors { errors.selector(path[field], peer[field]) }
    if let block = peer["ipBlock"], !block.isNull {
      self.block(block, path["ipBlock"], &errors)
      if !selectors.isEmpty { errors.forbidden(path, "may not specify both ipBlock and another peer") }
    } else if selectors.isEmpty {
      errors.required(path, "must specify a peer")
    }
  }

  private static func block(_ block: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    let range = block.text("cidr")
    if range.isEmpty { return errors.required(path["cidr"]) }
    errors.invalid(path["cidr"], range, problems: Address.rangeProblems(of: range))
    guard let whole = Address.range(range) else { return }
    for (index, text) in block.texts("except").enumerated() {
      let path = path["except"][index]
      errors.invalid(path, text, problems: Address.rangeProblems(of: text))
      guard let part = Address.range(text) else { continue }
      if part.bits <= whole.bits || !part.address.shares(whole.bits, with: whole.address) {
        errors.invalid(path, .string(text), "must be a strict subset of `cidr`")
      }
    }
  }
}
