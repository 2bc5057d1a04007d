internal import KubeModel

extension Gateway {
  /// Reports routes that Kong could not tell apart, and limits that would not count what they say.
  func checkRoutes(_ section: Section) {
    for (index, route) in routes.enumerated() {
      if let earlier = routes[..<index].first(where: { $0.takesTheSame(as: route) }) {
        section.reading.report(
          .duplicate,
          "\(route.name) takes the same requests as \(earlier.name): \(route.shared(with: earlier))",
          at: section.spot("routes", .index(index)),
          remedy: "give each its own path, host or method, or join them: Kong would pick one of them")
      }
    }
    let shares = routes.compactMap(\.perRequest).reduce(0, +)
    if shares > 1.000_001, let last = routes.lastIndex(where: { $0.perRequest != nil }) {
      section.reading.report(
        .contradiction, "the routes' shares of requests are more than all of them",
        at: section.spot("routes", .index(last), "perRequest"),
        remedy: "let perRequest of all routes sum to 1 or less")
    }
    if !preservesClientAddress { checkCountedAddresses(section) }
  }

  private func checkCountedAddresses(_ section: Section) {
    func report(_ spot: Spot) {
      section.reading.report(
        .contradiction,
        "requests count by address here, but Kong does not see users' addresses: all would share one limit",
        at: spot,
        remedy:
          "remove preserveClientAddress: false, limit by header, or by consumer where a key is asked for")
    }
    for (index, route) in routes.enumerated() where route.rateLimit.map(route.counts(byAddress:)) == true {
      report(section.spot("routes", .index(index), "rateLimit", "limitBy"))
    }
    let others = routes.filter { $0.rateLimit == nil }
    if let rateLimit, others.contains(where: { $0.counts(byAddress: rateLimit) }) {
      report(section.spot("rateLimit", "limitBy"))
    }
  }

  /// Reports routes that nobody could pass.
  func checkAuthentication(_ section: Section) {
    for (index, route) in routes.enumerated() {
      let spot = section.spot("routes", .index(index), "authentication")
      switch route.authentication {
      case .token(let check) where !issuers.contains { $0.name == check.issuer }:
        section.reading.reportUnknown(
          "issuer", check.issuer,
          at: section.spot("routes", .index(index), "authentication", "token", "issuer"),
          known: issuers.map(\.name), remedy: "declare it under issuers")
      case .key where consumers.allSatisfy(\.keys.isEmpty):
        section.reading.report(
          .contradiction, "\(route.name) asks for a key, but no consumer has one", at: spot,
          remedy: "add consumers: [{username: …, keys: [{name: SECRET, key: KEY}]}]")
      case .jwt where consumers.allSatisfy(\.jwt.isEmpty):
        section.reading.report(
          .contradiction, "\(route.name) asks for a consumer's token, but no consumer signs any", at: spot,
          remedy:
            "add consumers: [{username: …, jwt: [{key: …, algorithm: RS256, publicKey: …}]}], or write token: "
            + "for tokens of an outside issuer")
      default: break
      }
    }
  }
}

extension Gateway.Route {
  /// Whether Kong has no rule to prefer one of two routes: the same kinds of conditions, each with something in
  /// common (kong/router/utils.lua). A longer prefix or one more kind of condition wins.
  func takesTheSame(as other: Gateway.Route) -> Bool {
    Self.overlap(hosts, other.hosts) && Self.overlap(paths, other.paths)
      && Self.overlap(methods, other.methods)
  }

  private static func overlap<Element: Equatable>(_ left: [Element], _ right: [Element]) -> Bool {
    left.isEmpty && right.isEmpty || left.contains { right.contains($0) }
  }

  /// Whether a limit counts the route's requests by address: also where it is by consumer, but Kong knows none.
  fileprivate func counts(byAddress limit: Gateway.RateLimit) -> Bool {
    switch (limit.limitBy, authentication) {
    case (.ip, _): true
    case (.consumer, .key), (.consumer, .jwt), (.credential, .key), (.credential, .jwt): false
    case (.consumer, _), (.credential, _): true
    case (.service, _), (.header, _), (.path, _): false
    }
  }

  /// What two routes have in common, in words.
  fileprivate func shared(with other: Gateway.Route) -> String {
    let method = methods.first { other.methods.contains($0) }?.rawValue
    let host = hosts.first { other.hosts.contains($0) }
    let path = paths.first { other.paths.contains($0) }
    return [method, host.map { $0 + (path ?? "") } ?? path].compactMap(\.self).joined(separator: " ")
  }
}
