internal import KubeModel
internal import MeshTopology

extension RuleGroup {
  /// Groups as a file of rules has them.
  static func yaml(of groups: [RuleGroup]) -> YAMLTree {
    .mapping([("groups", .list(groups.map(\.yaml)))])
  }

  private var yaml: YAMLTree {
    var entries: [(String, YAMLTree)] = [("name", .text(name))]
    if let interval { entries.append(("interval", .text(interval.unitText))) }
    return .mapping(entries + [("rules", .list(rules.map(\.yaml)))])
  }

  /// The group as a PrometheusRule has it, which has the same fields.
  ///
  /// - Parameter evaluation: how often rules are evaluated that do not say so themselves.
  func json(evaluation: Duration) -> JSONValue {
    var group = self
    group.interval = interval ?? evaluation
    return group.yaml.json
  }
}

extension RuleGroup.Rule {
  fileprivate var yaml: YAMLTree {
    var entries: [(String, YAMLTree)] = []
    if let alert { entries.append(("alert", .text(alert))) }
    if let record { entries.append(("record", .text(record))) }
    entries.append(("expr", .text(expr)))
    if let duration { entries.append(("for", .text(duration.unitText))) }
    if let keepFiringFor { entries.append(("keep_firing_for", .text(keepFiringFor.unitText))) }
    if !labels.isEmpty { entries.append(("labels", .texts(labels))) }
    if !annotations.isEmpty { entries.append(("annotations", .texts(annotations))) }
    return .mapping(entries)
  }
}
