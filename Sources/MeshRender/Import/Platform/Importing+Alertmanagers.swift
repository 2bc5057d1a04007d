internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Takes over where Prometheus sends alerts, once it is known what answers there.
  mutating func placeAlertmanagers() {
    guard var monitoring = topology.monitoring, let found = prometheusConfiguration() else { return }
    for group in found.root["alerting", "alertmanagers"]?.elements ?? [] {
      let isTLS = group["scheme"]?.text == "https"
      for part in (group["static_configs"]?.elements ?? []).flatMap({ $0["targets"]?.elements ?? [] }) {
        guard let address = part.text else { continue }
        let words = address.split(separator: ":", maxSplits: 1).map(String.init)
        guard let host = words.first else { continue }
        let port = words.count > 1 ? Int(words[1]) : nil
        let reference =
          target(of: host, from: monitoring.namespace)
          ?? externalService(
            at: host, port: port ?? (isTLS ? 443 : 80), isTLS: isTLS, in: monitoring.namespace)
        if !monitoring.alertmanagers.contains(reference) { monitoring.alertmanagers.append(reference) }
      }
    }
    topology.monitoring = monitoring
  }

  /// The service outside that answers at a host, declared where no manifest does.
  mutating func externalService(at host: String, port: Int, isTLS: Bool, in namespace: String)
    -> WorkloadReference
  {
    let reference = WorkloadReference(namespace: namespace, name: host.topologyName)
    if !topology.externalServices.contains(where: { $0.reference == reference }) {
      let kind: PortProtocol = isTLS ? .https : .http
      topology.externalServices.append(
        ExternalService(name: reference.name, namespace: reference.namespace, hosts: [host]).with {
          $0.ports = [Workload.Port(name: kind.rawValue, port: port).with { $0.protocol = kind }]
        })
    }
    return reference
  }

  /// The configuration of Prometheus, with the ConfigMap that holds it.
  func prometheusConfiguration() -> (map: Source, entry: Part, root: Part)? {
    guard let found = configuration({ $0 == "prometheus.yml" || $0 == "prometheus.yaml" }),
      case .scalar(let scalar) = found.entry.node.content,
      let node = try? YAMLReader().documents(Array(scalar.text.utf8), file: found.map.place.file).first
    else { return nil }
    let root = Part(node: node, path: found.entry.path, source: found.map.index, ledger: ledger)
    return (found.map, found.entry, root)
  }
}
