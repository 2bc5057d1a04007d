internal import KubeModel
internal import MeshTopology

extension RecoveryObjectives {
  /// The record of the DNS that leads users to the primary region.
  ///
  /// It is in one cluster only, and in one that stands by: it has a single writer, which outlives the region that
  /// the record leads to. A copy in the primary cluster would lead users back to it when it comes back to life.
  func parts(of topology: Topology, in cluster: Cluster?) -> PlatformParts {
    guard let cluster, let traffic, let region = topology.primaryRegion?.name,
      let address = topology.entryAddress(in: region), cluster.name == keeper(in: topology)?.name
    else { return PlatformParts() }
    var record: JSONValue = [
      "dnsName": .string(traffic.host), "recordType": "A", "recordTTL": .int(traffic.ttl.components.seconds),
      "targets": [.string(address)],
    ]
    record["setIdentifier"] = traffic.identifier.map(JSONValue.string)
    if !traffic.providerSettings.isEmpty {
      record["providerSpecific"] = .array(
        traffic.providerSettings.map { ["name": .string($0.name), "value": .string($0.value)] })
    }
    var object = KubeObject(kind: .dnsEndpoint, namespace: topology.trafficNamespace, name: topology.name)
    object.labels = Renderer.systemLabels(of: topology)
    object.set("spec", "endpoints", to: [record])
    return PlatformParts(objects: [RenderedObject(object: object, workload: nil, concern: .recovery)])
  }

  private func keeper(in topology: Topology) -> Cluster? {
    topology.recoveryClusters.first { $0.name != witness?.cluster }
  }
}
