internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Takes ServiceEntries for hosts outside over as external services.
  mutating func placeServiceEntries() {
    for source in all("networking.istio.io", "ServiceEntry") {
      let hosts = source.root["spec", "hosts"]?.elements.compactMap(\.peek) ?? []
      guard source.root["spec", "location"]?.peek != "MESH_INTERNAL", !hosts.isEmpty,
        hosts.allSatisfy({ !$0.contains("*") }), source.root["spec", "workloadSelector"] == nil
      else { continue }
      let reference = WorkloadReference(namespace: source.namespace, name: source.name.topologyName)
      guard workloads[reference] == nil else { continue }
      var service = ExternalService(name: reference.name, namespace: reference.namespace, hosts: hosts)
      let ports = (source.root["spec", "ports"]?.elements ?? []).compactMap { part -> Workload.Port? in
        guard let number = part["number"]?.integer else { return nil }
        let word = part["protocol"]?.text?.lowercased() ?? "tcp"
        part.take()
        let kind = PortProtocol(rawValue: word == "tls" ? "https" : word) ?? .tcp
        return Workload.Port(name: part["name"]?.peek ?? "\(kind.rawValue)-\(number)", port: number).with {
          $0.protocol = kind
        }
      }
      if !ports.isEmpty { service.ports = ports }
      let ranges = (source.root["spec", "addresses"]?.elements ?? []).compactMap { part -> AddressRange? in
        part.text.flatMap { AddressRange(parsing: $0.contains("/") ? $0 : $0 + "/32") }
      }
      if !ranges.isEmpty { service.addresses = ranges }
      source.root["spec", "hosts"]?.take()
      source.root["spec", "location"]?.take()
      source.root["metadata", "labels"]?.take()
      topology.externalServices.append(service)
      place(source, at: "ExternalService/\(reference)")
    }
  }
}
