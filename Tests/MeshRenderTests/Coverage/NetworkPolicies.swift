import KubeModel
import MeshTopology

/// NetworkPolicies judged as their specification says: a direction of a pod is shut once a policy selects the pod
/// for it, but for what some rule of such a policy lists.
struct NetworkPolicies {
  let policies: [KubeObject]

  /// One end of a connection.
  enum End {
    case pod(namespace: String, labels: [String: String])
    case address(String)

    init(_ pod: RenderedPod) { self = .pod(namespace: pod.namespace, labels: pod.labels) }
  }

  /// Whether a connection from one end to a port of the other is let through at both.
  func allow(from source: End, to target: End, port: Int64, over protocol: String = "TCP") -> Bool {
    isOpen("Egress", of: source, to: target, port, `protocol`)
      && isOpen("Ingress", of: target, to: source, port, `protocol`)
  }

  /// The policies that shut a direction of a pod.
  func selecting(_ pod: End, for direction: String) -> [KubeObject] {
    guard case .pod(let namespace, let labels) = pod else { return [] }
    return policies.filter { policy in
      let isDirected = policy[path: "spec", "policyTypes"]?.array?.contains(.string(direction)) ?? false
      return policy.namespace == namespace && isDirected
        && NetworkPolicies.matches(policy[path: "spec", "podSelector"], labels)
    }
  }

  private func isOpen(
    _ direction: String, of pod: End, to other: End, _ port: Int64, _ protocol: String
  ) -> Bool {
    let policies = selecting(pod, for: direction)
    let (rules, peers) = direction == "Egress" ? ("egress", "to") : ("ingress", "from")
    return policies.isEmpty
      || policies.contains { policy in
        (policy[path: "spec", rules]?.array ?? []).contains { rule in
          let isPort = rule["ports"]?.array?.contains {
            $0["port"]?.int == port && ($0["protocol"]?.string ?? "TCP") == `protocol`
          }
          let isPeer = rule[peers]?.array?.contains { NetworkPolicies.peer($0, of: policy, selects: other) }
          return (isPort ?? true) && (isPeer ?? true)
        }
      }
  }

  /// Whether a peer of a policy's rule means this end.
  static func peer(_ peer: JSONValue, of policy: KubeObject, selects end: End) -> Bool {
    switch end {
    case .address(let text):
      guard let range = peer[path: "ipBlock", "cidr"]?.string.flatMap(AddressRange.init(parsing:)),
        let address = AddressRange(parsing: text + "/32")
      else { return false }
      let excepted = peer[path: "ipBlock", "except"]?.array ?? []
      return range.contains(address)
        && !excepted.contains { $0.string.flatMap(AddressRange.init(parsing:))?.contains(address) ?? false }
    case .pod(let namespace, let labels):
      guard peer["ipBlock"] == nil else { return false }
      let isNamespace =
        peer["namespaceSelector"].map { matches($0, ["kubernetes.io/metadata.name": namespace]) }
        ?? (namespace == policy.namespace)
      return isNamespace && matches(peer["podSelector"], labels)
    }
  }

  /// An absent selector and an empty one match all.
  private static func matches(_ selector: JSONValue?, _ labels: [String: String]) -> Bool {
    selector.map { LabelSelector(json: $0)?.matches(labels) ?? false } ?? true
  }
}
