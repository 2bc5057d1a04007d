extension Gateway {
  /// Why a variable is the gateway's own; `nil` for those that are free.
  func reason(ownVariable name: String) -> String? {
    guard configuration == .gatewayAPI else { return Gateway.ownVariables[name] }
    return Gateway.controlledVariables[name] ?? Gateway.ownVariables[name]
  }

  /// What differs where a controller tells Kong its routes.
  private static let controlledVariables: [String: String] = [
    "KONG_DECLARATIVE_CONFIG": "the controller tells Kong its routes",
    "KONG_DECLARATIVE_CONFIG_STRING": "the controller tells Kong its routes",
    "KONG_ADMIN_LISTEN": "the Admin API is the controller's alone",
    "KONG_ADMIN_GUI_LISTEN": "the Admin API is the controller's alone",
    "KONG_ROUTER_FLAVOR":
      "a router of expressions splits routes, and limits would count for each part by itself",
  ]

  /// Variables that the gateway sets itself, with what to write in their place.
  static let ownVariables: [String: String] = [
    "KONG_DATABASE": "a gateway never has a database",
    "KONG_DECLARATIVE_CONFIG": "the file is made from routes",
    "KONG_DECLARATIVE_CONFIG_STRING": "the file is made from routes",
    "KONG_ADMIN_LISTEN": "the Admin API is off, as without a database it can only show secrets",
    "KONG_ADMIN_GUI_LISTEN": "the Admin API, which the manager needs, is off",
    "KONG_STATUS_LISTEN": "probes and Prometheus ask port \(statusPort)",
    "KONG_PROXY_LISTEN": "the ports are 80 and 443",
    "KONG_PREFIX": "Kong's working directory is a volume of its own",
    "KONG_LOG_LEVEL": "write log: {level: …}",
    "KONG_PROXY_ACCESS_LOG": "write log: {access: …}",
    "KONG_NGINX_WORKER_PROCESSES": "write workerProcesses",
    "KONG_SSL_CERT": "write certificate",
    "KONG_SSL_CERT_KEY": "write certificate",
    "KONG_PLUGINS": "write customPlugins",
    "KONG_TRACING_INSTRUMENTATIONS": "write traceSampling",
    "KONG_TRACING_SAMPLING_RATE": "write traceSampling",
  ]

  /// Reports what is right alone and wrong together within one gateway.
  func check(_ section: Section) {
    checkVersion(section)
    if autoscaling != nil {
      section["replicas"]?.report(
        .contradiction, "replicas beside autoscaling: the autoscaler decides how many pods there are",
        remedy: "remove replicas, and set autoscaling.min")
    }
    for name in env.keys.sorted() {
      guard let reason = reason(ownVariable: name) else { continue }
      section.reading.report(
        .contradiction, "\(name) is set by the gateway itself: \(reason)",
        at: section.spot("env", .key(name)),
        remedy: "remove it")
    }
    checkEntrance(section)
    checkRoutes(section)
    checkAuthentication(section)
    checkPlugins(section)
    checkObjects(section)
  }

  private func checkVersion(_ section: Section) {
    guard let kongVersion else {
      section.reading.report(
        .missingField, "\(image) does not say which version of Kong it has", at: section.keySpot("image"),
        remedy: "add version: \"3.9\"")
      return
    }
    if kongVersion < KongVersion(3, 0) {
      section.reading.report(
        .contradiction, "Kong \(kongVersion) does not read the declarative format 3.0",
        at: section.keySpot(version == nil ? "image" : "version"), remedy: "use Kong 3.4 or later")
    }
  }

  private func checkEntrance(_ section: Section) {
    guard service != .loadBalancer else { return }
    for key in ["addresses", "internal", "allowedRanges"] {
      section[key]?.report(
        .contradiction, "\(key) of a load balancer, but the service is \(service.rawValue)",
        remedy: "write service: loadBalancer, or remove \(key)")
    }
  }
}
