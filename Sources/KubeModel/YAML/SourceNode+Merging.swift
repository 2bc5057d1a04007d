extension SourceNode {
  /// This node laid over another: mappings are joined key by key, anything else takes the other's place, and
  /// `null` takes a key away. Each part keeps the place it came from.
  public func merged(over base: SourceNode) -> SourceNode {
    guard case .mapping(let upper) = content, case .mapping(let lower) = base.content else { return self }
    var entries: [Entry] = []
    entries.reserveCapacity(lower.count + upper.count)
    for entry in lower {
      guard let change = upper.first(where: { $0.key == entry.key }) else {
        entries.append(entry)
        continue
      }
      if change.value.json.isNull { continue }
      entries.append(
        Entry(key: change.key, place: change.place, value: change.value.merged(over: entry.value)))
    }
    for entry in upper where !lower.contains(where: { $0.key == entry.key }) && !entry.value.json.isNull {
      entries.append(entry)
    }
    return SourceNode(content: .mapping(entries), place: base.place)
  }
}
