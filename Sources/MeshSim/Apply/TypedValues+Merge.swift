import KubeModel

extension TypedValues {
  /// `live` with everything that `applied` holds; the same storage where that changes nothing.
  func merge(_ live: JSONValue, _ applied: JSONValue, _ shape: Shape) -> JSONValue {
    merge(live, applied, part(shape))
  }

  private func merge(_ live: JSONValue, _ applied: JSONValue, _ part: Part) -> JSONValue {
    switch (part, live, applied) {
    case (.structure, .object(let old), .object(let new)), (.map, .object(let old), .object(let new)),
      (.deduced, .object(let old), .object(let new)):
      return mergeMembers(old, new, part).map { .object($0) } ?? live
    // A null takes nothing away from what holds something.
    case (.structure, .object(let old), .null), (.map, .object(let old), .null):
      return old.isEmpty ? applied : live
    case (.set, .array(let old), .null), (.keyed, .array(let old), .null): return old.isEmpty ? applied : live
    case (.set, .array(let old), .array(let new)), (.keyed, .array(let old), .array(let new)):
      if old.isEmpty || new.isEmpty { return old.isEmpty ? applied : live }
      return .array(mergeElements(old, new, part))
    default: return applied
    }
  }

  private func mergeMembers(_ old: JSONObject, _ new: JSONObject, _ part: Part) -> JSONObject? {
    var result: JSONObject?
    for member in new.members {
      let before = old[member.key]
      let after =
        before.map { merge($0, member.value, self.part(self.member(member.key, of: part))) } ?? member.value
      guard before != after else { continue }
      if result == nil { result = old }
      result?[member.key] = after
    }
    return result
  }

  /// Elements of both lists stand in the order of the applied one; those of the live list alone stay between them
  /// where they were.
  private func mergeElements(_ live: [JSONValue], _ applied: [JSONValue], _ part: Part) -> [JSONValue] {
    var inner = Part.leaf
    if case .keyed(_, let shape) = part { inner = self.part(shape) }
    let old = pairs(live, part)
    let new = pairs(applied, part)
    let repeated = TypedValues.repeated(old.map(\.step))
    var oldValues: [String: JSONValue] = [:]
    for pair in old where !repeated.contains(pair.step) { oldValues[pair.step] = pair.value }
    let oldSteps = Set(old.map(\.step))
    let newSteps = Set(new.map(\.step))
    var shared = new.map(\.step).filter(oldSteps.contains)[...]
    var merged: Set<String> = []
    var result: [JSONValue] = []
    result.reserveCapacity(max(old.count, new.count))
    func take(_ pair: (step: String, value: JSONValue)) {
      merged.insert(pair.step)
      result.append(oldValues[pair.step].map { merge($0, pair.value, inner) } ?? pair.value)
      if shared.first == pair.step { shared.removeFirst() }
    }
    var (left, right) = (0, 0)
    while left < old.count || right < new.count {
      if left < old.count, right < new.count {
        if old[left].step == new[right].step {
          take(new[right])
          left += 1
          right += 1
          continue
        }
        if newSteps.contains(old[left].step), let next = shared.first, next != old[left].step {
          left += 1  // its turn comes with the applied list
          continue
        }
      }
      if left < old.count {
        if !newSteps.contains(old[left].step) {
          result.append(old[left].value)
          left += 1
          continue
        }
        if merged.contains(old[left].step) { left += 1 }
      }
      if right < new.count {
        take(new[right])
        right += 1
      }
    }
    return result
  }

  private func pairs(_ list: [JSONValue], _ part: Part) -> [(step: String, value: JSONValue)] {
    list.compactMap { element in step(to: element, part).map { ($0, element) } }
  }

  /// `value` without the paths of `set`; nil when nothing is left of it.
  func removing(_ set: FieldSet, from value: JSONValue, _ shape: Shape) -> JSONValue {
    set.isEmpty ? value : removing(set.tree.members[...], from: value, part(shape)) ?? .object(JSONObject())
  }

  private func removing(_ members: ArraySlice<JSONObject.Member>, from value: JSONValue, _ part: Part)
    -> JSONValue?
  {
    func node(_ step: String) -> JSONValue? { members.first { $0.key == step }?.value }
    switch (part, value) {
    case (.structure, .object(let object)), (.map, .object(let object)), (.deduced, .object(let object)):
      if object.isEmpty { return nil }
      let rest = object.members.compactMap { member -> JSONObject.Member? in
        guard let node = node("f:" + member.key) else { return member }
        if FieldSet.isMember(node) { return nil }
        let inner = self.part(self.member(member.key, of: part))
        return removing(FieldSet.children(node), from: member.value, inner).map {
          JSONObject.Member(key: member.key, value: $0)
        }
      }
      return rest.isEmpty ? nil : .object(JSONObject(sorted: rest))
    case (.set, .array(let array)), (.keyed, .array(let array)):
      if array.isEmpty { return nil }
      var inner = Part.leaf
      if case .keyed(_, let shape) = part { inner = self.part(shape) }
      let rest = array.compactMap { element -> JSONValue? in
        guard let step = step(to: element, part), let node = node(step) else { return element }
        if FieldSet.isMember(node) { return nil }
        return removing(FieldSet.children(node), from: element, inner)
      }
      return rest.isEmpty ? nil : .array(rest)
    // An atomic value that something below it is removed from goes as a whole.
    case (.leaf, .object), (.leaf, .array): return nil
    default: return value
    }
  }
}
