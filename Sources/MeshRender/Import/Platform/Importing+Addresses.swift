internal import KubeModel
internal import MeshTopology

extension Importing {
  /// The addresses by which each region is entered: those of the cluster that the topology is made of, and those
  /// that stand in the same objects of the other clusters.
  mutating func placeAddresses() {
    if let region = topology.primaryRegion?.name {
      for (reference, address) in gatewayAddress { set(address, of: reference, in: region) }
      for (name, address) in meshAddresses { set(address, of: name, in: region) }
    }
    for site in sites.dropFirst() {
      guard let region = topology.cluster(named: site.cluster)?.region else { continue }
      for source in site.sources {
        if source.kind == "IstioOperator" {
          for part in source.root["spec", "components", "ingressGateways"]?.elements ?? [] {
            guard let name = part["name"]?.peek, let text = part["k8s", "service", "loadBalancerIP"]?.peek,
              Address(parsing: text) != nil
            else { continue }
            set(text, of: name, in: region)
          }
        }
        guard source.kind == "Service", source.group.isEmpty, let address = loadBalancerAddress(source),
          let gateway = gatewayServices[source.reference]
        else { continue }
        set(address, of: gateway, in: region)
      }
    }
  }

  private mutating func set(
    _ address: Gateway.LoadBalancerAddress, of reference: WorkloadReference, in region: String
  ) {
    guard let index = topology.gateways.firstIndex(where: { $0.reference == reference }) else { return }
    topology.gateways[index].addresses[region] = address
  }

  private mutating func set(_ address: String, of name: String, in region: String) {
    guard let index = topology.serviceMesh?.ingressGateways.firstIndex(where: { $0.name == name }) else {
      return
    }
    topology.serviceMesh?.ingressGateways[index].addresses[region] = address
  }

  /// The address of a load balancer: itself, or its name where a network of the manifests reserves it.
  func loadBalancerAddress(_ service: Source) -> Gateway.LoadBalancerAddress? {
    if let text = service.root["spec", "loadBalancerIP"]?.peek, Address(parsing: text) != nil {
      return .literal(text)
    }
    let annotation = service.root["metadata", "annotations", "networking.gke.io/load-balancer-ip-addresses"]
    guard let name = annotation?.peek,
      topology.networks.contains(where: { $0.reservedAddresses.contains { $0.name == name } })
    else { return nil }
    return .reserved(name)
  }
}
