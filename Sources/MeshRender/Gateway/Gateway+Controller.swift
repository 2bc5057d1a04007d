internal import KubeModel
internal import MeshTopology

extension Gateway {
  private static let probePort = 10254
  private static let measurePort = 10255

  /// The workload that runs the Kong Ingress Controller, beside Kong rather than in its pods: what users reach has no
  /// permission to ask the Kubernetes API, and Kong scales without more controllers.
  func controllerWorkload(in topology: Topology) -> Workload {
    Workload(name: controllerName, namespace: namespace, image: controller.image).with {
      $0.replicas = controller.replicas
      $0.resources = controller.resources
      $0.runAsUser = 1000
      $0.hasReadOnlyRoot = true
      $0.volumes = [Volume(name: "tmp", path: "/tmp")]
      $0.health = HealthCheck(path: "/healthz", port: .number(Gateway.probePort)).with {
        $0.startupTime = .seconds(60)
      }
      $0.metrics = MetricsEndpoint(port: Gateway.measurePort)
      $0.permissions = GatewayPermissions.cluster + GatewayPermissions.own
      $0.env = controllerSettings(in: topology).mapValues(EnvironmentValue.text).merging([
        "POD_NAME": .field("metadata.name"), "POD_NAMESPACE": .field("metadata.namespace"),
      ]) { own, _ in own }
    }
  }

  /// The namespaces that the controller reads: the gateway's, and those that its routes lead to.
  func readNamespaces(in topology: Topology) -> [String] {
    let others = routes.compactMap { backend(of: $0, in: topology)?.namespace }
    return [namespace] + Set(others).subtracting([namespace]).sorted()
  }

  private func controllerSettings(in topology: Topology) -> [String: String] {
    var settings = [
      "KONG_ADMIN_SVC": "\(namespace)/\(adminServiceName)",
      // Kong's certificate is one that it signs itself; who may talk to whom is the policies' concern.
      "KONG_ADMIN_TLS_SKIP_VERIFY": "true",
      "PUBLISH_SERVICE": "\(namespace)/\(name)",
      "GATEWAY_TO_RECONCILE": "\(namespace)/\(name)",
      "INGRESS_CLASS": className,
      "WATCH_NAMESPACE": readNamespaces(in: topology).joined(separator: ","),
      "CLUSTER_DOMAIN": "cluster.local",
      // What counts by service counts all routes to one callee together.
      "COMBINED_SERVICES_FROM_DIFFERENT_HTTPROUTES": "true",
      "ELECTION_ID": "\(controllerName).konghq.com",
      "LOG_LEVEL": log.level.controllerLevel,
      "ANONYMOUS_REPORTS": "false",
    ]
    for unused in Gateway.unusedControllers { settings["ENABLE_CONTROLLER_\(unused)"] = "false" }
    return Dictionary(uniqueKeysWithValues: settings.map { ("CONTROLLER_\($0.key)", $0.value) })
  }

  /// What the controller could read besides, and then would need permissions for.
  private static let unusedControllers = [
    "INGRESS_NETWORKINGV1", "INGRESS_CLASS_NETWORKINGV1", "INGRESS_CLASS_PARAMETERS", "TCPINGRESS",
    "UDPINGRESS", "KONGINGRESS", "KONG_CUSTOM_ENTITY", "KONG_LICENSE", "KONG_SERVICE_FACADE",
    "KONG_UPSTREAM_POLICY", "KONG_VAULT",
  ]
}

extension Gateway.Log.Level {
  /// The nearest of the controller's levels: it knows four.
  fileprivate var controllerLevel: String {
    switch self {
    case .debug: "debug"
    case .info, .notice: "info"
    case .warn, .error, .crit, .alert, .emerg: "error"
    }
  }
}
