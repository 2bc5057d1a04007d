internal import KubeModel

extension Gateway {
  /// Reports plug-ins that Kong does not have, or that need its database.
  func checkPlugins(_ section: Section) {
    let own = Set(
      [
        rateLimit.map { _ in "rate-limiting" }, cors.map { _ in "cors" },
        requestSize.map { _ in "request-size-limiting" },
      ]
      .compactMap(\.self))
    check(plugins, beside: metrics.isOn ? own.union(["prometheus"]) : own, section) {
      section.spot("plugins", .index($0), .key($1))
    }
    for (index, route) in routes.enumerated() {
      check(route.plugins, beside: route.ownPlugins, section) {
        section.spot("routes", .index(index), "plugins", .index($0), .key($1))
      }
    }
    for (index, consumer) in consumers.enumerated() {
      check(consumer.plugins, beside: consumer.rateLimit == nil ? [] : ["rate-limiting"], section) {
        section.spot("consumers", .index(index), "plugins", .index($0), .key($1))
      }
    }
  }

  private func check(
    _ plugins: [Plugin], beside own: Set<String>, _ section: Section, spot: (Int, String) -> Spot
  ) {
    for (index, plugin) in plugins.enumerated() {
      let nameSpot = spot(index, "name")
      if own.contains(plugin.name) {
        section.reading.report(
          .duplicate, "the plug-in \(plugin.name) stands here twice", at: nameSpot,
          remedy:
            "remove it here, or the field \(BundledPlugin.fields[plugin.name] ?? "metrics") that stands for it"
        )
      } else if plugin.name == "oauth2" {
        section.reading.report(
          .contradiction, "the plug-in oauth2 keeps its tokens in Kong's database, and there is none",
          at: nameSpot,
          remedy: "let an outside issuer give out tokens: add it under issuers, and write authentication: "
            + "{token: {issuer: NAME, scopes: […]}} at the route")
      } else {
        checkIsBundled(plugin, section, at: nameSpot)
      }
      for setting in BundledPlugin.databaseSettings
      where setting.plugin == plugin.name && plugin.config[setting.key]?.string == setting.value {
        section.reading.report(
          .contradiction,
          "\(setting.key): \(setting.value) of \(plugin.name) needs Kong's database, and there is none",
          at: spot(index, "config"), remedy: setting.remedy)
      }
    }
  }

  private func checkIsBundled(_ plugin: Plugin, _ section: Section, at spot: Spot) {
    guard !customPlugins.contains(plugin.name) else { return }
    guard let since = BundledPlugin.since[plugin.name] else {
      section.reading.reportUnknown(
        "plug-in", plugin.name, at: spot,
        known: BundledPlugin.since.keys.filter { $0 != "oauth2" }.sorted() + customPlugins,
        remedy: "name one that comes with Kong, or one of your image under customPlugins")
      return
    }
    if let kongVersion, kongVersion >= KongVersion(3, 0), kongVersion < since {
      section.reading.report(
        .contradiction,
        "the plug-in \(plugin.name) comes with Kong \(since) or later, not with \(kongVersion)", at: spot,
        remedy: "use a later image, or remove it")
    }
  }
}

extension Gateway.Route {
  /// The plug-ins that the route's own fields stand for.
  fileprivate var ownPlugins: Set<String> {
    var names: Set<String> = []
    if rateLimit != nil { names.insert("rate-limiting") }
    if cors != nil { names.insert("cors") }
    if requestSize != nil { names.insert("request-size-limiting") }
    switch authentication {
    case .key: names.insert("key-auth")
    case .jwt: names.insert("jwt")
    case .token, nil: break
    }
    return names
  }
}
