internal import KubeModel
internal import MeshTopology

/// A plug-in as both Kong's declarative file and objects for its controller have it.
struct KongPlugin {
  let name: String
  let config: JSONValue

  var tree: YAMLTree {
    let name = ("name", YAMLTree.scalar(.string(name)))
    return .mapping(config.object?.isEmpty == false ? [name, ("config", .scalar(config))] : [name])
  }
}

extension Gateway {
  /// The plug-ins of all routes that have no configuration of their own.
  func globalPlugins(in topology: Topology, _ secrets: inout KongSecrets) -> [KongPlugin] {
    var plugins: [KongPlugin] = []
    if metrics.isOn { plugins.append(KongPlugin(name: "prometheus", config: metrics.config)) }
    if let collector = topology.tracing?.collector {
      let endpoint =
        "http://\(collector.name).\(collector.namespace).svc.cluster.local:\(Gateway.traceIntake)/v1/traces"
      let key = isAtLeast(KongVersion(3, 8)) ? "traces_endpoint" : "endpoint"
      plugins.append(
        KongPlugin(
          name: "opentelemetry",
          config: [key: .string(endpoint), "resource_attributes": ["service.name": .string(name)]]))
    }
    plugins += self.plugins(rateLimit, cors, requestSize, methods: [], in: topology, &secrets)
    return plugins + self.plugins.map { KongPlugin(name: $0.name, config: $0.config) }
  }

  /// The plug-ins of one route.
  func plugins(of route: Route, in topology: Topology, _ secrets: inout KongSecrets) -> [KongPlugin] {
    var plugins: [KongPlugin] = []
    switch route.authentication {
    case .key(let check): plugins.append(KongPlugin(name: "key-auth", config: check.config))
    case .jwt(let check): plugins.append(KongPlugin(name: "jwt", config: check.config))
    // Istio verifies these, at the callee.
    case .token, nil: break
    }
    plugins += self.plugins(
      route.rateLimit, route.cors, route.requestSize, methods: route.methods, in: topology, &secrets)
    return plugins + route.plugins.map { KongPlugin(name: $0.name, config: $0.config) }
  }

  /// The plug-ins of one consumer.
  func plugins(of consumer: Consumer, in topology: Topology, _ secrets: inout KongSecrets) -> [KongPlugin] {
    plugins(consumer.rateLimit, nil, nil, methods: [], in: topology, &secrets)
      + consumer.plugins.map { KongPlugin(name: $0.name, config: $0.config) }
  }

  private func plugins(
    _ rateLimit: RateLimit?, _ cors: CORS?, _ requestSize: RequestSize?, methods: [Call.Method],
    in topology: Topology,
    _ secrets: inout KongSecrets
  ) -> [KongPlugin] {
    var plugins: [KongPlugin] = []
    if let rateLimit {
      var config = rateLimit.config
      for (key, value) in counter(rateLimit, in: topology, &secrets) { config[key] = value }
      plugins.append(KongPlugin(name: "rate-limiting", config: config))
    }
    if let cors { plugins.append(KongPlugin(name: "cors", config: cors.config(methods: methods))) }
    if let requestSize {
      plugins.append(KongPlugin(name: "request-size-limiting", config: requestSize.config))
    }
    return plugins
  }

  /// Where requests are counted: one record from Kong 3.6 on, fields of their own before.
  private func counter(
    _ limit: RateLimit, in topology: Topology, _ secrets: inout KongSecrets
  ) -> [(String, JSONValue)] {
    guard let redis = limit.redis, let callee = topology.routeCallee(redis.to),
      let port = callee.port(redis.port)
    else {
      return []
    }
    var fields: JSONValue = [
      "host": .string(callee.host), "port": .int(Int64(port.port)), "database": .int(Int64(redis.database)),
      "ssl": .bool(redis.hasTLS),
    ]
    fields["username"] = redis.username.map(JSONValue.string)
    if let password = redis.password { fields["password"] = .string(secrets.reference(to: password)) }
    if isAtLeast(KongVersion(3, 6)) { return [("redis", fields)] }
    return fields.object?.members.map { ("redis_\($0.key)", $0.value) } ?? []
  }

  /// Whether Kong has at least this version; one that is not known is taken for a new one.
  private func isAtLeast(_ version: KongVersion) -> Bool { kongVersion.map { $0 >= version } ?? true }
}
