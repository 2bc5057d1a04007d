import KubeModel

/// Checks a Service.
struct ServiceCheck {
  private let service: KubeObject
  private let spec: JSONValue
  private let path = FieldPath("spec")

  init(_ service: KubeObject) {
    self.service = service
    spec = service.fields["spec"] ?? .null
  }

  private var type: String { spec.text("type") }
  private var addresses: [String] { spec.texts("clusterIPs") }
  private var isHeadless: Bool { addresses == ["None"] }

  func check(_ errors: inout FieldErrors) {
    let ports = spec.list("ports")
    if ports.isEmpty, !isHeadless, type != "ExternalName" { errors.required(path["ports"]) }
    checkType(&errors)
    checkPorts(ports, &errors)
    errors.labels(path["selector"], spec["selector"])
    affinity(&errors)
    if type != "ExternalName" { checkAddresses(&errors) }
    for (index, address) in spec.texts("externalIPs").enumerated() {
      let place = path["externalIPs"][index]
      let problems = Address.problems(of: address)
      errors.invalid(
        place, address, problems: problems.isEmpty ? Address.specialProblems(of: address) : problems)
    }
    sourceRanges(&errors)
    if let allocates = spec["allocateLoadBalancerNodePorts"], !allocates.isNull, type != "LoadBalancer" {
      errors.forbidden(
        path["allocateLoadBalancerNodePorts"], "may only be used when `type` is 'LoadBalancer'")
    }
    if let name = spec["loadBalancerClass"]?.string {
      if type != "LoadBalancer" {
        errors.forbidden(path["loadBalancerClass"], "may only be used when `type` is 'LoadBalancer'")
      } else {
        errors.labelKey(path["loadBalancerClass"], name)
      }
    }
    traffic(&errors)
  }

  private func checkType(_ errors: inout FieldErrors) {
    switch type {
    case "": errors.required(path["type"])
    case "ClusterIP": break
    case "LoadBalancer", "NodePort":
      if isHeadless {
        errors.invalid(path["clusterIPs"][0], "None", "may not be set to 'None' for \(type) services")
      }
    case "ExternalName":
      for field in ["clusterIPs", "ipFamilies"] where !spec.list(field).isEmpty {
        errors.forbidden(path[field], "may not be set for ExternalName services")
      }
      if spec.has("ipFamilyPolicy") {
        errors.forbidden(path["ipFamilyPolicy"], "may not be set for ExternalName services")
      }
      var name = spec.text("externalName")
      if name.hasSuffix(".") { name.removeLast() }
      if name.isEmpty {
        errors.required(path["externalName"])
      } else {
        errors.name(path["externalName"], name, .dnsSubdomain)
      }
    default:
      errors.notSupported(
        path["type"], .string(type), ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"])
    }
  }

  private func checkPorts(_ ports: [JSONValue], _ errors: inout FieldErrors) {
    var names: Set<String> = []
    var pairs: Set<String> = []
    var nodePairs: Set<String> = []
    for (index, port) in ports.enumerated() {
      let path = path["ports"][index]
      let name = port.text("name")
      if name.isEmpty {
        if ports.count > 1 { errors.required(path["name"]) }
      } else {
        errors.name(path["name"], name, .dnsLabel)
        if !names.insert(name).inserted { errors.duplicate(path["name"], .string(name)) }
      }
      let number = port.number("port") ?? 0
      errors.portNumber(path["port"], number)
      let kind = port.text("protocol")
      errors.choice(path["protocol"], kind, ["SCTP", "TCP", "UDP"])
      errors.port(path["targetPort"], port["targetPort"])
      if let application = port["appProtocol"]?.string { errors.labelKey(path["appProtocol"], application) }
      let node = port.number("nodePort") ?? 0
      if node != 0, type == "ClusterIP" {
        errors.forbidden(path["nodePort"], "may not be used when `type` is 'ClusterIP'")
      }
      if node != 0, !nodePairs.insert("\(kind)/\(node)").inserted {
        errors.duplicate(path["nodePort"], .int(node))
      }
      if !pairs.insert("\(kind)/\(number)").inserted {
        errors.duplicate(path, ["port": .int(number), "protocol": .string(kind)])
      }
    }
  }

  private func affinity(_ errors: inout FieldErrors) {
    let affinity = spec.text("sessionAffinity")
    errors.choice(path["sessionAffinity"], affinity, ["ClientIP", "None"])
    let path = path["sessionAffinityConfig"]
    let configuration = spec["sessionAffinityConfig"]
    if affinity == "None", configuration != nil {
      errors.forbidden(path, "must not be set when session affinity is None")
    }
    guard affinity == "ClientIP" else { return }
    let seconds = configuration?[path: "clientIP", "timeoutSeconds"]?.int ?? 0
    if !(1...86400).contains(seconds) {
      errors.invalid(
        path["clientIP"]["timeoutSeconds"], .int(seconds), "must be greater than 0 and less than 86400")
    }
  }

  private func checkAddresses(_ errors: inout FieldErrors) {
    let path = path["clusterIPs"]
    let shown = spec["clusterIPs"] ?? .null
    let address = spec.text("clusterIP")
    if address.isEmpty, !addresses.isEmpty {
      errors.invalid(path, shown, "must be empty when `clusterIP` is not specified")
    } else if !address.isEmpty, addresses.isEmpty {
      errors.required(path)
    } else if !address.isEmpty, addresses.first != address {
      errors.invalid(path, shown, "first value must match `clusterIP`")
    }
    families(&errors)
    var isSound = true
    for (index, text) in addresses.enumerated() {
      if index == 0, text == "None" {
        if addresses.count > 1 {
          errors.invalid(path, shown, "'None' must be the first and only value")
          isSound = false
        }
        continue
      }
      let problems = Address.problems(of: text)
      errors.invalid(path[index], text, problems: problems)
      if !problems.isEmpty { isSound = false }
    }
    if addresses.count > 2 { errors.invalid(path, shown, "may only hold up to 2 values") }
    guard isSound, !isHeadless else { return }
    if addresses.count > 1, Set(addresses.map { Address($0)?.isIPv6 }).count < addresses.count {
      errors.invalid(path, shown, "may specify no more than one IP for each IP family")
    }
    for (index, (text, family)) in zip(addresses, spec.texts("ipFamilies")).enumerated() {
      guard let address = Address(text), address.isIPv6 != (family == "IPv6") else { continue }
      errors.invalid(
        path[index], .string(text), "expected an \(family) value as indicated by `ipFamilies[\(index)]`")
    }
  }

  private func families(_ errors: inout FieldErrors) {
    let families = spec.texts("ipFamilies")
    for (index, family) in families.enumerated() {
      let path = path["ipFamilies"][index]
      if !["IPv4", "IPv6"].contains(family) {
        errors.notSupported(path, .string(family), ["IPv4", "IPv6"])
      }
      if families[..<index].contains(family) { errors.duplicate(path, .string(family)) }
    }
    let policies = ["PreferDualStack", "RequireDualStack", "SingleStack"]
    if let policy = spec["ipFamilyPolicy"]?.string, !policies.contains(policy) {
      errors.notSupported(path["ipFamilyPolicy"], .string(policy), policies)
    }
  }

  private func sourceRanges(_ errors: inout FieldErrors) {
    let ranges = spec.texts("loadBalancerSourceRanges")
    guard !ranges.isEmpty else { return }
    let path = path["LoadBalancerSourceRanges"]
    if type != "LoadBalancer" { errors.forbidden(path, "may only be used when `type` is 'LoadBalancer'") }
    for (index, range) in ranges.enumerated() {
      let range = String(range.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      errors.invalid(path[index], range, problems: Address.rangeProblems(of: range))
    }
  }

  private func traffic(_ errors: inout FieldErrors) {
    let policies = ["Cluster", "Local"]
    let external = spec.text("externalTrafficPolicy")
    let isReachable =
      type == "LoadBalancer" || type == "NodePort"
      || (type == "ClusterIP" && !spec.list("externalIPs").isEmpty)
    if isReachable {
      errors.choice(path["externalTrafficPolicy"], external, policies)
    } else if !external.isEmpty {
      errors.invalid(
        path["externalTrafficPolicy"], .string(external),
        "may only be set for externally-accessible services")
    }
    let port = spec.number("healthCheckNodePort") ?? 0
    if type == "LoadBalancer", external == "Local" {
      if port == 0 {
        errors.required(path["healthCheckNodePort"])
      } else {
        errors.portNumber(path["healthCheckNodePort"], port)
      }
    } else if port != 0 {
      errors.invalid(
        path["healthCheckNodePort"], .int(port),
        "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'")
    }
    if let policy = spec["internalTrafficPolicy"]?.string, !policies.contains(policy) {
      errors.notSupported(path["internalTrafficPolicy"], .string(policy), policies)
    } else if !spec.has("internalTrafficPolicy"), ["ClusterIP", "NodePort", "LoadBalancer"].contains(type) {
      errors.required(path["internalTrafficPolicy"])
    }
    let distributions = ["PreferClose", "PreferSameNode", "PreferSameZone"]
    if let distribution = spec["trafficDistribution"]?.string, !distributions.contains(distribution) {
      errors.notSupported(path["trafficDistribution"], .string(distribution), distributions)
    }
  }
}

extension ServiceCheck {
  /// What may not change once it is set.
  func update(from live: KubeObject, _ errors: inout FieldErrors) {
    let old = live.fields["spec"] ?? .null
    let path = FieldPath("spec")
    let known = old.texts("clusterIPs")
    let new = (service.fields["spec"] ?? .null).texts("clusterIPs")
    let spec = service.fields["spec"] ?? .null
    let oldType = old.text("type")
    let type = spec.text("type")
    if type != "ExternalName", oldType != "ExternalName" {
      addresses(known, new, spec, &errors)
      if (known == ["None"]) == (new == ["None"]), new != ["None"] {
        let families = spec.texts("ipFamilies")
        for (family, former) in zip(families, old.texts("ipFamilies")) where family != former {
          errors.invalid(path["ipFamilies"][0], spec["ipFamilies"], "may not change once set")
        }
      }
    }
    if oldType == "LoadBalancer", type == "LoadBalancer",
      spec["loadBalancerClass"] != old["loadBalancerClass"]
    {
      errors.invalid(
        path["loadBalancerClass"], spec["loadBalancerClass"] ?? .null, "may not change once set")
    }
    let needs = { (spec: JSONValue) in
      spec.text("type") == "LoadBalancer" && spec.text("externalTrafficPolicy") == "Local"
    }
    if needs(old), needs(spec), spec["healthCheckNodePort"] != old["healthCheckNodePort"] {
      errors.forbidden(path["healthCheckNodePort"], "field is immutable")
    }
  }

  private func addresses(
    _ known: [String], _ new: [String], _ spec: JSONValue, _ errors: inout FieldErrors
  ) {
    if known == ["None"], new == ["None"] { return }
    let path = FieldPath("spec.clusterIPs")
    let shown = spec["clusterIPs"] ?? .null
    if known.count == new.count {
      for (index, address) in known.enumerated() where address != new[index] {
        errors.invalid(path[index], shown, "may not change once set")
      }
      return
    }
    if new.isEmpty { return errors.invalid(path[0], shown, "primary clusterIP can not be unset") }
    if let first = known.first, first != new[0] { errors.invalid(path[0], shown, "may not change once set") }
    if known.count > new.count, new.count == 1, spec["ipFamilyPolicy"] != "SingleStack" {
      errors.invalid(
        FieldPath("spec.ipFamilyPolicy"), spec["ipFamilyPolicy"] ?? .null,
        "must be set to 'SingleStack' when releasing the secondary clusterIP")
    }
  }
}

/// What the server warns of in services.
enum ServiceWarnings {
  static func of(_ service: KubeObject) -> [String] {
    var warnings: [String] = []
    let spec = service.fields["spec"] ?? .null
    let type = spec.text("type")
    let external = !spec.list("externalIPs").isEmpty
    if service[path: "metadata", "annotations", "service.kubernetes.io/topology-aware-hints"] != nil {
      warnings.append(
        "annotation service.kubernetes.io/topology-aware-hints is deprecated, please use "
          + "service.kubernetes.io/topology-mode instead")
    }
    let isHeadless = type == "ClusterIP" && spec.text("clusterIP") == "None"
    if isHeadless {
      if !spec.text("loadBalancerIP").isEmpty {
        warnings.append("spec.loadBalancerIP is ignored for headless services")
      }
      if external { warnings.append("spec.externalIPs is ignored for headless services") }
      if spec.text("sessionAffinity") != "None" {
        warnings.append("spec.SessionAffinity is ignored for headless services")
      }
    }
    if external, !isHeadless, type != "ExternalName" {
      warnings.append("spec.externalIPs is deprecated and may no longer be implemented in some clusters")
    }
    if type == "ExternalName", external {
      warnings.append("spec.externalIPs is ignored when spec.type is \"ExternalName\"")
    }
    if type != "ExternalName", !spec.text("externalName").isEmpty {
      warnings.append("spec.externalName is ignored when spec.type is not \"ExternalName\"")
    }
    if spec["trafficDistribution"] == "PreferClose" {
      warnings.append("spec.trafficDistribution: \"PreferClose\" is deprecated; use \"PreferSameZone\"")
    }
    return warnings
  }
}
