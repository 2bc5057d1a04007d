internal import KubeModel

/// One NetworkPolicy.
struct NetworkRules: Sendable {
  enum Direction { case ingress, egress }

  /// One side of a connection, as selectors see it.
  struct Peer {
    var namespace: String?
    var namespaceLabels: [String: String] = [:]
    var labels: [String: String] = [:]
    var address = ""
  }

  private enum PeerRule: Sendable {
    case block(PolicyAddresses?, except: [PolicyAddresses])
    case pods(namespaces: LabelSelector?, pods: LabelSelector?)
  }

  private struct PortRule: Sendable {
    let transport: String
    let number: Int?
    let name: String?
    let end: Int?
  }

  private struct Rule: Sendable {
    let peers: [PeerRule]
    let ports: [PortRule]
  }

  let name: String
  let namespace: String
  private let selector: LabelSelector
  private let ingress: [Rule]?
  private let egress: [Rule]?

  init(_ object: KubeObject) {
    name = object.name
    namespace = object.namespace ?? ""
    let spec = object.fields["spec"] ?? .null
    selector = spec["podSelector"].flatMap(LabelSelector.init(json:)) ?? LabelSelector()
    var types = spec.strings("policyTypes")
    if types.isEmpty { types = spec["egress"] == nil ? ["Ingress"] : ["Ingress", "Egress"] }
    let rules = { (type: String, list: String, peers: String) in
      types.contains(type) ? (spec[list]?.array ?? []).map { NetworkRules.rule($0, peers) } : nil
    }
    ingress = rules("Ingress", "ingress", "from")
    egress = rules("Egress", "egress", "to")
  }

  private static func rule(_ json: JSONValue, _ peers: String) -> Rule {
    Rule(
      peers: (json[peers]?.array ?? []).map { peer in
        if let block = peer["ipBlock"] {
          return .block(
            PolicyAddresses(block["cidr"]?.string ?? ""),
            except: block.strings("except").compactMap(PolicyAddresses.init))
        }
        return .pods(
          namespaces: peer["namespaceSelector"].flatMap(LabelSelector.init(json:)),
          pods: peer["podSelector"].flatMap(LabelSelector.init(json:)))
      },
      ports: (json["ports"]?.array ?? []).map { port in
        PortRule(
          transport: port["protocol"]?.string ?? "TCP", number: port["port"]?.int.map(Int.init),
          name: port["port"]?.string, end: port["endPort"]?.int.map(Int.init))
      })
  }

  /// Whether it selects a pod for a direction, which closes everything that no policy opens.
  func selects(_ pod: PodFacts, _ direction: Direction) -> Bool {
    pod.namespace == namespace && (direction == .ingress ? ingress : egress) != nil
      && selector.matches(pod.labels)
  }

  /// Whether it opens a port towards, or from, a peer.
  ///
  /// - Parameter listener: the pod whose port it is, for ports by name.
  func allows(
    _ direction: Direction, _ peer: Peer, port: Int, transport: String = "TCP", listener: PodFacts?
  ) -> Bool {
    (direction == .ingress ? ingress : egress)?.contains { rule in
      (rule.peers.isEmpty || rule.peers.contains { matches($0, peer) })
        && (rule.ports.isEmpty || rule.ports.contains { matches($0, port, transport, listener) })
    } ?? true
  }

  private func matches(_ rule: PeerRule, _ peer: Peer) -> Bool {
    switch rule {
    case .block(let block, let except):
      return block?.contains(peer.address) == true && !except.contains { $0.contains(peer.address) }
    case .pods(let namespaces, let pods):
      guard let space = peer.namespace else { return false }
      // Without a namespaceSelector the pods of the policy's own namespace are meant.
      guard namespaces.map({ $0.matches(peer.namespaceLabels) }) ?? (space == namespace) else { return false }
      return pods?.matches(peer.labels) ?? true
    }
  }

  private func matches(_ rule: PortRule, _ port: Int, _ transport: String, _ listener: PodFacts?) -> Bool {
    guard rule.transport == transport else { return false }
    if let name = rule.name {
      return listener?.ports.contains { $0.name == name && $0.number == port } == true
    }
    guard let number = rule.number else { return true }
    return (number...max(number, rule.end ?? number)).contains(port)
  }
}
