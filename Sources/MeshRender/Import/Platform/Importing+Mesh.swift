internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Takes the installation of Istio and its mutual TLS over.
  mutating func placeMesh() {
    for source in all("install.istio.io", "IstioOperator") where topology.serviceMesh == nil {
      placeInstallation(source)
    }
    for source in all("security.istio.io", "PeerAuthentication") { placeMutualTLS(source) }
  }

  private mutating func placeInstallation(_ source: Source) {
    let spec = source.root["spec"]
    let global = spec?["values", "global"]
    let name = global?["meshID"]?.text ?? "mesh"
    var mesh = ServiceMesh(name: name.topologyName)
    let path = "ServiceMesh/\(mesh.name)"
    if let tag = spec?["tag"]?.text, let first = tag.split(separator: "-").first {
      mesh.version = String(first)
    } else {
      assume(path + " version", "\(source.words) names no version; \(mesh.version) is assumed")
    }
    if source.saysNamespace { mesh.namespace = source.namespace }
    mesh.network = global?["network"]?.text
    clusterNameOfMesh = global?["multiCluster", "clusterName"]?.text
    if let flag = global?["multiCluster", "enabled"]?.flag { mesh.isMultiCluster = flag }
    if let domain = spec?["meshConfig", "trustDomain"]?.text ?? global?["trustDomain"]?.text {
      mesh.trustDomain = domain
    }
    if spec?["meshConfig", "outboundTrafficPolicy", "mode"]?.text == "REGISTRY_ONLY" {
      mesh.outbound = .registryOnly
    }
    if let file = spec?["meshConfig", "accessLogFile"]?.text { mesh.hasAccessLog = !file.isEmpty }
    if let resources = resources(global?["proxy", "resources"], of: path) { mesh.proxyResources = resources }
    let variables = spec?["values", "pilot", "env"]
    if let flag = variables?["PILOT_ENABLE_WORKLOAD_ENTRY_AUTOREGISTRATION"]?.flag {
      mesh.hasAutoRegistration = flag
    }
    if variables?["PILOT_ENABLE_CROSS_CLUSTER_WORKLOAD_ENTRY"]?.flag == true { mesh.isMultiCluster = true }
    for part in spec?["components", "ingressGateways"]?.elements ?? [] {
      guard let name = part["name"]?.text, part["enabled"]?.flag != false else { continue }
      mesh.ingressGateways.append(IngressGateway(name: name))
      let service = part["k8s", "service"]
      if service?["type"]?.peek == "LoadBalancer" { service?["type"]?.take() }
      guard let address = service?["loadBalancerIP"], let text = address.peek else { continue }
      checkAddress(address)
      if Address(parsing: text) != nil {
        address.take()
        meshAddresses[name] = text
      } else {
        drop(address, "a placeholder: write addresses of the ingress gateway, by region")
      }
    }
    if source.object.apiVersion.hasPrefix("install.istio.io") {
      assume(path, "Istio is installed by istioctl: its operator within the cluster ended with 1.23")
    }
    source.root["metadata", "labels"]?.take()
    topology.serviceMesh = mesh
    place(source, at: path)
  }

  private mutating func placeMutualTLS(_ source: Source) {
    let spec = source.root["spec"]
    guard spec?["selector"] == nil else {
      meshed[source.namespace] = meshed[source.namespace] ?? "\(source.words) is about the mesh"
      return
    }
    let mode: MutualTLS? =
      switch spec?["mtls", "mode"]?.peek {
      case "STRICT": .strict
      case "PERMISSIVE": .permissive
      default: nil
      }
    guard let mode else { return }
    spec?["mtls"]?.take()
    source.root["metadata", "labels"]?.take()
    if source.namespace == topology.istioNamespace, topology.serviceMesh != nil {
      topology.serviceMesh?.mutualTLS = mode
      place(source, at: "ServiceMesh/\(topology.serviceMesh?.name ?? "")", "mutualTLS")
    } else if source.namespace == topology.istioNamespace {
      meshMode = mode
      place(source, at: "Namespace", "mutualTLS")
    } else {
      mutualTLS[source.namespace] = mode
      meshed[source.namespace] = meshed[source.namespace] ?? "\(source.words) is about the mesh"
      place(source, at: "Namespace/\(source.namespace)", "mutualTLS")
    }
  }
}
