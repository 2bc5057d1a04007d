public import KubeModel
public import MeshTopology

/// Parts of the platform that every workload needs, whatever the topology says.
private enum Platform {
  /// Where proxies get their configuration and certificates.
  static let istiodPort = 15012
  /// Where the proxy serves its own metrics and the application's.
  static let metricsPort = 15020
  /// Where traces are taken in OpenTelemetry's protocol, by gRPC and by HTTP.
  static let tracePorts = [4317, 4318]
}

extension Renderer {
  /// The NetworkPolicy of a workload: it lets through what the calls of the topology need, seen from both
  /// ends, and what the platform needs.
  ///
  /// Ports are those of the containers, because a policy judges a packet after the Service has sent it to
  /// a pod. Probes need no rule: a pod's own node may always reach it.
  public func networkPolicy(for workload: Workload, in cluster: Cluster) -> KubeObject {
    var object = object(.networkPolicy, for: workload)
    object.set("spec", "podSelector", "matchLabels", to: .strings([MeshLabels.app: workload.name]))
    object.set("spec", "policyTypes", to: ["Ingress", "Egress"])
    object.set("spec", "ingress", to: .array(ingress(of: workload)))
    object.set("spec", "egress", to: .array(egress(of: workload, in: cluster)))
    return object
  }

  private func ingress(of workload: Workload) -> [JSONValue] {
    var rules: [JSONValue] = []
    if workload.isExposed {
      rules.append(["ports": NetworkPeer.ports(workload.ports.map(\.targetPort))])
    }
    var callers: [Int: Set<WorkloadReference>] = [:]
    for caller in self.callers(of: workload) {
      guard let called = workload.port(caller.call.port) else { continue }
      callers[called.targetPort, default: []].insert(caller.workload)
    }
    for (number, references) in callers.sorted(by: { $0.key < $1.key }) {
      rules.append(["from": .array(references.sorted().map(peer)), "ports": NetworkPeer.ports([number])])
    }
    if workload.reference == topology.tracing?.collector {
      var meshed = topology.namespaces.filter(\.hasIstioInjection).map { NetworkPeer.namespace($0.name) }
      if topology.serviceMesh?.ingressGateways.isEmpty == false {
        meshed.append(NetworkPeer.namespace(topology.istioNamespace))
      }
      if !meshed.isEmpty {
        rules.append(["from": .array(meshed), "ports": NetworkPeer.ports(Platform.tracePorts)])
      }
    }
    rules += scrapes(of: workload)
    return rules
  }

  private func scrapes(of workload: Workload) -> [JSONValue] {
    var ports: Set<Int> = []
    if namespace(of: workload).hasIstioInjection {
      ports.insert(Platform.metricsPort)
    } else if let metrics = workload.metrics {
      ports.insert(metrics.port)
    }
    guard !ports.isEmpty else { return [] }
    return [["from": [NetworkPeer.scraper(of: topology)], "ports": NetworkPeer.ports(ports.sorted())]]
  }

  private func egress(of workload: Workload, in cluster: Cluster) -> [JSONValue] {
    var rules = callees(of: workload)
    rules.append(NetworkPeer.nameServer)
    if namespace(of: workload).hasIstioInjection {
      rules.append([
        "to": [NetworkPeer.namespace(topology.istioNamespace)],
        "ports": NetworkPeer.ports([Platform.istiodPort]),
      ])
      if let tracing = topology.tracing, tracing.collector != workload.reference {
        rules.append([
          "to": [NetworkPeer.pods(tracing.collectorLabels, in: tracing.namespace)],
          "ports": NetworkPeer.ports(Platform.tracePorts),
        ])
      }
    }
    if !workload.permissions.isEmpty { rules.append(apiServer(of: cluster)) }
    if workload.googleServiceAccount != nil { rules += MetadataServer.egress }
    if workload.reference == topology.monitoring?.prometheus {
      rules.append(["to": [["namespaceSelector": [:]]]])
    }
    return rules
  }

  private func callees(of workload: Workload) -> [JSONValue] {
    var ports: [WorkloadReference: Set<Int>] = [:]
    var rules: [JSONValue] = []
    for call in workload.calls {
      guard let callee = callee(call.to), let called = callee.port(call.port) else { continue }
      guard let external = callee as? ExternalService else {
        ports[call.to, default: []].insert(called.targetPort)
        continue
      }
      rules.append([
        "to": .array(external.addresses.map(NetworkPeer.addresses)),
        "ports": NetworkPeer.ports([called.port]),
      ])
    }
    return ports.sorted { $0.key < $1.key }.map { callee, numbers in
      ["to": [peer(callee)], "ports": NetworkPeer.ports(numbers.sorted())]
    } + rules
  }

  /// The API server: at the cluster's first Service address, which no selector names, and where the control
  /// plane really is.
  private func apiServer(of cluster: Cluster) -> JSONValue {
    var rule: JSONValue = ["ports": NetworkPeer.ports([443, 6443])]
    if let range = cluster.controlPlaneRange {
      var blocks: [JSONValue] = [NetworkPeer.addresses(range)]
      let subnet = topology.networks.first { $0.name == cluster.network }?.subnet(
        named: cluster.subnetwork ?? "")
      if let services = cluster.servicesRange.flatMap({ subnet?.secondaryRange(named: $0) }) {
        blocks.append(NetworkPeer.addresses(services.range))
      }
      rule["to"] = .array(blocks)
    }
    return rule
  }

  private func peer(_ workload: WorkloadReference) -> JSONValue {
    NetworkPeer.pods(podSelector(of: workload), in: workload.namespace)
  }

  /// The pods of whatever is called so: operators label theirs in their own way.
  private func podSelector(of reference: WorkloadReference) -> [String: String] {
    callee(reference) is Database ? ["cnpg.io/cluster": reference.name] : [MeshLabels.app: reference.name]
  }
}
