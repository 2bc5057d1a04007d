internal import KubeModel

/// One DestinationRule.
struct DestinationRules: Sendable {
  struct Subset: Sendable {
    let name: String
    let labels: [String: String]
    let policy: JSONValue?
  }

  let name: String
  let namespace: String
  let host: HostPattern
  let exports: Exports
  var subsets: [Subset]
  private let policy: JSONValue?

  init(_ object: KubeObject) {
    name = object.name
    let namespace = object.namespace ?? ""
    self.namespace = namespace
    let spec = object.fields["spec"] ?? .null
    host = HostPattern(spec["host"]?.string ?? "", in: namespace)
    exports = Exports(spec.strings("exportTo"), own: namespace)
    policy = spec["trafficPolicy"]
    subsets = (spec["subsets"]?.array ?? []).map {
      Subset(
        name: $0["name"]?.string ?? "", labels: $0["labels"]?.stringMap ?? [:], policy: $0["trafficPolicy"])
    }
  }

  /// The settings for a port of the host or of one of its subsets.
  func policy(port: Int, subset: Subset?) -> ConnectionPolicy {
    let host = DestinationRules.settings(policy, port)
    guard let own = subset?.policy else { return ConnectionPolicy(host) }
    return ConnectionPolicy(DestinationRules.settings(own, port), over: ConnectionPolicy(host))
  }

  /// Settings of a port stand for themselves: what is said for the whole host is not inherited there.
  private static func settings(_ policy: JSONValue?, _ port: Int) -> JSONValue? {
    policy?["portLevelSettings"]?.array?.first { $0[path: "port", "number"]?.int == Int64(port) } ?? policy
  }
}
