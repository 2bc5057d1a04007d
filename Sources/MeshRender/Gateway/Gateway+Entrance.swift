internal import KubeModel
internal import MeshTopology

extension Gateway {
  /// What the gateway's Service, pods and PeerAuthentication have besides what those of all workloads have.
  func entrance(in topology: Topology, _ cluster: Cluster) -> [RenderedObject] {
    var objects: [RenderedObject] = []
    if service != .clusterIP {
      let service = loadBalancer(in: cluster)
      objects.append(RenderedObject(object: service, workload: reference, concern: .network))
    }
    guard topology.isMeshed(namespace) else { return objects }
    // The proxy serves Kong's measures together with its own, where these say.
    var annotations = [
      "prometheus.io/scrape": "true", "prometheus.io/port": "\(Gateway.statusPort)",
      "prometheus.io/path": "/metrics",
    ]
    let numbers = ports.map { "\($0.targetPort)" }
    let isDirect = service != .clusterIP && preservesClientAddress
    if isDirect {
      annotations["traffic.sidecar.istio.io/excludeInboundPorts"] = numbers.joined(separator: ",")
    }
    var pods = KubeObject(kind: .deployment, namespace: namespace, name: name)
    pods.set("spec", "template", "metadata", "annotations", to: .strings(annotations))
    objects.append(RenderedObject(object: pods, workload: reference, concern: .workload))
    if isDirect {
      // Callers within the mesh must not encrypt for a proxy that is not on the way.
      var peers = KubeObject(kind: .peerAuthentication, namespace: namespace, name: name)
      peers.set("spec", "selector", "matchLabels", to: .strings([MeshLabels.app: name]))
      peers.set(
        "spec", "portLevelMtls",
        to: .object(JSONObject(numbers.map { ($0, JSONValue.object(["mode": "DISABLE"])) })))
      objects.append(RenderedObject(object: peers, workload: reference, concern: .policy))
    }
    return objects
  }

  private func loadBalancer(in cluster: Cluster) -> KubeObject {
    var object = KubeObject(kind: .service, namespace: namespace, name: name)
    object.set("spec", "type", to: service == .nodePort ? "NodePort" : "LoadBalancer")
    if preservesClientAddress { object.set("spec", "externalTrafficPolicy", to: "Local") }
    guard service == .loadBalancer else { return object }
    // The provider's load balancers are made of backend services, which know reserved addresses by name.
    var annotations =
      isInternal
      ? ["networking.gke.io/load-balancer-type": "Internal"] : ["cloud.google.com/l4-rbs": "enabled"]
    switch addresses[cluster.region] {
    case .literal(let address): object.set("spec", "loadBalancerIP", to: .string(address))
    case .reserved(let name): annotations["networking.gke.io/load-balancer-ip-addresses"] = name
    case nil: break
    }
    object.annotations = annotations
    if !allowedRanges.isEmpty {
      object.set(
        "spec", "loadBalancerSourceRanges", to: .array(allowedRanges.map { .string($0.description) }))
    }
    return object
  }
}

extension Topology {
  /// Whether the pods of a namespace have Istio's proxy.
  fileprivate func isMeshed(_ name: String) -> Bool { namespace(named: name)?.hasIstioInjection ?? true }
}
