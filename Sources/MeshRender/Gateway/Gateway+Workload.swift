internal import KubeModel
internal import MeshTopology

/// Where things are in Kong's container.
enum KongPath {
  static let declarative = "/kong/declarative"
  static let file = "/kong/declarative/kong.yml"
  static let template = "/kong/template/kong.yml"
  static let prefix = "/kong/prefix"
  static let certificate = "/kong/certificate"
}

extension Gateway {
  /// The workload that runs Kong.
  func workload(in topology: Topology) -> Workload {
    var workload = Workload(name: name, namespace: namespace, image: image)
    workload.replicas = replicas
    workload.autoscaling = autoscaling
    workload.disruption = disruption
    workload.spread = spread
    workload.resources = resources
    workload.runAsUser = runAsUser
    workload.hasReadOnlyRoot = true
    workload.ports = ports
    workload.isExposed = service != .clusterIP
    workload.health = health.with { $0.port = $0.port ?? .number(Gateway.statusPort) }
    workload.metrics = MetricsEndpoint(port: Gateway.statusPort)
    workload.calls = calls(in: topology)
    workload.volumes = [Volume(name: "prefix", path: KongPath.prefix), Volume(name: "tmp", path: "/tmp")]
    switch configuration {
    case .declarative: addDeclarativeFile(to: &workload, in: topology)
    case .gatewayAPI:
      workload.env = settings(in: topology).merging(objects(in: topology).passwords) { own, _ in own }
    }
    workload.env.merge(env) { own, _ in own }
    return workload
  }

  private func addDeclarativeFile(to workload: inout Workload, in topology: Topology) {
    let file = declarativeFile(in: topology)
    if let certificate { workload.secrets = [SecretMount(name: certificate, path: KongPath.certificate)] }
    workload.env = settings(in: topology).merging(file.passwords) { own, _ in own }
    guard !file.credentials.isEmpty else {
      workload.files = [ConfigurationFile(path: KongPath.file, content: file.text)]
      return
    }
    workload.files = [ConfigurationFile(path: KongPath.template, content: file.text)]
    workload.volumes.insert(Volume(name: "declarative", path: KongPath.declarative), at: 0)
    workload.initContainers = [credentialFiller(file.credentials)]
  }

  /// Kong's settings, as variables of the environment.
  private func settings(in topology: Topology) -> [String: EnvironmentValue] {
    var settings = [
      "KONG_DATABASE": "off",
      "KONG_PREFIX": KongPath.prefix,
      "KONG_ADMIN_GUI_LISTEN": "off",
      "KONG_ADMIN_ACCESS_LOG": "/dev/stdout",
      "KONG_ADMIN_ERROR_LOG": "/dev/stderr",
      "KONG_STATUS_LISTEN": "0.0.0.0:\(Gateway.statusPort)",
      "KONG_STATUS_ACCESS_LOG": "off",
      "KONG_STATUS_ERROR_LOG": "/dev/stderr",
      "KONG_PROXY_ACCESS_LOG": log.hasAccessLog ? "/dev/stdout" : "off",
      "KONG_PROXY_ERROR_LOG": "/dev/stderr",
      "KONG_LOG_LEVEL": log.level.rawValue,
      "KONG_NGINX_WORKER_PROCESSES": "\(workerProcesses)",
      // Kubernetes answers a question for SRV with all ports of a Service, and Kong would call any of them.
      "KONG_DNS_ORDER": "LAST,A,CNAME",
      "KONG_ANONYMOUS_REPORTS": "off",
    ]
    switch configuration {
    case .declarative:
      settings["KONG_DECLARATIVE_CONFIG"] = KongPath.file
      settings["KONG_ADMIN_LISTEN"] = "off"
    case .gatewayAPI:
      settings["KONG_ADMIN_LISTEN"] = "0.0.0.0:\(Gateway.adminPort) http2 ssl"
      // A router of expressions would be given a route for each match, and limits would count for each of them.
      settings["KONG_ROUTER_FLAVOR"] = "traditional_compatible"
    }
    if configuration == .declarative, certificate != nil {
      settings["KONG_SSL_CERT"] = "\(KongPath.certificate)/tls.crt"
      settings["KONG_SSL_CERT_KEY"] = "\(KongPath.certificate)/tls.key"
    }
    if !customPlugins.isEmpty {
      settings["KONG_PLUGINS"] = (["bundled"] + customPlugins).joined(separator: ",")
    }
    if let tracing = topology.tracing {
      settings["KONG_TRACING_INSTRUMENTATIONS"] = "all"
      settings["KONG_TRACING_SAMPLING_RATE"] = "\((traceSampling ?? tracing.sampling).value / 100)"
    }
    return settings.mapValues(EnvironmentValue.text)
  }
}
