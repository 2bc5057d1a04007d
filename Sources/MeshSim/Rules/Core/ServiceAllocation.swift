import KubeModel

/// Gives services what is unique in a cluster: an address, and ports on all nodes.
struct ServiceAllocation {
  /// Addresses that other services have.
  let usedAddresses: Set<String>
  /// Ports on nodes that other services have.
  let usedPorts: Set<Int64>

  /// The range of addresses: 10.96.0.0/16, of which 10.96.0.1 is the API server's.
  static let range = "10.96.0.0/16"
  static let ports: ClosedRange<Int64> = 30000...32767

  /// Fills in addresses and ports, after defaults and before validation.
  ///
  /// - Parameter draw: a number below its argument, which decides where the search for a free value starts.
  /// - Returns: what is taken already, or lies outside of the ranges.
  func fill(_ service: inout KubeObject, live: KubeObject?, draw: (Int) -> Int) -> [FieldError] {
    var errors = FieldErrors()
    let allocation = self
    service.fields.change("spec") { spec in
      let type = spec["type"]?.string ?? ""
      guard ["ClusterIP", "NodePort", "LoadBalancer"].contains(type) else { return }
      allocation.address(&spec, live?.fields["spec"], draw, &errors)
      let allocates =
        type == "NodePort" || (type == "LoadBalancer" && spec["allocateLoadBalancerNodePorts"] != false)
      allocation.nodePorts(&spec, live?.fields["spec"], allocates: allocates, draw, &errors)
    }
    return errors.all
  }

  private func address(
    _ spec: inout JSONObject, _ live: JSONValue?, _ draw: (Int) -> Int, _ errors: inout FieldErrors
  ) {
    let path = FieldPath("spec.clusterIPs")
    let wanted = spec["clusterIP"]?.string ?? ""
    if spec["ipFamilyPolicy"] == nil { spec["ipFamilyPolicy"] = "SingleStack" }
    if spec["ipFamilies"]?.isEmptyContent ?? true {
      let isIPv6 = Address(wanted)?.isIPv6 ?? false
      spec["ipFamilies"] = [isIPv6 ? "IPv6" : "IPv4"]
    }
    if spec["ipFamilyPolicy"] == "RequireDualStack" {
      errors.invalid(
        FieldPath("spec.ipFamilyPolicy"), "RequireDualStack",
        "this cluster is not configured for dual-stack services")
    }
    if let families = spec["ipFamilies"]?.array, families.first == "IPv6", wanted.isEmpty {
      errors.invalid(
        FieldPath("spec.ipFamilies[0]"), "IPv6", "not configured on this cluster")
      return
    }
    if wanted == "None" { return }
    if wanted.isEmpty {
      guard let free = freeAddress(draw) else { return }
      spec["clusterIP"] = .string(free)
      spec["clusterIPs"] = [.string(free)]
      return
    }
    // An address that there is stays, or validation refuses the change.
    if let live, live.text("type") != "ExternalName" { return }
    guard let address = Address(wanted) else { return }
    let shown: JSONValue = spec["clusterIPs"] ?? [.string(wanted)]
    guard address.bytes.count == 4, address.bytes[0] == 10, address.bytes[1] == 96 else {
      return errors.invalid(
        path, shown,
        "failed to allocate IP \(wanted): the provided IP (\(wanted)) is not in the valid range. The range of valid "
          + "IPs is \(ServiceAllocation.range)")
    }
    if usedAddresses.contains(wanted) {
      errors.invalid(path, shown, "failed to allocate IP \(wanted): provided IP is already allocated")
    }
  }

  private func freeAddress(_ draw: (Int) -> Int) -> String? {
    let count = 65_533
    let start = draw(count)
    for offset in 0..<count {
      let number = 2 + (start + offset) % count
      let text = "10.96.\(number >> 8).\(number & 0xFF)"
      if !usedAddresses.contains(text) { return text }
    }
    return nil
  }

  private func nodePorts(
    _ spec: inout JSONObject, _ live: JSONValue?, allocates: Bool, _ draw: (Int) -> Int,
    _ errors: inout FieldErrors
  ) {
    let own = Set((live?.list("ports") ?? []).compactMap { $0.number("nodePort") })
    var taken = usedPorts.subtracting(own)
    let ports = spec["ports"]?.array ?? []
    taken.formUnion(ports.compactMap { $0.number("nodePort") })
    var given: [String: Int64] = [:]
    for (index, port) in ports.enumerated() {
      guard let number = port.number("nodePort"), number != 0 else { continue }
      given["\(port.number("port") ?? 0)"] = number
      guard !own.contains(number) else { continue }
      let path = FieldPath("spec.ports")[index]["nodePort"]
      if !ServiceAllocation.ports.contains(number) {
        errors.invalid(
          path, .int(number),
          "provided port is not in the valid range. The range of valid ports is 30000-32767")
      } else if usedPorts.contains(number) {
        errors.invalid(path, .int(number), "provided port is already allocated")
      }
    }
    guard allocates else { return }
    let allocation = self
    spec.changeEach("ports") { port in
      guard port["nodePort"] == nil else { return }
      // The same port by another protocol shares the number.
      let key = "\(port["port"]?.int ?? 0)"
      guard let number = given[key] ?? allocation.freePort(taken, draw) else { return }
      given[key] = number
      taken.insert(number)
      port["nodePort"] = .int(number)
    }
    guard spec["type"] == "LoadBalancer", spec["externalTrafficPolicy"] == "Local",
      spec["healthCheckNodePort"].map({ $0 == 0 }) ?? true
    else { return }
    if let number = freePort(taken, draw) { spec["healthCheckNodePort"] = .int(number) }
  }

  private func freePort(_ taken: Set<Int64>, _ draw: (Int) -> Int) -> Int64? {
    let range = ServiceAllocation.ports
    let start = Int64(draw(range.count))
    return (0..<Int64(range.count)).lazy.map { range.lowerBound + (start + $0) % Int64(range.count) }
      .first { !taken.contains($0) }
  }
}
