import KubeModel

extension TypedValues {
  /// The set of everything that a configuration holds.
  func fields(of value: JSONValue, _ shape: Shape) -> FieldSet {
    let node = fieldNode(value, part(shape))
    return FieldSet(JSONObject(sorted: Array(FieldSet.children(node ?? FieldSet.leaf))))
  }

  /// The node of a value; nil when it owns nothing by itself.
  private func fieldNode(_ value: JSONValue, _ part: Part) -> JSONValue? {
    switch (part, value) {
    case (.structure, .object(let object)), (.map, .object(let object)), (.deduced, .object(let object)):
      var children: [JSONObject.Member] = []
      children.reserveCapacity(object.count)
      for member in object.members {
        var isMember = !declares(member.key, part)
        let node = fieldNode(member.value, self.part(self.member(member.key, of: part)))
        switch member.value {
        case .null: isMember = true
        case .object(let inner) where inner.isEmpty: isMember = true
        default: break
        }
        append(member.key, node, isMember, to: &children)
      }
      return children.isEmpty ? nil : .object(JSONObject(sorted: children))
    case (.set, .array(let array)), (.keyed, .array(let array)):
      return listNode(array, part)
    case (.structure, .null), (.map, .null), (.set, .null), (.keyed, .null): return nil
    default: return FieldSet.leaf
    }
  }

  private func append(
    _ name: String, _ node: JSONValue?, _ isMember: Bool, to children: inout [JSONObject.Member]
  ) {
    guard isMember else {
      if let node { children.append(JSONObject.Member(key: "f:" + name, value: node)) }
      return
    }
    let below = node.map { Array(FieldSet.children($0)) } ?? []
    if let node = FieldSet.node(isMember: true, below) {
      children.append(JSONObject.Member(key: "f:" + name, value: node))
    }
  }

  private func listNode(_ array: [JSONValue], _ part: Part) -> JSONValue? {
    guard case .keyed(_, let inner) = part else {
      return FieldSet.node(
        isMember: false, JSONObject(steps(array, part).compactMap { $0 }.map { ($0, FieldSet.leaf) }).members)
    }
    var nodes: [(String, JSONValue)] = []
    let steps = steps(array, part)
    let repeated = TypedValues.repeated(steps)
    for (index, step) in steps.enumerated() {
      guard let step else { continue }
      if repeated.contains(step) {
        nodes.append((step, FieldSet.leaf))
        continue
      }
      let node = fieldNode(array[index], self.part(inner))
      let below = node.map { Array(FieldSet.children($0)) } ?? []
      if let node = FieldSet.node(isMember: true, below) { nodes.append((step, node)) }
    }
    return FieldSet.node(isMember: false, JSONObject(nodes).members)
  }

  /// The steps that lead to more than one element.
  static func repeated(_ steps: [String?]) -> Set<String> {
    var seen: Set<String> = []
    var repeated: Set<String> = []
    for case let step? in steps where !seen.insert(step).inserted { repeated.insert(step) }
    return repeated
  }

  /// The set with all declared fields that lead to its paths.
  func withNamedFields(_ set: FieldSet, _ shape: Shape) -> FieldSet {
    FieldSet(JSONObject(sorted: withNamedFields(set.tree.members[...], part(shape))))
  }

  private func withNamedFields(_ members: ArraySlice<JSONObject.Member>, _ part: Part) -> [JSONObject.Member]
  {
    members.map { member in
      let below = FieldSet.children(member.value)
      guard !below.isEmpty else { return member }
      var isMember = FieldSet.isMember(member.value)
      var inner = Shape(.anything)
      if member.key.hasPrefix("f:") {
        let name = String(member.key.dropFirst(2))
        isMember = isMember || declares(name, part)
        inner = self.member(name, of: part)
      } else if case .keyed(_, let element) = part {
        inner = element
      }
      let node = FieldSet.node(isMember: isMember, withNamedFields(below, self.part(inner)))
      return JSONObject.Member(key: member.key, value: node ?? FieldSet.leaf)
    }
  }
}
