internal import KubeModel

/// Which tokens a workload's proxy knows.
struct RequestAuthenticationRules: Sendable {
  struct Issuer: Hashable, Sendable {
    let name: String
    let audiences: [String]
  }

  private struct Policy: Sendable {
    let namespace: String
    let selector: [String: String]
    let issuers: [Issuer]
  }

  /// What a proxy makes of a request's token.
  enum Answer: Equatable {
    /// There is none, or nobody looks at it.
    case unknown
    case accepted
    case refused(status: Int, reason: String)
  }

  private let policies: [Policy]
  private let root: String

  init(_ objects: [KubeObject], root: String) {
    self.root = root
    policies = objects.map { object in
      let spec = object.fields["spec"] ?? .null
      return Policy(
        namespace: object.namespace ?? "", selector: spec[path: "selector", "matchLabels"]?.stringMap ?? [:],
        issuers: (spec["jwtRules"]?.array ?? []).map {
          Issuer(name: $0["issuer"]?.string ?? "", audiences: $0.strings("audiences"))
        })
    }
  }

  /// The issuers whose tokens a pod's proxy checks.
  func issuers(for pod: PodFacts) -> [Issuer] {
    policies.filter { policy in
      [pod.namespace, root].contains(policy.namespace)
        && policy.selector.allSatisfy { pod.labels[$0.key] == $0.value }
    }
    .flatMap(\.issuers)
  }

  func check(_ token: RequestToken?, for pod: PodFacts) -> Answer {
    let issuers = issuers(for: pod)
    guard let token, !issuers.isEmpty else { return .unknown }
    guard let issuer = issuers.first(where: { $0.name == token.issuer }) else {
      return .refused(status: 401, reason: "Jwt issuer is not configured")
    }
    guard token.isValid else { return .refused(status: 401, reason: "Jwt verification fails") }
    guard issuer.audiences.isEmpty || !Set(issuer.audiences).isDisjoint(with: token.audiences) else {
      return .refused(status: 403, reason: "Audiences in Jwt are not allowed")
    }
    return .accepted
  }
}
