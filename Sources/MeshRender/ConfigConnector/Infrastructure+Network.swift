internal import KubeModel
internal import MeshTopology

extension Infrastructure {
  /// The objects of a network, but for its clusters.
  func objects(for network: Network) -> [KubeObject] {
    var objects = [self.network(network)]
    objects += network.subnets.map { subnetwork($0, in: network) }
    objects += network.reservedAddresses.map { address($0, in: network) }
    objects += privateServices(of: network)
    objects += egress(of: network)
    return objects
  }

  private func network(_ network: Network) -> KubeObject {
    var object = object(.computeNetwork, network.name, project: network.project)
    // Subnets that GCP makes by itself take ranges that the topology knows nothing of.
    object.set("spec", "autoCreateSubnetworks", to: false)
    return object
  }

  private func subnetwork(_ subnet: Subnet, in network: Network) -> KubeObject {
    let name = objectName(of: subnet, in: network)
    var object = object(.computeSubnetwork, name, project: network.project)
    if name != subnet.name { object.set("spec", "resourceID", to: .string(subnet.name)) }
    object.set("spec", "description", to: subnet.purpose.map(JSONValue.string))
    object.set("spec", "networkRef", to: reference(network.name))
    object.set("spec", "region", to: .string(subnet.region))
    object.set("spec", "ipCidrRange", to: .string(subnet.range.description))
    // Nodes without public addresses reach the provider's registry and APIs by this.
    object.set("spec", "privateIpGoogleAccess", to: true)
    if !subnet.secondaryRanges.isEmpty {
      object.set(
        "spec", "secondaryIpRange",
        to: .array(
          subnet.secondaryRanges.map {
            ["rangeName": .string($0.name), "ipCidrRange": .string($0.range.description)]
          }))
    }
    return object
  }

  private func address(_ address: ReservedAddress, in network: Network) -> KubeObject {
    externalAddress(address.name, location: address.region ?? "global", project: network.project)
  }

  /// A public address.
  func externalAddress(_ name: String, location: String, project: String?) -> KubeObject {
    var object = object(.computeAddress, name, project: project)
    object.set("spec", "addressType", to: "EXTERNAL")
    object.set("spec", "location", to: .string(location))
    return object
  }

  /// The range that the provider's managed services take their addresses from, and the link to them.
  private func privateServices(of network: Network) -> [KubeObject] {
    guard let range = network.privateServicesRange else { return [] }
    let name = "\(network.name)-private-services"
    var address = object(.computeAddress, name, project: network.project)
    address.set("spec", "addressType", to: "INTERNAL")
    address.set("spec", "purpose", to: "VPC_PEERING")
    address.set("spec", "location", to: "global")
    address.set("spec", "address", to: .string(range.firstAddress.description))
    address.set("spec", "prefixLength", to: .int(Int64(range.prefixLength)))
    address.set("spec", "networkRef", to: reference(network.name))
    var connection = object(.serviceNetworkingConnection, name, project: network.project)
    connection.set("spec", "networkRef", to: reference(network.name))
    connection.set("spec", "reservedPeeringRanges", to: [reference(name)])
    connection.set("spec", "service", to: "servicenetworking.googleapis.com")
    return [address, connection]
  }
}
