import KubeModel

/// Which requests an admission policy, or its binding, is about (`MatchResources`).
struct PolicyMatch: Sendable {
  let constraints: JSONValue

  /// Whether these constraints hold for a request. No constraints at all hold for every request.
  func matches(_ request: PolicyRequest) -> Bool {
    guard constraints != .null else { return true }
    guard selects(constraints["namespaceSelector"], request.namespaceLabels),
      request.labels.contains(where: { selects(constraints["objectSelector"], $0) })
    else { return false }
    if constraints.list("excludeResourceRules").contains(where: { matches($0, request) }) { return false }
    let rules = constraints.list("resourceRules")
    return rules.isEmpty || rules.contains { matches($0, request) }
  }

  /// - Parameter labels: `nil` where there is nothing to select by, which is no reason to leave it out.
  private func selects(_ selector: JSONValue?, _ labels: [String: String]?) -> Bool {
    guard let selector, let labels else { return true }
    return LabelSelector(json: selector)?.matches(labels) ?? false
  }

  private func matches(_ rule: JSONValue, _ request: PolicyRequest) -> Bool {
    let attributes = request.attributes
    let names = rule.texts("resourceNames")
    guard names.isEmpty || names.contains(request.name),
      holds(rule.texts("operations"), request.operation), holds(rule.texts("apiGroups"), attributes.group)
    else { return false }
    // Equivalent versions of a resource are the same to a policy that does not ask for exact ones.
    guard constraints.text("matchPolicy") != "Exact" || holds(rule.texts("apiVersions"), attributes.version)
    else { return false }
    switch rule.text("scope") {
    case "Cluster" where !attributes.namespace.isEmpty: return false
    case "Namespaced" where attributes.namespace.isEmpty: return false
    default: break
    }
    return rule.texts("resources").contains { resource in
      let parts = resource.split(separator: "/", maxSplits: 1).map(String.init)
      let part = parts.count > 1 ? parts[1] : ""
      return ["*", attributes.resource].contains(parts[0]) && ["*", attributes.subresource].contains(part)
    }
  }

  private func holds(_ list: [String], _ text: String) -> Bool { list.contains { $0 == "*" || $0 == text } }
}
