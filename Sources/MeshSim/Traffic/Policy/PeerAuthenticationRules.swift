internal import KubeModel

/// Which connections a workload's proxy takes: by port, workload, namespace, mesh, and PERMISSIVE where nothing is said.
struct PeerAuthenticationRules: Sendable {
  enum Mode: String, Sendable {
    case strict = "STRICT"
    case permissive = "PERMISSIVE"
    case disable = "DISABLE"
  }

  private struct Policy: Sendable {
    let name: String
    let namespace: String
    let created: String
    let selector: [String: String]
    let mode: Mode?
    let ports: [Int: Mode?]
  }

  /// Oldest first: of several for the same the oldest holds.
  private let policies: [Policy]
  private let root: String

  init(_ objects: [KubeObject], root: String) {
    self.root = root
    policies = objects.map { object in
      let spec = object.fields["spec"] ?? .null
      let mode = { (json: JSONValue?) in json?["mode"]?.string.flatMap(Mode.init(rawValue:)) }
      var ports: [Int: Mode?] = [:]
      for member in spec["portLevelMtls"]?.object?.members ?? [] {
        if let port = Int(member.key) { ports[port] = mode(member.value) }
      }
      return Policy(
        name: object.name, namespace: object.namespace ?? "", created: object.creationTimestamp ?? "",
        selector: spec[path: "selector", "matchLabels"]?.stringMap ?? [:], mode: mode(spec["mtls"]),
        ports: ports)
    }
    .sorted { ($0.created, $0.namespace, $0.name) < ($1.created, $1.namespace, $1.name) }
  }

  /// The mode of a port, and what says so.
  func mode(of pod: PodFacts, port: Int) -> (mode: Mode, by: String) {
    let own = policies.first { policy in
      policy.namespace == pod.namespace && !policy.selector.isEmpty
        && policy.selector.allSatisfy { pod.labels[$0.key] == $0.value }
    }
    let space = policies.first {
      $0.namespace == pod.namespace && $0.selector.isEmpty && pod.namespace != root
    }
    let mesh = policies.first { $0.namespace == root && $0.selector.isEmpty }
    if let own, let mode = own.ports[port] ?? nil { return (mode, "\(own.namespace)/\(own.name)") }
    for policy in [own, space, mesh] {
      if let policy, let mode = policy.mode { return (mode, "\(policy.namespace)/\(policy.name)") }
    }
    return (.permissive, "the default")
  }
}
