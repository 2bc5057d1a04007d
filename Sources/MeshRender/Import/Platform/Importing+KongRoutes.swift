internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Takes the routes and plug-ins of Kong's file over.
  mutating func readKong(_ file: ImportedKongFile, into gateway: inout Gateway) {
    for plugin in file.globalPlugins { read(plugin, into: &gateway) }
    for route in file.routes {
      guard let target = callee(of: route, gateway: gateway) else { continue }
      let given = route.part["name"]?.text ?? route.service["name"]?.peek ?? "route"
      var name = given.topologyName
      var count = 1
      while gateway.routes.contains(where: { $0.name == name }) {
        count += 1
        name = "\(given.topologyName)-\(count)"
      }
      var made = Gateway.Route(name: name, to: target.reference)
      made.port = reference(toPort: target.port, of: target.reference)
      made.hosts = route.part["hosts"]?.texts ?? []
      made.paths = route.part["paths"]?.texts ?? []
      made.methods = (route.part["methods"]?.texts ?? []).compactMap(Call.Method.init(rawValue:))
      if let strips = route.part["strip_path"]?.flag {
        made.stripsPath = strips
      } else if !made.paths.isEmpty {
        made.stripsPath = true
        assume(
          "Gateway/\(gateway.reference) routes[\(name)].stripPath",
          "Kong strips the path unless told otherwise")
      }
      made.preservesHost = route.part["preserve_host"]?.flag ?? false
      made.isHTTPSOnly = route.part["protocols"]?.texts == ["https"]
      route.part["service"]?.take()
      if made.hosts.isEmpty, made.paths.isEmpty, made.methods.isEmpty { made.paths = ["/"] }
      for plugin in route.plugins { read(plugin, into: &made, of: &gateway) }
      dropRest(of: route.part, file, except: ["plugins"])
      gateway.routes.append(made)
    }
    readConsumers(file, into: &gateway)
    for key in ["upstreams", "certificates", "ca_certificates", "snis", "vaults", "key_sets", "keys"] {
      if let part = file.root[key] { drop(at: part.place, file.words, key, "a Gateway has no place for it") }
    }
  }

  private mutating func callee(of route: ImportedKongFile.Route, gateway: Gateway) -> (
    reference: WorkloadReference, port: Int
  )? {
    guard let target = route.service.kongTarget else { return nil }
    if let known = self.target(of: target.host, from: gateway.namespace) {
      if isInferred(known) {
        workload(inferred: known, by: "Kong's service", at: route.service.place, port: target.port)
      }
      return (known, target.port)
    }
    let words = "Kong's service \(route.service["name"]?.peek ?? "")"
    if let reference = Importing.clusterName(of: target.host)
      ?? (target.host.contains(".")
        ? nil : WorkloadReference(namespace: gateway.namespace, name: target.host))
    {
      guard workload(inferred: reference, by: words, at: route.service.place, port: target.port) else {
        return nil
      }
      return (reference, target.port)
    }
    let reference = externalService(
      at: target.host, port: target.port, isTLS: target.port == 443, in: gateway.namespace)
    return (reference, target.port)
  }

  private mutating func dropRest(of part: Part, _ file: ImportedKongFile, except: Set<String>) {
    for entry in part.entries
    where !except.contains(entry.key) && !ledger.isTaken(entry.value.path, of: part.source) {
      if entry.value.elements.contains(where: { ledger.isTaken($0.path, of: part.source) }) { continue }
      drop(at: entry.value.place, file.words, entry.value.path, "a route of a Gateway has no place for it")
    }
  }

  private mutating func readConsumers(_ file: ImportedKongFile, into gateway: inout Gateway) {
    for part in file.root["consumers"]?.elements ?? [] {
      guard let name = part["username"]?.text ?? part["custom_id"]?.text else { continue }
      var consumer = Gateway.Consumer(username: name)
      if let keys = part["keyauth_credentials"], !keys.elements.isEmpty {
        consumer.keys = [SecretKey(name: "\(name.topologyName)-key", key: "key")]
        contradict(keys.place, "keys of the consumer \(name) stand in plain text: keep them in a Secret")
        assume(
          "Gateway/\(gateway.reference) consumers[\(name)].keys",
          "the key is expected in the Secret \(name.topologyName)-key under key")
      }
      for key in [
        "jwt_secrets", "basicauth_credentials", "hmacauth_credentials", "oauth2_credentials", "acls",
      ] {
        if let part = part[key] {
          drop(at: part.place, file.words, part.path, "what a consumer shows is not copied from a file")
        }
      }
      gateway.consumers.append(consumer)
    }
    let needsKey = gateway.routes.contains { if case .key? = $0.authentication { true } else { false } }
    if needsKey, gateway.consumers.allSatisfy(\.keys.isEmpty) {
      gateway.consumers.append(
        Gateway.Consumer(username: "consumer").with {
          $0.keys = [SecretKey(name: "consumer-key", key: "key")]
        })
      assume(
        "Gateway/\(gateway.reference) consumers",
        "a route asks for a key and no consumer has one; one is assumed in the Secret consumer-key")
    }
  }
}
