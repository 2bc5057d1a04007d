internal import KubeModel
internal import MeshTopology

/// Kong's declarative file, and what it needs from Secrets.
struct KongFile {
  /// The text, in the format 3.0; with placeholders where there are `credentials`.
  let text: String
  /// What stands for the placeholders, by their names.
  let credentials: [String: EnvironmentValue]
  /// What references such as `{vault://env/redis-password-0}` lead to, by the names of variables.
  let passwords: [String: EnvironmentValue]
}

extension Gateway {
  /// Kong's declarative file; the same gateway always gives the same text.
  func declarativeFile(in topology: Topology) -> KongFile {
    var secrets = KongSecrets()
    var entries: [(String, YAMLTree)] = [("_format_version", .scalar("3.0"))]
    entries.append(("services", .list(services(in: topology, &secrets))))
    let consumers = consumers.map { tree(of: $0, in: topology, &secrets) }
    if !consumers.isEmpty { entries.append(("consumers", .list(consumers))) }
    let plugins = globalPlugins(in: topology, &secrets)
    if !plugins.isEmpty { entries.append(("plugins", .list(plugins.map(\.tree)))) }
    return KongFile(
      text: YAMLTree.mapping(entries).yamlText, credentials: secrets.credentials, passwords: secrets.passwords
    )
  }

  /// One service of Kong for each port that routes lead to, with the routes to it.
  private func services(in topology: Topology, _ secrets: inout KongSecrets) -> [YAMLTree] {
    var order: [KongService] = []
    var routes: [KongService: [YAMLTree]] = [:]
    for route in self.routes {
      guard let callee = topology.routeCallee(route.to), let port = callee.port(route.port) else { continue }
      let service = KongService(callee: callee, port: port)
      if routes[service] == nil { order.append(service) }
      routes[service, default: []].append(tree(of: route, on: port, in: topology, &secrets))
    }
    let names = Dictionary(grouping: order, by: \.reference.name)
    return order.map { service in
      let isUnique = names[service.reference.name]?.count == 1
      return .mapping([
        ("name", .scalar(.string(isUnique ? service.reference.name : service.longName))),
        ("url", .scalar(.string(service.url))), ("routes", .list(routes[service] ?? [])),
      ])
    }
  }

  private func tree(
    of route: Route, on port: Workload.Port, in topology: Topology, _ secrets: inout KongSecrets
  ) -> YAMLTree {
    var entries: [(String, YAMLTree)] = [
      ("name", .scalar(.string(route.name))), ("protocols", .texts(protocols(of: route, on: port))),
    ]
    if let status = redirectStatus(of: route, on: port) {
      entries.append(("https_redirect_status_code", .scalar(.int(Int64(status)))))
    }
    if !route.hosts.isEmpty { entries.append(("hosts", .texts(route.hosts))) }
    if !route.paths.isEmpty { entries.append(("paths", .texts(route.paths))) }
    let methods = takenMethods(of: route)
    if !methods.isEmpty { entries.append(("methods", .texts(methods.map(\.rawValue)))) }
    entries.append(("strip_path", .scalar(.bool(route.stripsPath))))
    entries.append(("preserve_host", .scalar(.bool(route.preservesHost))))
    let plugins = plugins(of: route, in: topology, &secrets)
    if !plugins.isEmpty { entries.append(("plugins", .list(plugins.map(\.tree)))) }
    return .mapping(entries)
  }

  private func tree(of consumer: Consumer, in topology: Topology, _ secrets: inout KongSecrets) -> YAMLTree {
    var entries: [(String, YAMLTree)] = [("username", .scalar(.string(consumer.username)))]
    if let id = consumer.customID { entries.append(("custom_id", .scalar(.string(id)))) }
    if !consumer.groups.isEmpty {
      entries.append(("acls", .list(consumer.groups.map { .mapping([("group", .scalar(.string($0)))]) })))
    }
    let keys = consumer.keys.map {
      YAMLTree.mapping([("key", .scalar(.string(secrets.placeholder(for: $0))))])
    }
    if !keys.isEmpty { entries.append(("keyauth_credentials", .list(keys))) }
    let signatures = consumer.jwt.map { credential in
      var fields: [(String, YAMLTree)] = [
        ("key", .scalar(.string(credential.key))),
        ("algorithm", .scalar(.string(credential.algorithm.rawValue))),
      ]
      if let secret = credential.secret {
        fields.append(("secret", .scalar(.string(secrets.placeholder(for: secret)))))
      }
      if let key = credential.publicKey { fields.append(("rsa_public_key", .scalar(.string(key)))) }
      return YAMLTree.mapping(fields)
    }
    if !signatures.isEmpty { entries.append(("jwt_secrets", .list(signatures))) }
    let plugins = plugins(of: consumer, in: topology, &secrets)
    if !plugins.isEmpty { entries.append(("plugins", .list(plugins.map(\.tree)))) }
    return .mapping(entries)
  }
}

/// A port of a callee, which is what Kong calls a service.
private struct KongService: Hashable {
  let reference: WorkloadReference
  let host: String
  let port: Workload.Port

  init(callee: any Callee, port: Workload.Port) {
    reference = callee.reference
    host = (callee as? ExternalService)?.hosts.first ?? callee.host
    self.port = port
  }

  var url: String {
    let scheme =
      switch port.protocol {
      case .https: "https"
      case .grpc: "grpc"
      case .http, .http2, .tcp: "http"
      }
    return "\(scheme)://\(host):\(port.port)"
  }

  var longName: String { "\(reference.namespace).\(reference.name).\(port.port)" }
}
