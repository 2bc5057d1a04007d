internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Lists the settings of placed objects that went nowhere, unless rendering or Kubernetes sets them alike.
  mutating func findDropped() {
    var rendered: [RenderedKey: JSONValue] = [:]
    if let cluster = topology.primaryCluster {
      rendered = renderedObjects(of: topology, in: cluster).mapValues(\.json)
    }
    let kept = Set(result.kept.map(\.place))
    for source in sources where settled.contains(source.index) && !kept.contains(source.place) {
      let key = RenderedKey(kind: source.kind, namespace: source.namespace, name: source.name)
      let renamed = homes[source.index]?.first?.split(separator: "/").last.map(String.init)
      let twin =
        rendered[key]
        ?? renamed.flatMap { rendered[RenderedKey(kind: source.kind, namespace: source.namespace, name: $0)] }
      if twin == source.object.json {
        // Whatever was not taken over by itself comes from somewhere else again.
        result.dropped.removeAll { $0.place.file == source.place.file && $0.object == source.words }
        continue
      }
      for entry in source.root.entries where !["apiVersion", "kind", "status"].contains(entry.key) {
        for part in lost(entry.value, twin?[entry.key]).parts { report(part, of: source) }
      }
    }
  }

  private mutating func report(_ part: Part, of source: Source) {
    let keys = part.path.split { ".[]".contains($0) }.map(String.init)
    let reason = DropReason.reason(keys)
    result.dropped.append(
      Import.Dropped(place: part.place, object: source.words, field: part.path, reason: reason))
  }

  /// The parts below one that went nowhere, joined to the largest ones of which nothing else went anywhere.
  private func lost(_ part: Part, _ rendered: JSONValue?) -> (parts: [Part], isWhole: Bool) {
    if ledger.isTaken(part.path, of: part.source) || part.node.json == rendered || DropReason.isDefault(part)
    {
      return ([], false)
    }
    switch part.node.content {
    case .scalar(let scalar):
      return scalar.json.isNull ? ([], true) : ([part], true)
    case .list:
      let elements = part.elements
      if elements.isEmpty { return ([], true) }
      var parts: [Part] = []
      var isWhole = true
      for (index, element) in elements.enumerated() {
        let below = lost(element, Importing.counterpart(of: element, at: index, in: rendered))
        parts += below.parts
        isWhole = isWhole && below.isWhole
      }
      return isWhole && parts.count > 1 ? ([part], true) : (parts, isWhole)
    case .mapping:
      let entries = part.entries
      if entries.isEmpty { return ([], true) }
      var parts: [Part] = []
      var isWhole = true
      for (key, value) in entries {
        let below = lost(value, rendered?[key])
        parts += below.parts
        isWhole = isWhole && below.isWhole
      }
      let isDeep = part.path.contains(".") || part.path.contains("[")
      return isWhole && isDeep && parts.count > 1 ? ([part], true) : (parts, isWhole)
    }
  }

  private static func counterpart(of element: Part, at index: Int, in rendered: JSONValue?) -> JSONValue? {
    guard let array = rendered?.array else { return nil }
    for key in ["name", "containerPort", "mountPath", "topologyKey", "rangeName"] {
      guard let own = element.node[key]?.json else { continue }
      if let found = array.first(where: { $0[key] == own }) { return found }
      // The container of a workload is called like it.
      return element.path.hasSuffix("containers[0]") ? array.first : nil
    }
    let own = element.node.json
    return array.first { $0 == own } ?? (array.indices.contains(index) ? array[index] : nil)
  }
}
