import KubeModel

/// AuthorizationPolicies judged as Istio does: any DENY rule that matches refuses; where ALLOW policies select the
/// pod, one of their rules must match.
struct AuthorizationPolicies {
  let policies: [KubeObject]

  struct Request {
    /// The caller's identity in the mesh.
    var principal: String
    var port: Int64
    var method = "GET"
    var path = "/"
    /// Issuer and subject of the token, and its scopes.
    var requestPrincipal: String?
    var scopes: [String] = []
  }

  func allow(_ request: Request, to pod: RenderedPod) -> Bool {
    let selecting = policies.filter { policy in
      policy.namespace == pod.namespace
        && policy[path: "spec", "selector"].map { LabelSelector(json: $0)?.matches(pod.labels) ?? false }
          ?? true
    }
    func matches(_ action: String) -> [Bool] {
      selecting.filter { ($0[path: "spec", "action"]?.string ?? "ALLOW") == action }.map { policy in
        (policy[path: "spec", "rules"]?.array ?? []).contains { rule($0, matches: request) }
      }
    }
    let allowed = matches("ALLOW")
    return !matches("DENY").contains(true) && (allowed.isEmpty || allowed.contains(true))
  }

  private func rule(_ rule: JSONValue, matches request: Request) -> Bool {
    let isFrom = rule["from"]?.array?.contains { from in
      let source = from["source"] ?? .null
      return list(source, "principals", isAny([request.principal]))
        && list(source, "notRequestPrincipals") { !isAny([request.requestPrincipal ?? ""])($0) }
    }
    let isTo = rule["to"]?.array?.contains { to in
      let operation = to["operation"] ?? .null
      return list(operation, "methods", isAny([request.method]))
        && list(operation, "paths", isAny([request.path]))
        && list(operation, "ports", isAny(["\(request.port)"]))
    }
    let isWhen = (rule["when"]?.array ?? []).allSatisfy { condition in
      list(condition, "values", isAny(request.scopes))
        && list(condition, "notValues") { !isAny(request.scopes)($0) }
    }
    return (isFrom ?? true) && (isTo ?? true) && isWhen
  }

  private func list(_ json: JSONValue, _ key: String, _ isMet: ([String]) -> Bool) -> Bool {
    json[key].map { isMet(($0.array ?? []).compactMap(\.string)) } ?? true
  }

  /// `*` is anything that is there, `*x` an ending, `x*` a beginning, and anything else itself.
  private func isAny(_ texts: [String]) -> ([String]) -> Bool {
    { patterns in
      patterns.contains { pattern in
        texts.contains { text in
          if pattern == "*" { return !text.isEmpty }
          if pattern.hasSuffix("*") { return text.hasPrefix(pattern.dropLast()) }
          if pattern.hasPrefix("*") { return text.hasSuffix(pattern.dropFirst()) }
          return text == pattern
        }
      }
    }
  }
}
