import KubeModel

extension TypedValues {
  /// What is different in a new value.
  struct Comparison {
    /// The paths of values that changed or came.
    var changed = FieldSet()
    /// The paths of values that went.
    var removed = FieldSet()
  }

  func compare(_ old: JSONValue, _ new: JSONValue, _ shape: Shape) -> Comparison {
    if old == new { return Comparison() }
    let (changed, removed) = difference(old, new, part(shape))
    func set(_ node: JSONValue?) -> FieldSet {
      FieldSet(JSONObject(sorted: Array(FieldSet.children(node ?? FieldSet.leaf))))
    }
    return Comparison(changed: set(changed), removed: set(removed))
  }

  private typealias Nodes = (changed: JSONValue?, removed: JSONValue?)

  /// The nodes of two values that are both there.
  private func difference(_ old: JSONValue, _ new: JSONValue, _ part: Part) -> Nodes {
    if old == new { return (nil, nil) }
    switch part {
    case .structure, .map, .deduced:
      if case .deduced = part, old.object == nil || new.object == nil { return (FieldSet.leaf, nil) }
      let before = old.object ?? JSONObject()
      let after = new.object ?? JSONObject()
      if before.isEmpty, after.isEmpty { return (FieldSet.leaf, nil) }
      return members(before, after, part)
    case .set, .keyed:
      let before = old.array ?? []
      let after = new.array ?? []
      if before.isEmpty, after.isEmpty { return (FieldSet.leaf, nil) }
      return elements(before, after, part)
    case .leaf: return (FieldSet.leaf, nil)
    }
  }

  private func members(_ before: JSONObject, _ after: JSONObject, _ part: Part) -> Nodes {
    var changed: [JSONObject.Member] = []
    var removed: [JSONObject.Member] = []
    var (i, j) = (0, 0)
    while i < before.members.count || j < after.members.count {
      let old = i < before.members.count ? before.members[i] : nil
      let new = j < after.members.count ? after.members[j] : nil
      if let old, let new, old.key == new.key {
        i += 1
        j += 1
        let nodes = difference(old.value, new.value, self.part(member(old.key, of: part)))
        if let node = nodes.changed { changed.append(.init(key: "f:" + old.key, value: node)) }
        if let node = nodes.removed { removed.append(.init(key: "f:" + old.key, value: node)) }
      } else if let old, new.map({ old.key < $0.key }) ?? true {
        i += 1
        let node = whole(old.value, self.part(member(old.key, of: part)))
        removed.append(.init(key: "f:" + old.key, value: node))
      } else if let new {
        j += 1
        let node = whole(new.value, self.part(member(new.key, of: part)))
        changed.append(.init(key: "f:" + new.key, value: node))
      }
    }
    return (FieldSet.node(isMember: false, changed), FieldSet.node(isMember: false, removed))
  }

  /// Elements that stand several times are compared as if they were one atomic value.
  private func elements(_ before: [JSONValue], _ after: [JSONValue], _ part: Part) -> Nodes {
    var inner = Part.leaf
    if case .keyed(_, let shape) = part { inner = self.part(shape) }
    let old = grouped(before, part)
    let new = grouped(after, part)
    var changed: [(String, JSONValue)] = []
    var removed: [(String, JSONValue)] = []
    for (step, olds) in old.groups {
      let news = new.values(of: step)
      switch (olds.count, news.count) {
      case (1, 1):
        let nodes = difference(olds[0], news[0], inner)
        if let node = nodes.changed { changed.append((step, node)) }
        if let node = nodes.removed { removed.append((step, node)) }
      case (1, 0): removed.append((step, whole(olds[0], inner)))
      case (_, 0): removed.append((step, FieldSet.leaf))
      case (1, _):
        removed.append((step, whole(olds[0], inner)))
        changed.append((step, FieldSet.leaf))
      case (_, 1):
        changed.append((step, whole(news[0], inner)))
        removed.append((step, FieldSet.leaf))
      default: if olds != news { changed.append((step, FieldSet.leaf)) }
      }
    }
    for (step, news) in new.groups where old.values(of: step).isEmpty {
      changed.append((step, news.count == 1 ? whole(news[0], inner) : FieldSet.leaf))
    }
    return (
      FieldSet.node(isMember: false, JSONObject(changed).members),
      FieldSet.node(isMember: false, JSONObject(removed).members)
    )
  }

  private func grouped(_ list: [JSONValue], _ part: Part) -> Groups {
    var groups = Groups()
    for element in list {
      if let step = step(to: element, part) { groups.append(element, at: step) }
    }
    return groups
  }

  /// The elements of a list by the steps that lead to them, in the order of the list.
  private struct Groups {
    private(set) var groups: [(step: String, values: [JSONValue])] = []
    private var indices: [String: Int] = [:]

    /// Up to here a scan is faster than hashing.
    private static let scanLimit = 8

    mutating func append(_ value: JSONValue, at step: String) {
      if let index = index(of: step) {
        groups[index].values.append(value)
        return
      }
      groups.append((step, [value]))
      if groups.count == Groups.scanLimit + 1 {
        for (index, group) in groups.enumerated() { indices[group.step] = index }
      } else if groups.count > Groups.scanLimit {
        indices[step] = groups.count - 1
      }
    }

    func values(of step: String) -> [JSONValue] { index(of: step).map { groups[$0].values } ?? [] }

    private func index(of step: String) -> Int? {
      groups.count > Groups.scanLimit ? indices[step] : groups.firstIndex { $0.step == step }
    }
  }

  /// The node of a value that came or went: its leaves, and all that holds them.
  private func whole(_ value: JSONValue, _ part: Part) -> JSONValue {
    switch (part, value) {
    case (.structure, .object(let object)), (.map, .object(let object)), (.deduced, .object(let object)):
      let children = object.members.map { member in
        JSONObject.Member(
          key: "f:" + member.key, value: whole(member.value, self.part(self.member(member.key, of: part))))
      }
      return FieldSet.node(isMember: true, children) ?? FieldSet.leaf
    case (.set, .array(let array)):
      let steps = steps(array, part).compactMap { $0 }
      return FieldSet.node(isMember: true, JSONObject(steps.map { ($0, FieldSet.leaf) }).members)
        ?? FieldSet.leaf
    case (.keyed(_, let inner), .array(let array)):
      let innerPart = self.part(inner)
      let nodes = grouped(array, part).groups.map { step, values in
        (step, values.count == 1 ? whole(values[0], innerPart) : FieldSet.leaf)
      }
      return FieldSet.node(isMember: true, JSONObject(nodes).members) ?? FieldSet.leaf
    default: return FieldSet.leaf
    }
  }
}
