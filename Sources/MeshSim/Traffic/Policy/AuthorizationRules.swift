internal import KubeModel

/// The AuthorizationPolicies of a mesh: CUSTOM, then DENY, then ALLOW; where no ALLOW policy selects a workload,
/// what is not denied is allowed.
///
/// CUSTOM asks a service outside of the configuration, which is taken to agree; AUDIT decides nothing.
struct AuthorizationRules: Sendable {
  private struct Policy: Sendable {
    let name: String
    let namespace: String
    let selector: [String: String]
    let rules: [AuthorizationRule]
    let isDenying: Bool
  }

  private let policies: [Policy]
  private let root: String

  init(_ objects: [KubeObject], root: String) {
    self.root = root
    policies = objects.compactMap { object in
      let spec = object.fields["spec"] ?? .null
      let action = spec["action"]?.string ?? "ALLOW"
      // Policies with targets of their own are for gateways and waypoints, not for the proxies of workloads.
      guard ["ALLOW", "DENY"].contains(action), spec["targetRefs"] == nil, spec["targetRef"] == nil else {
        return nil
      }
      return Policy(
        name: object.name, namespace: object.namespace ?? "",
        selector: spec[path: "selector", "matchLabels"]?.stringMap ?? [:],
        rules: (spec["rules"]?.array ?? []).map(AuthorizationRule.init), isDenying: action == "DENY")
    }
  }

  private func policies(for pod: PodFacts) -> [Policy] {
    policies.filter { policy in
      [pod.namespace, root].contains(policy.namespace)
        && policy.selector.allSatisfy { pod.labels[$0.key] == $0.value }
    }
  }

  /// Why a request is refused, in the proxy's words; `nil` when it is allowed.
  func refusal(of access: AccessAttempt, at pod: PodFacts) -> String? {
    let selected = policies(for: pod)
    for policy in selected where policy.isDenying {
      for (index, rule) in policy.rules.enumerated() where rule.matches(access, isDenying: true) {
        return
          "rbac_access_denied_matched_policy[ns[\(policy.namespace)]-policy[\(policy.name)]-rule[\(index)]]"
      }
    }
    let allowing = selected.filter { !$0.isDenying }
    guard !allowing.isEmpty else { return nil }
    let isAllowed = allowing.contains { $0.rules.contains { $0.matches(access, isDenying: false) } }
    return isAllowed ? nil : "rbac_access_denied_matched_policy[none]"
  }

  /// Operations that ALLOW policies name, which clients of a workload may be expected to use.
  func operations(for pod: PodFacts) -> [(method: String, path: String)] {
    policies(for: pod).filter { !$0.isDenying }.flatMap(\.rules).flatMap(\.operations)
  }

  /// Claims that policies ask for by name, with the values they name.
  func claims(for pod: PodFacts) -> [(name: String, values: [String])] {
    policies(for: pod).flatMap(\.rules).flatMap(\.claims)
  }
}

/// A request or a connection at the door of a workload.
struct AccessAttempt {
  var request: ClientRequest
  /// Whether the proxy sees HTTP, or only bytes.
  var isHTTP: Bool
  var host: String
  /// Who the client has proved to be.
  var principal: String?
  var sourceNamespace: String?
  var sourceAddress: String
  var hasValidToken: Bool
  var destinationAddress: String
  var port: Int
}
