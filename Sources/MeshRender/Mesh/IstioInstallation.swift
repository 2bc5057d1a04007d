public import KubeModel
public import MeshTopology

extension Renderer {
  /// How Istio is to be installed in `cluster`: what `istioctl install -f` reads; `nil` without a mesh.
  public func istioInstallation(in cluster: Cluster) -> KubeObject? {
    guard let mesh = topology.serviceMesh else { return nil }
    var object = KubeObject(kind: .istioOperator, namespace: mesh.namespace, name: "control-plane")
    object.labels = systemLabels
    if !mesh.isBefore(1, 24) { object.set("spec", "tag", to: .string(mesh.version)) }
    object.set("spec", "meshConfig", to: meshConfig(mesh))
    object.set("spec", "values", "global", to: global(mesh, in: cluster))
    if mesh.hasAutoRegistration {
      object.set(
        "spec", "values", "pilot", "env",
        to: [
          "PILOT_ENABLE_WORKLOAD_ENTRY_AUTOREGISTRATION": "true",
          "PILOT_ENABLE_CROSS_CLUSTER_WORKLOAD_ENTRY": .string("\(mesh.isMultiCluster)"),
        ])
    }
    if topology.namespaces.contains(where: { $0.hasIstioInjection && $0.podSecurity != .privileged }) {
      // Without it each pod gets a container that sets up the network, which these levels refuse
      // (https://istio.io/latest/docs/setup/additional-setup/pod-security-admission/).
      object.set("spec", "components", "cni", "enabled", to: true)
      object.set("spec", "values", "pilot", "cni", "enabled", to: true)
      object.set("spec", "values", "global", "platform", to: "gke")
    }
    if !mesh.ingressGateways.isEmpty {
      object.set(
        "spec", "components", "ingressGateways",
        to: .array(mesh.ingressGateways.map { ingressGateway($0, in: cluster) }))
    }
    return object
  }

  /// The installation as an object for the operator inside the cluster, or as a file for `istioctl`: the
  /// operator was removed in 1.24 (https://istio.io/latest/blog/2024/in-cluster-operator-deprecation-announcement/).
  func istioParts(in cluster: Cluster) -> PlatformParts {
    var parts = PlatformParts()
    if let namespace = istioNamespace { parts.objects.append(namespace) }
    guard let installation = istioInstallation(in: cluster), let mesh = topology.serviceMesh else {
      return parts
    }
    if mesh.isBefore(1, 24) {
      parts.objects.append(RenderedObject(object: installation, workload: nil, concern: .mesh))
    } else {
      parts.files = [RenderedFile(path: "istio.yaml", text: installation.json.yamlText())]
    }
    return parts
  }

  /// The control plane's namespace, where settings of the whole mesh are kept; `nil` when the topology declares
  /// it itself or says nothing of the mesh.
  private var istioNamespace: RenderedObject? {
    guard topology.serviceMesh != nil || topology.tracing != nil,
      topology.namespace(named: topology.istioNamespace) == nil
    else { return nil }
    var object = KubeObject(kind: .namespace, name: topology.istioNamespace)
    // The CNI plug-in works on the nodes themselves.
    object.labels = systemLabels.merging([MeshLabels.podSecurityEnforce: "privileged"]) { own, _ in own }
    return RenderedObject(object: object, workload: nil, concern: .mesh)
  }

  private func meshConfig(_ mesh: ServiceMesh) -> JSONValue {
    var config: JSONValue = [
      "trustDomain": .string(mesh.trustDomain),
      "outboundTrafficPolicy": ["mode": mesh.outbound == .allowAny ? "ALLOW_ANY" : "REGISTRY_ONLY"],
    ]
    if mesh.isMultiCluster {
      // The clusters trust each other, and each serves its own calls: the policies know the pods of one only.
      config["serviceSettings"] = [["settings": ["clusterLocal": true], "hosts": ["*"]]]
    }
    if mesh.hasAccessLog { config["accessLogFile"] = "/dev/stdout" }
    for member in topology.tracing?.meshConfig().object?.members ?? [] { config[member.key] = member.value }
    return config
  }

  private func global(_ mesh: ServiceMesh, in cluster: Cluster) -> JSONValue {
    var multiCluster: JSONValue = ["clusterName": .string(cluster.name)]
    if mesh.isMultiCluster { multiCluster["enabled"] = true }
    var global: JSONValue = [
      "meshID": .string(mesh.name), "multiCluster": multiCluster,
      "proxy": ["resources": mesh.proxyResources.json],
    ]
    global["network"] = (mesh.network ?? cluster.network).map(JSONValue.string)
    return global
  }

  private func ingressGateway(_ gateway: IngressGateway, in cluster: Cluster) -> JSONValue {
    var service: JSONValue = ["type": "LoadBalancer"]
    service["loadBalancerIP"] = gateway.addresses[cluster.region].map(JSONValue.string)
    return ["name": .string(gateway.name), "enabled": true, "k8s": ["service": service]]
  }
}

extension ServiceMesh {
  /// Whether the mesh's version is older than `major.minor`.
  func isBefore(_ major: Int, _ minor: Int) -> Bool { VersionNumber(version) < VersionNumber(major, minor) }
}
