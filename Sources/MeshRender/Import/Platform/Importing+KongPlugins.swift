internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Takes a plug-in of all routes over.
  mutating func read(_ plugin: Part, into gateway: inout Gateway) {
    let config = plugin["config"]
    switch plugin["name"]?.peek {
    case "rate-limiting": gateway.rateLimit = rateLimit(config, plugin, gateway)
    case "cors": gateway.cors = cors(config)
    case "request-size-limiting": gateway.requestSize = requestSize(config)
    case "prometheus": readMetrics(config, into: &gateway)
    case "opentelemetry" where topology.tracing != nil: break
    case let name?:
      gateway.plugins.append(Gateway.Plugin(name: name).with { $0.config = config?.node.json ?? [:] })
    case nil: break
    }
  }

  /// Takes a plug-in of one route over.
  mutating func read(_ plugin: Part, into route: inout Gateway.Route, of gateway: inout Gateway) {
    let config = plugin["config"]
    let path = "Gateway/\(gateway.reference) routes[\(route.name)]"
    switch plugin["name"]?.peek {
    case "rate-limiting": route.rateLimit = rateLimit(config, plugin, gateway)
    case "cors": route.cors = cors(config)
    case "request-size-limiting": route.requestSize = requestSize(config)
    case "prometheus":
      readMetrics(config, into: &gateway)
      assume("Gateway/\(gateway.reference) metrics", "Kong measures all routes alike")
    case "key-auth":
      var check = Gateway.KeyCheck()
      let names = config?["key_names"]?.texts.map { $0.lowercased() } ?? []
      if !names.isEmpty { check.names = names }
      check.hidesCredentials = config?["hide_credentials"]?.flag ?? false
      route.authentication = .key(check)
    case "oauth2":
      contradict(
        plugin.place, "the plug-in oauth2 keeps its tokens in Kong's database, and a Gateway has none")
      var check = Gateway.TokenCheck(issuer: "issuer")
      check.scopes = config?["scopes"]?.texts ?? []
      route.authentication = .token(check)
      if !gateway.issuers.contains(where: { $0.name == "issuer" }) {
        gateway.issuers.append(Gateway.TokenIssuer(name: "issuer", issuer: "https://issuer.invalid"))
      }
      meshed[gateway.namespace] = meshed[gateway.namespace] ?? "tokens of \(route.name) are verified by Istio"
      meshed[route.to.namespace] =
        meshed[route.to.namespace] ?? "tokens of \(route.name) are verified by Istio"
      assume(
        path + ".authentication",
        "tokens are taken from an outside issuer in place of Kong's oauth2: its address has to be filled in")
    case let name?:
      route.plugins.append(Gateway.Plugin(name: name).with { $0.config = config?.node.json ?? [:] })
    case nil: break
    }
  }

  private mutating func rateLimit(_ config: Part?, _ plugin: Part, _ gateway: Gateway) -> Gateway.RateLimit? {
    guard let config else { return nil }
    var limit = Gateway.RateLimit()
    limit.second = config["second"]?.integer
    limit.minute = config["minute"]?.integer
    limit.hour = config["hour"]?.integer
    limit.day = config["day"]?.integer
    limit.month = config["month"]?.integer
    limit.year = config["year"]?.integer
    limit.limitBy = config["limit_by"]?.text.flatMap(Gateway.RateLimit.LimitBy.init(rawValue:)) ?? .consumer
    limit.headerName = config["header_name"]?.text?.lowercased()
    limit.path = config["path"]?.text
    limit.isFaultTolerant = config["fault_tolerant"]?.flag ?? true
    limit.hidesHeaders = config["hide_client_headers"]?.flag ?? false
    limit.errorCode = config["error_code"]?.integer ?? 429
    limit.errorMessage = config["error_message"]?.text
    switch config["policy"]?.text {
    case "cluster":
      contradict(plugin.place, "rate-limiting counts in Kong's database, and a Gateway has none")
      assume(
        "Gateway/\(gateway.reference) rateLimit.policy",
        "each pod counts for itself, in place of the policy cluster")
    case "redis":
      let host = config["redis", "host"]?.text ?? config["redis_host"]?.text
      if let host, let target = target(of: host, from: gateway.namespace) {
        limit.policy = .redis
        limit.redis = Gateway.RateLimit.Redis(to: target)
      } else {
        assume(
          "Gateway/\(gateway.reference) rateLimit.policy",
          "each pod counts for itself: the Redis is not among the manifests")
      }
    default: break
    }
    return limit.limits.isEmpty ? nil : limit
  }

  private func cors(_ config: Part?) -> Gateway.CORS? {
    var cors = Gateway.CORS(origins: config?["origins"]?.texts ?? ["*"])
    cors.methods = (config?["methods"]?.texts ?? []).compactMap(Call.Method.init(rawValue:))
    cors.headers = config?["headers"]?.texts ?? []
    cors.exposedHeaders = config?["exposed_headers"]?.texts ?? []
    cors.credentials = config?["credentials"]?.flag ?? false
    cors.maxAge = config?["max_age"]?.integer.map { .seconds($0) }
    return cors
  }

  private func requestSize(_ config: Part?) -> Gateway.RequestSize {
    Gateway.RequestSize(maximum: config?["allowed_payload_size"]?.integer ?? 128).with {
      $0.unit = config?["size_unit"]?.text.flatMap(Gateway.RequestSize.Unit.init(rawValue:)) ?? .megabytes
      $0.requiresContentLength = config?["require_content_length"]?.flag ?? false
    }
  }

  private func readMetrics(_ config: Part?, into gateway: inout Gateway) {
    if config?["per_consumer"]?.flag == true { gateway.metrics.perConsumer = true }
    if let value = config?["status_code_metrics"]?.flag { gateway.metrics.statusCode = value }
    if let value = config?["latency_metrics"]?.flag { gateway.metrics.latency = value }
    if let value = config?["bandwidth_metrics"]?.flag { gateway.metrics.bandwidth = value }
    if let value = config?["upstream_health_metrics"]?.flag { gateway.metrics.upstreamHealth = value }
  }
}
