import KubeModel

/// Merging, comparing and pruning of objects by their schema.
struct StructuredMerge {
  let schema: MergeSchema

  /// `live` with everything that `applied` holds.
  func merge(_ live: JSONValue?, _ applied: JSONValue, form: MergeForm) -> JSONValue {
    guard let live else { return applied }
    switch (form, live, applied) {
    case (.structure, .object(var object), .object(let changes)),
      (.map, .object(var object), .object(let changes)),
      (.deduced, .object(var object), .object(let changes)):
      for member in changes.members {
        let inner = schema.member(member.key, of: form, value: member.value)
        object[member.key] = merge(object[member.key], member.value, form: inner)
      }
      return .object(object)
    case (.set, .array(let old), .array(let new)):
      return .array(old + new.filter { !old.contains($0) })
    case (.keyedList(let keys, let inner), .array(let old), .array(let new)):
      return .array(mergeList(old, new, keys: keys, form: inner))
    default: return applied
    }
  }

  /// Elements of both lists stand in the applied order, those of the live list alone stay where they are
  /// between them (structured-merge-diff's visitListItems).
  private func mergeList(_ live: [JSONValue], _ applied: [JSONValue], keys: [String], form: MergeForm)
    -> [JSONValue]
  {
    let old = live.map { (key: ListKey.of($0, keys: keys), value: $0) }
    let new = applied.map { (key: ListKey.of($0, keys: keys), value: $0) }
    let oldKeys = Set(old.map(\.key))
    let newKeys = Set(new.map(\.key))
    var shared = new.map(\.key).filter(oldKeys.contains)[...]
    var result: [JSONValue] = []
    var merged: Set<JSONObject> = []
    var (left, right) = (0, 0)
    while left < old.count || right < new.count {
      if left < old.count, right < new.count, old[left].key != new[right].key,
        newKeys.contains(old[left].key), let next = shared.first, next != old[left].key
      {
        left += 1  // its turn comes with the applied list
      } else if left < old.count, !newKeys.contains(old[left].key) {
        result.append(old[left].value)
        left += 1
      } else if left < old.count, merged.contains(old[left].key) {
        left += 1
      } else {
        let (key, value) = new[right]
        let match = old.first { $0.key == key }?.value
        result.append(merge(match, value, form: form))
        merged.insert(key)
        right += 1
        if left < old.count, old[left].key == key { left += 1 }
        if shared.first == key { shared.removeFirst() }
      }
    }
    return result
  }

  /// The paths at which `new` differs from `old`: values that changed or came.
  func changed(from old: JSONValue?, to new: JSONValue, form: MergeForm) -> FieldSet {
    guard let old else { return came(new, form: form) }
    if old == new { return FieldSet() }
    switch (form, old, new) {
    case (.structure, .object(let before), .object(let after)),
      (.map, .object(let before), .object(let after)),
      (.deduced, .object(let before), .object(let after)):
      var set = FieldSet()
      for member in after.members {
        let inner = schema.member(member.key, of: form, value: member.value)
        let child = changed(from: before[member.key], to: member.value, form: inner)
        if !child.isEmpty { set.children[.field(member.key)] = child }
      }
      return set
    case (.set, .array(let before), .array(let after)):
      var set = FieldSet()
      for element in after where !before.contains(element) {
        set.children[.value(element)] = FieldSet(isMember: true)
      }
      return set
    case (.keyedList(let keys, let inner), .array(let before), .array(let after)):
      var set = FieldSet()
      for element in after {
        let key = ListKey.of(element, keys: keys)
        let match = before.first { ListKey.of($0, keys: keys) == key }
        var child = changed(from: match, to: element, form: inner)
        if match == nil { child.isMember = true }
        if !child.isEmpty { set.children[.key(key)] = child }
      }
      return set
    default: return FieldSet(isMember: true)
    }
  }

  /// `value` without the fields of `set`; containers that get empty this way go too.
  func removing(_ set: FieldSet, from value: JSONValue, form: MergeForm) -> JSONValue? {
    switch (form, value) {
    case (.structure, .object(var object)), (.map, .object(var object)), (.deduced, .object(var object)):
      for (element, child) in set.children {
        guard case .field(let name) = element, let old = object[name] else { continue }
        let inner = schema.member(name, of: form, value: old)
        object[name] = child.isLeaf ? nil : removing(child, from: old, form: inner)
      }
      return object.isEmpty && !set.children.isEmpty ? nil : .object(object)
    case (.set, .array(let array)):
      let rest = array.filter { set.children[.value($0)] == nil }
      return rest.isEmpty ? nil : .array(rest)
    case (.keyedList(let keys, let inner), .array(let array)):
      let rest = array.compactMap { element -> JSONValue? in
        guard let child = set.children[.key(ListKey.of(element, keys: keys))] else { return element }
        return child.isMember ? nil : removing(child, from: element, form: inner)
      }
      return rest.isEmpty ? nil : .array(rest)
    default: return set.isMember ? nil : value
    }
  }

  /// The paths of a value that was not there: its fields, and the maps and lists that hold them.
  private func came(_ value: JSONValue, form: MergeForm) -> FieldSet {
    var set = FieldSet(of: value, form: form, schema: schema)
    switch (form, value) {
    case (.map, _), (.set, _): set.isMember = true
    case (.structure, .object(let object)):
      for member in object.members {
        let child = came(member.value, form: schema.member(member.key, of: form, value: member.value))
        if !child.isEmpty { set.children[.field(member.key)] = child }
      }
    case (.keyedList(let keys, let inner), .array(let array)):
      set.isMember = true
      for element in array {
        var child = came(element, form: inner)
        child.isMember = true
        set.children[.key(ListKey.of(element, keys: keys))] = child
      }
    default: break
    }
    return set
  }
}

extension FieldSet {
  var isLeaf: Bool { isMember && children.isEmpty }
}
