internal import KubeModel

extension Gateway {
  /// Reports what objects of the Gateway API cannot say, and what only they can.
  func checkObjects(_ section: Section) {
    guard configuration == .gatewayAPI else {
      section["controller"]?.report(
        .contradiction, "a controller, but Kong reads its routes from a file",
        remedy: "write configuration: gatewayAPI, or remove controller")
      return
    }
    if let kongVersion, kongVersion >= KongVersion(3, 0), kongVersion < KongVersion(3, 4) {
      section.reading.report(
        .contradiction, "the Kong Ingress Controller does not know Kong \(kongVersion)",
        at: section.keySpot(version == nil ? "image" : "version"), remedy: "use Kong 3.4 or later")
    }
    for (index, route) in routes.enumerated() {
      checkMatches(of: route, section) { section.spot("routes", .index(index), $0, .index($1)) }
    }
    checkCredentials(section)
  }

  /// The bounds of HTTPRoute and GRPCRoute (gateway.networking.k8s.io/v1).
  private func checkMatches(of route: Route, _ section: Section, spot: (PathPart, Int) -> Spot) {
    if route.namedHosts.count > 16 {
      section.reading.report(
        .contradiction, "\(route.name) takes \(route.namedHosts.count) hosts, and an HTTPRoute at most 16",
        at: spot("hosts", 16), remedy: "share them among several routes")
    }
    if route.paths.count > 64 {
      section.reading.report(
        .contradiction, "\(route.name) takes \(route.paths.count) paths, and an HTTPRoute at most 64",
        at: spot("paths", 64), remedy: "share them among several routes")
    }
    for (index, path) in route.paths.enumerated()
    where !path.hasPrefix("~") && path.lowercased().contains("%2f") {
      section.reading.report(
        .contradiction, "an HTTPRoute takes no prefix with an escaped slash, such as \(shown(path))",
        at: spot("paths", index), remedy: "write \(shown("~" + path)) for a regular expression")
    }
  }

  /// The controller knows by its own keys what a Secret with a credential holds.
  private func checkCredentials(_ section: Section) {
    func check(_ secret: SecretKey, holds key: String, _ credential: String, at spot: Spot) {
      guard secret.key != key else { return }
      section.reading.report(
        .contradiction,
        "the Kong Ingress Controller looks for a credential of \(credential) under \(key), not under \(secret.key)",
        at: spot,
        remedy: "write key: \(key), and keep it there in a Secret with the label "
          + "konghq.com/credential: \(credential)")
    }
    for (index, consumer) in consumers.enumerated() {
      for (number, secret) in consumer.keys.enumerated() {
        let spot = section.spot("consumers", .index(index), "keys", .index(number), "key")
        check(secret, holds: "key", "key-auth", at: spot)
      }
      for (number, credential) in consumer.jwt.enumerated() {
        guard let secret = credential.secret else { continue }
        let spot = section.spot("consumers", .index(index), "jwt", .index(number), "secret", "key")
        check(secret, holds: "secret", "jwt", at: spot)
      }
    }
    checkSecretsAreOwn(section)
  }

  /// Reports a Secret that would be two credentials: it has one label and one value for each key.
  private func checkSecretsAreOwn(_ section: Section) {
    var owners: [String: String] = [:]
    for (index, consumer) in consumers.enumerated() {
      for name in consumer.keys.map(\.name) + consumer.jwt.compactMap(\.secret?.name) {
        if let owner = owners[name] {
          section.reading.report(
            .duplicate, "the Secret \(name) is a credential of \(owner) already, and holds only one",
            at: section.spot("consumers", .index(index)),
            remedy: "keep each credential in a Secret of its own"
          )
        }
        owners[name] = consumer.username
      }
    }
  }
}

extension Gateway.Route {
  /// The hosts that an HTTPRoute takes by name; `*` for the last part is Kong's own.
  package var namedHosts: [String] { hosts.filter { !$0.hasSuffix(".*") } }
}
