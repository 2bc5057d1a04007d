import KubeModel

extension KindRules {
  static let services: KindRules = {
    var rules = KindRules()
    rules.fillDefaults = { object in
      object.make("spec") { ServiceDefaults.fill(&$0) }
      if object["spec"]?["type"] == "LoadBalancer" {
        object.change("status") { status in
          status.change("loadBalancer") { balancer in
            balancer.changeEach("ingress") { if $0["ip"] != nil { $0.fill("ipMode", "VIP") } }
          }
        }
      }
    }
    rules.prepareForCreate = { service in
      service.fields["status"] = ["loadBalancer": [:]]
      ServiceDefaults.normalize(&service, live: nil)
    }
    rules.prepareForUpdate = { service, live in
      service.fields["status"] = live.fields["status"]
      ServiceDefaults.normalize(&service, live: live)
    }
    rules.validate = { service, live, errors in
      let check = ServiceCheck(service)
      if let live { check.update(from: live, &errors) }
      check.check(&errors)
    }
    rules.validateStatus = { service, _, errors in
      let type = service[path: "spec", "type"]?.string ?? ""
      let path = FieldPath("status.loadBalancer.ingress")
      let ingress = service[path: "status", "loadBalancer"]?.list("ingress") ?? []
      if type != "LoadBalancer", !ingress.isEmpty {
        return errors.forbidden(path, "may only be used when `spec.type` is 'LoadBalancer'")
      }
      for (index, entry) in ingress.enumerated() {
        LoadBalancerEntry.check(entry, path[index], hasMode: true, &errors)
      }
    }
    rules.warnings = { service, _ in ServiceWarnings.of(service) }
    rules.checkName = { NameForm.dnsLabel.problems(of: $0, isPrefix: $1) }
    rules.createsOnUpdate = true
    rules.deletionAnswersObject = true
    rules.repeatsMetadataOnUpdate = true
    return rules
  }()
}

/// What is filled in of services without looking at others.
enum ServiceDefaults {
  static func fill(_ spec: inout JSONObject) {
    spec.fillText("sessionAffinity", "None")
    if spec["sessionAffinity"] == "None" { spec["sessionAffinityConfig"] = nil }
    if spec["sessionAffinity"] == "ClientIP",
      spec["sessionAffinityConfig"]?[path: "clientIP", "timeoutSeconds"] == nil
    {
      spec["sessionAffinityConfig"] = ["clientIP": ["timeoutSeconds": 10800]]
    }
    spec.fillText("type", "ClusterIP")
    let type = spec["type"]?.string ?? ""
    spec.changeEach("ports") { port in
      port.fillText("protocol", "TCP")
      if port["targetPort"].map({ $0 == 0 || $0 == "" }) ?? true { port["targetPort"] = port["port"] ?? 0 }
    }
    let isExternal =
      type == "LoadBalancer" || type == "NodePort"
      || (type == "ClusterIP" && !(spec["externalIPs"]?.isEmptyContent ?? true))
    if isExternal { spec.fillText("externalTrafficPolicy", "Cluster") }
    if ["NodePort", "LoadBalancer", "ClusterIP"].contains(type) {
      spec.fill("internalTrafficPolicy", "Cluster")
    }
    if type == "LoadBalancer" { spec.fill("allocateLoadBalancerNodePorts", true) }
  }

  /// Keeps `clusterIP` and `clusterIPs` together, takes what an update leaves out from the live service, and drops
  /// what the type has no use for.
  static func normalize(_ service: inout KubeObject, live: KubeObject?) {
    service.fields.change("spec") { spec in
      if let old = live?.fields["spec"] { carry(&spec, old) }
      let address = spec["clusterIP"]?.string ?? ""
      let addresses = (spec["clusterIPs"]?.array ?? []).compactMap(\.string)
      if let old = live?.fields["spec"] {
        if address != old.text("clusterIP"), addresses == old.texts("clusterIPs") {
          // The old field speaks for itself.
          spec["clusterIPs"] = address.isEmpty ? nil : [.string(address)]
        } else if address.isEmpty, let first = addresses.first, old.texts("clusterIPs") != addresses {
          spec["clusterIP"] = .string(first)
        }
      } else if !address.isEmpty, addresses.isEmpty {
        spec["clusterIPs"] = [.string(address)]
      }
    }
  }

  private static func carry(_ spec: inout JSONObject, _ old: JSONValue) {
    let type = spec["type"]?.string ?? ""
    let oldType = old.text("type")
    func needsAddress(_ type: String) -> Bool { ["ClusterIP", "NodePort", "LoadBalancer"].contains(type) }
    func needsPorts(_ type: String) -> Bool { type == "NodePort" || type == "LoadBalancer" }
    if needsAddress(type), needsAddress(oldType) {
      if spec["clusterIP"].map(\.isEmptyContent) ?? true, spec["clusterIPs"].map(\.isEmptyContent) ?? true {
        spec["clusterIP"] = old["clusterIP"]
        spec["clusterIPs"] = old["clusterIPs"]
      } else if spec["clusterIPs"] == nil, spec["clusterIP"] == old["clusterIP"] {
        spec["clusterIPs"] = old["clusterIPs"]
      }
      spec.fill("ipFamilies", old["ipFamilies"] ?? .array([]))
      spec.fill("ipFamilyPolicy", old["ipFamilyPolicy"] ?? "SingleStack")
    } else if !needsAddress(type), needsAddress(oldType) {
      if spec["clusterIP"] == old["clusterIP"] { spec["clusterIP"] = nil }
      if spec["clusterIPs"] == old["clusterIPs"] { spec["clusterIPs"] = nil }
      if spec["ipFamilies"] == old["ipFamilies"] { spec["ipFamilies"] = nil }
      if spec["ipFamilyPolicy"] == old["ipFamilyPolicy"] { spec["ipFamilyPolicy"] = nil }
      if spec["internalTrafficPolicy"] == old["internalTrafficPolicy"] { spec["internalTrafficPolicy"] = nil }
    }
    if needsPorts(type), needsPorts(oldType) {
      let known = old.list("ports")
      let used = Set((spec["ports"]?.array ?? []).compactMap { $0.number("nodePort") })
      spec.changeEach("ports") { port in
        guard port["nodePort"] == nil,
          let match = known.first(where: { $0["port"] == port["port"] && $0["protocol"] == port["protocol"] }
          ),
          let number = match.number("nodePort"), number != 0, !used.contains(number)
        else { return }
        port["nodePort"] = .int(number)
      }
      if spec["healthCheckNodePort"] == nil, spec["externalTrafficPolicy"] == "Local", type == "LoadBalancer"
      {
        spec["healthCheckNodePort"] = old["healthCheckNodePort"]
      }
    } else if needsPorts(oldType), !needsPorts(type) {
      let known = Set(old.list("ports").compactMap { $0.number("nodePort") })
      spec.changeEach("ports") { port in
        if let number = port["nodePort"]?.int, known.contains(number) { port["nodePort"] = nil }
      }
      if spec["externalTrafficPolicy"] == old["externalTrafficPolicy"] { spec["externalTrafficPolicy"] = nil }
      if spec["externalIPs"].map({ !$0.isEmptyContent }) ?? false, type == "ClusterIP" {
        spec.fill("externalTrafficPolicy", "Cluster")
      }
    }
    if type != "LoadBalancer", oldType == "LoadBalancer" {
      for field in ["allocateLoadBalancerNodePorts", "loadBalancerClass", "healthCheckNodePort"]
      where spec[field] == old[field] { spec[field] = nil }
    }
    if type != "ExternalName", oldType == "ExternalName", spec["externalName"] == old["externalName"] {
      spec["externalName"] = nil
    }
  }
}

/// An entry of what a load balancer reports.
enum LoadBalancerEntry {
  static func check(_ entry: JSONValue, _ path: FieldPath, hasMode: Bool, _ errors: inout FieldErrors) {
    let address = entry.text("ip")
    if !address.isEmpty { errors.invalid(path["ip"], address, problems: Address.problems(of: address)) }
    if hasMode {
      let mode = entry["ipMode"]?.string
      if mode == nil, !address.isEmpty {
        errors.required(path["ipMode"], "must be specified when `ip` is set")
      } else if mode != nil, address.isEmpty {
        errors.forbidden(path["ipMode"], "may not be specified when `ip` is not set")
      } else if let mode, !["Proxy", "VIP"].contains(mode) {
        errors.notSupported(path["ipMode"], .string(mode), ["Proxy", "VIP"])
      }
    }
    let host = entry.text("hostname")
    guard !host.isEmpty else { return }
    errors.name(path["hostname"], host, .dnsSubdomain)
    if Address(host) != nil {
      errors.invalid(path["hostname"], .string(host), "must be a DNS name, not an IP address")
    }
  }
}
