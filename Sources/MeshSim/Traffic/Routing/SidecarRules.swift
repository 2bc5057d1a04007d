internal import KubeModel

/// A Sidecar: which hosts the proxies of some workloads know.
struct SidecarRules: Sendable {
  private let namespace: String
  private let selector: [String: String]
  private let hosts: [(namespace: String, host: HostPattern)]
  /// Whether unknown hosts are refused; `nil` for what the mesh says.
  let knowsOnlyRegistry: Bool?

  init(_ object: KubeObject) {
    let namespace = object.namespace ?? ""
    self.namespace = namespace
    let spec = object.fields["spec"] ?? .null
    selector = spec[path: "workloadSelector", "labels"]?.stringMap ?? [:]
    hosts = (spec["egress"]?.array ?? []).flatMap { $0.strings("hosts") }.map { text in
      let halves = text.split(separator: "/", maxSplits: 1)
      let space = halves.first.map(String.init) ?? "*"
      return (
        space == "." ? namespace : space,
        HostPattern(halves.count > 1 ? String(halves[1]) : "*", in: namespace)
      )
    }
    knowsOnlyRegistry = spec[path: "outboundTrafficPolicy", "mode"]?.string.map { $0 == "REGISTRY_ONLY" }
  }

  /// How closely it is meant for a pod: 2 by labels, 1 for its namespace, 0 for the mesh; `nil` when it is not.
  func rank(for pod: PodFacts, root: String) -> Int? {
    if namespace == pod.namespace {
      guard selector.allSatisfy({ pod.labels[$0.key] == $0.value }) else { return nil }
      return selector.isEmpty ? 1 : 2
    }
    return namespace == root && selector.isEmpty ? 0 : nil
  }

  func knows(_ host: String, of space: String) -> Bool {
    hosts.isEmpty || hosts.contains { ["*", space].contains($0.namespace) && $0.host.rank(for: host) != nil }
  }
}

/// A host that a ServiceEntry makes known.
struct ExternalHost: Sendable {
  let pattern: HostPattern
  let namespace: String
  let addresses: [String]
  let ports: [Int]

  static func all(in object: KubeObject) -> [ExternalHost] {
    let spec = object.fields["spec"] ?? .null
    return spec.strings("hosts").map { host in
      ExternalHost(
        pattern: HostPattern(host, in: object.namespace ?? ""), namespace: object.namespace ?? "",
        addresses: spec.strings("addresses")
          + (spec["endpoints"]?.array ?? []).compactMap { $0["address"]?.string },
        ports: (spec["ports"]?.array ?? []).compactMap { $0["number"]?.int.map(Int.init) })
    }
  }
}
