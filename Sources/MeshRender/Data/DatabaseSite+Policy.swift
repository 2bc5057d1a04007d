internal import KubeModel
internal import MeshTopology

extension DatabaseSite {
  /// The NetworkPolicy of the servers: callers, each other, the operator, the API server, the archive and other
  /// regions.
  var networkPolicy: KubeObject {
    var object = object(.networkPolicy)
    object.set("spec", "podSelector", "matchLabels", to: .strings([Database.clusterLabel: database.name]))
    object.set("spec", "policyTypes", to: ["Ingress", "Egress"])
    object.set("spec", "ingress", to: .array(ingress))
    object.set("spec", "egress", to: .array(egress))
    return object
  }

  private var ingress: [JSONValue] {
    let operators: [JSONValue] = [NetworkPeer.namespace(DatabaseSite.operatorNamespace)]
    var rules = [
      rule("from", [servers], ports: [Database.port, DatabaseSite.statusPort]),
      rule("from", operators, ports: [Database.port, DatabaseSite.statusPort]),
    ]
    if !callers.isEmpty { rules.append(rule("from", callers.map(pods), ports: [Database.port])) }
    if database.hasMetrics {
      rules.append(rule("from", [NetworkPeer.scraper(of: topology)], ports: [Database.metricsPort]))
    }
    if isStreaming { rules.append(rule("from", otherRegions, ports: [Database.port])) }
    return rules
  }

  private var egress: [JSONValue] {
    var rules = [
      rule("to", [servers], ports: [Database.port, DatabaseSite.statusPort]),
      NetworkPeer.nameServer,
      // Servers ask the API server who of them takes writes. No selector names it, nor an object store.
      rule("to", [], ports: [443, 6443]),
    ]
    if isStreaming { rules.append(rule("to", otherRegions, ports: [Database.port])) }
    if database.backup?.googleServiceAccount != nil { rules += MetadataServer.egress }
    return rules
  }

  private var isStreaming: Bool { database.replication?.kind == .streaming }

  private var callers: [WorkloadReference] {
    let standIn = Workload(name: database.name, namespace: database.namespace, image: database.runningImage)
    return Set(Renderer(topology: topology).callers(of: standIn).map(\.workload)).sorted()
  }

  private var servers: JSONValue {
    ["podSelector": ["matchLabels": [Database.clusterLabel: .string(database.name)]]]
  }

  /// The nodes and pods of the other regions, as far as the topology knows their addresses; else any address.
  private var otherRegions: [JSONValue] {
    let ranges = topology.networks.flatMap(\.subnets).filter {
      $0.region != cluster.region && regions.contains($0.region)
    }
    .flatMap { [$0.range] + $0.secondaryRanges.map(\.range) }
    let known = ranges.isEmpty ? ExternalService.anyAddress : ranges
    return known.map(NetworkPeer.addresses)
  }

  private func pods(_ reference: WorkloadReference) -> JSONValue {
    NetworkPeer.pods([MeshLabels.app: reference.name], in: reference.namespace)
  }

  private func rule(_ direction: String, _ peers: [JSONValue], ports: [Int]) -> JSONValue {
    var rule: JSONValue = ["ports": NetworkPeer.ports(ports)]
    if !peers.isEmpty { rule[direction] = .array(peers) }
    return rule
  }
}
