internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Takes the rules in ConfigMaps beside the configuration over.
  mutating func readRules(besides map: Source, into monitoring: inout Monitoring) {
    for source in all("", "ConfigMap") where source.namespace == map.namespace {
      for entry in source.root["data"]?.entries ?? []
      where entry.key.hasSuffix(".yml") || entry.key.hasSuffix(".yaml") {
        guard case .scalar(let scalar) = entry.value.node.content, scalar.text.contains("groups:"),
          let node = try? YAMLReader().documents(Array(scalar.text.utf8), file: source.place.file).first,
          node["groups"] != nil
        else { continue }
        let root = Part(node: node, path: entry.value.path, source: source.index, ledger: ledger)
        for group in root["groups"]?.elements ?? [] { read(group, into: &monitoring) }
        entry.value.take()
        if source.index != map.index, !settled.contains(source.index) {
          source.root["metadata", "labels"]?.take()
          place(source, at: "Monitoring/\(monitoring.namespace)/\(monitoring.name)", "rules")
        }
      }
    }
  }

  /// Takes rules out that rendering makes of the rest of the topology by itself: they would stand twice.
  mutating func removeBuiltInRules() {
    guard let monitoring = topology.monitoring, let cluster = topology.primaryCluster else { return }
    let known = monitoring.builtInGroups(of: topology, in: cluster).flatMap(\.rules)
    topology.monitoring?.rules = monitoring.rules.compactMap { group in
      let own = group.rules.filter { !known.contains($0) }
      return own.isEmpty ? nil : group.with { $0.rules = own }
    }
  }

  private func read(_ group: Part, into monitoring: inout Monitoring) {
    guard let name = group["name"]?.text else { return }
    let rules = (group["rules"]?.elements ?? []).compactMap { part -> RuleGroup.Rule? in
      guard let expression = part["expr"]?.text else { return nil }
      var rule = RuleGroup.Rule(expr: expression)
      rule.alert = part["alert"]?.text
      rule.record = part["record"]?.text
      rule.duration = duration(part["for"])
      rule.keepFiringFor = duration(part["keep_firing_for"])
      rule.labels = part["labels"]?.labels ?? [:]
      rule.annotations = part["annotations"]?.labels ?? [:]
      return rule
    }
    guard !rules.isEmpty else { return }
    monitoring.rules.append(
      RuleGroup(name: name, rules: rules).with { $0.interval = duration(group["interval"]) })
  }
}
