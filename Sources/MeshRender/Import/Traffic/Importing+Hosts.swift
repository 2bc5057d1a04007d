internal import MeshTopology

extension Importing {
  /// What answers at a host, as a pod of `namespace` would resolve it.
  ///
  /// - Parameter anywhere: whether a short name that is not in the namespace may be the only one of its name in
  ///   any, for objects that do not say their own namespace.
  func target(of host: String, from namespace: String, anywhere: Bool = false) -> WorkloadReference? {
    var parts = host.lowercased().split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    if parts.suffix(2) == ["cluster", "local"] { parts.removeLast(2) }
    if parts.count > 2, parts.last == "svc" { parts.removeLast() }
    if let external = topology.externalServices.first(where: { $0.hosts.contains(host) }) {
      return external.reference
    }
    switch parts.count {
    case 1:
      let reference = WorkloadReference(namespace: namespace, name: parts[0])
      if let known = known(reference) { return known }
      guard anywhere else { return nil }
      let namesakes = Set(
        services.keys.filter { $0.name == parts[0] }.map(known)
          + workloads.keys.filter { $0.name == parts[0] })
      return namesakes.count == 1 ? namesakes.first ?? nil : nil
    case 2: return known(WorkloadReference(namespace: parts[1], name: parts[0]))
    // A pod of a StatefulSet, by the headless Service.
    case 3: return known(WorkloadReference(namespace: parts[2], name: parts[1]))
    default: return nil
    }
  }

  /// The part of the topology that answers under the name of a Service.
  func known(_ reference: WorkloadReference) -> WorkloadReference? {
    if let service = services[reference] { return service.target }
    if workloads[reference] != nil || topology.redisClusters.contains(where: { $0.reference == reference }) {
      return reference
    }
    if topology.databases.contains(where: { $0.reference == reference }) { return reference }
    // CloudNativePG makes Services with these endings.
    for ending in ["-rw", "-ro", "-r"] where reference.name.hasSuffix(ending) {
      let name = WorkloadReference(
        namespace: reference.namespace, name: reference.name.replacingSuffix(ending))
      if topology.databases.contains(where: { $0.reference == name }) { return name }
    }
    return topology.externalServices.contains { $0.reference == reference } ? reference : nil
  }

  /// The namespace and name that a host of the cluster means; `nil` for other hosts.
  static func clusterName(of host: String) -> WorkloadReference? {
    let parts = host.split(separator: ".").map(String.init)
    guard parts.count >= 3, parts[2] == "svc" else { return nil }
    return WorkloadReference(namespace: parts[1], name: parts[0])
  }

  /// The ports of what can be called.
  func ports(of reference: WorkloadReference) -> [Workload.Port] {
    if let workload = workloads[reference] { return workload.ports }
    let callees: [any Callee] =
      topology.redisClusters as [any Callee] + topology.databases + topology.externalServices
      + topology.gateways
    return callees.first { $0.reference == reference }?.ports ?? []
  }

  /// How a call or route names a port: not at all where it is the first one.
  func reference(toPort number: Int?, of target: WorkloadReference) -> PortReference? {
    let ports = ports(of: target)
    guard let number,
      let port = ports.first(where: { $0.port == number }) ?? ports.first(where: { $0.targetPort == number }),
      port != ports.first
    else { return nil }
    return .name(port.name)
  }
}
