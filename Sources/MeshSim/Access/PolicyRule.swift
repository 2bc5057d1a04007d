import KubeModel

/// A rule of a Role or ClusterRole.
struct PolicyRule: Hashable, Sendable {
  var verbs: [String] = []
  var apiGroups: [String] = []
  var resources: [String] = []
  var resourceNames: [String] = []
  var nonResourceURLs: [String] = []

  init(verbs: [String], apiGroups: [String] = [], resources: [String] = [], nonResourceURLs: [String] = []) {
    self.verbs = verbs
    self.apiGroups = apiGroups
    self.resources = resources
    self.nonResourceURLs = nonResourceURLs
  }

  init(_ value: JSONValue) {
    func strings(_ field: String) -> [String] { (value[field]?.array ?? []).compactMap(\.string) }
    verbs = strings("verbs")
    apiGroups = strings("apiGroups")
    resources = strings("resources")
    resourceNames = strings("resourceNames")
    nonResourceURLs = strings("nonResourceURLs")
  }

  /// The rules of a role.
  static func rules(of role: KubeObject) -> [PolicyRule] {
    (role.fields["rules"]?.array ?? []).map(PolicyRule.init(_:))
  }

  var json: JSONValue {
    var fields: JSONObject = ["verbs": .array(verbs.map(JSONValue.string))]
    for (name, list) in [
      ("apiGroups", apiGroups), ("resources", resources), ("resourceNames", resourceNames),
      ("nonResourceURLs", nonResourceURLs),
    ] where !list.isEmpty {
      fields[name] = .array(list.map(JSONValue.string))
    }
    return .object(fields)
  }

  // MARK: Matching

  func allows(_ attributes: RequestAttributes) -> Bool {
    guard verbs.contains(where: { $0 == "*" || $0 == attributes.verb }) else { return false }
    guard attributes.isResource else {
      return nonResourceURLs.contains { PolicyRule.matches(url: $0, attributes.path) }
    }
    return apiGroups.contains { $0 == "*" || $0 == attributes.group }
      && resources.contains { PolicyRule.matches(resource: $0, attributes) }
      && (resourceNames.isEmpty || resourceNames.contains(attributes.name))
  }

  private static func matches(resource rule: String, _ attributes: RequestAttributes) -> Bool {
    if rule == "*" { return true }
    guard !attributes.subresource.isEmpty else { return rule == attributes.resource }
    return rule == "\(attributes.resource)/\(attributes.subresource)" || rule == "*/\(attributes.subresource)"
  }

  private static func matches(url rule: String, _ path: String) -> Bool {
    if rule == "*" || rule == path { return true }
    return rule.hasSuffix("*") && path.hasPrefix(rule.prefix { $0 != "*" })
  }

  // MARK: Covering

  /// Whether whoever holds this rule holds all that a rule of single values grants.
  func covers(_ other: PolicyRule) -> Bool {
    guard PolicyRule.covers(verbs, other.verbs) else { return false }
    if !other.nonResourceURLs.isEmpty {
      return other.nonResourceURLs.allSatisfy { url in
        nonResourceURLs.contains { PolicyRule.matches(url: $0, url) }
      }
    }
    return PolicyRule.covers(apiGroups, other.apiGroups)
      && other.resources.allSatisfy { resource in
        resources.contains { rule in
          if rule == "*" || rule == resource { return true }
          guard rule.hasPrefix("*/"), let slash = resource.firstIndex(of: "/") else { return false }
          return resource[slash...] == rule.dropFirst()
        }
      }
      && (resourceNames.isEmpty
        || (!other.resourceNames.isEmpty && other.resourceNames.allSatisfy(resourceNames.contains)))
  }

  private static func covers(_ held: [String], _ wanted: [String]) -> Bool {
    held.contains("*") || wanted.allSatisfy(held.contains)
  }

  /// The rule as rules of one verb, group, resource and name each.
  var parts: [PolicyRule] {
    var parts: [PolicyRule] = []
    for group in apiGroups {
      for resource in resources {
        for verb in verbs {
          var part = PolicyRule(verbs: [verb], apiGroups: [group], resources: [resource])
          guard !resourceNames.isEmpty else {
            parts.append(part)
            continue
          }
          for name in resourceNames {
            part.resourceNames = [name]
            parts.append(part)
          }
        }
      }
    }
    for url in nonResourceURLs {
      for verb in verbs { parts.append(PolicyRule(verbs: [verb], nonResourceURLs: [url])) }
    }
    return parts
  }

  /// Parts that differ by their verbs only, put together.
  static func compact(_ parts: [PolicyRule]) -> [PolicyRule] {
    var rules: [PolicyRule] = []
    for part in parts {
      let mergeable = part.resourceNames.isEmpty && part.nonResourceURLs.isEmpty
      if mergeable,
        let index = rules.firstIndex(where: {
          $0.resourceNames.isEmpty && $0.nonResourceURLs.isEmpty && $0.apiGroups == part.apiGroups
            && $0.resources == part.resources
        })
      {
        rules[index].verbs += part.verbs
      } else {
        rules.append(part)
      }
    }
    return rules
  }
}

extension PolicyRule: CustomStringConvertible {
  /// `{APIGroups:["apps"], Resources:["deployments"], Verbs:["get" "list"]}`.
  var description: String {
    let fields = [
      ("APIGroups", apiGroups), ("Resources", resources), ("NonResourceURLs", nonResourceURLs),
      ("ResourceNames", resourceNames), ("Verbs", verbs),
    ]
    let texts = fields.filter { !$0.1.isEmpty }.map { "\($0.0):\(PolicyRule.quoted($0.1))" }
    return "{" + texts.joined(separator: ", ") + "}"
  }

  /// A list of texts as Go prints it with `%q`.
  static func quoted(_ list: [String]) -> String {
    "[" + list.map { "\"\($0)\"" }.joined(separator: " ") + "]"
  }
}
