import KubeModel

extension StrategicMerge {
  /// Merges a list that the patch strategy merges, or deletes from one of scalars.
  func mergeList(_ patch: [JSONValue], into original: [JSONValue], _ shape: Shape, isDeletion: Bool)
    throws(StatusError) -> [JSONValue]
  {
    if original.isEmpty, patch.isEmpty { return original }
    try checkTypes(original + patch, [original, patch])
    guard case .object = original.first ?? patch.first else {
      if isDeletion { return original.filter { !patch.contains($0) } }
      return try ordered(
        StrategicMerge.withoutRepeats(original + patch), by: patch, original: original, key: nil)
    }
    guard let key = shape.patch.mergeKey, case .list(let element) = shape.content else {
      throw .internalError("cannot merge lists without merge key for \(GoText.type(of: shape, in: schema))")
    }
    let (rest, changes) = try applyDirectives(of: patch, to: original, key: key)
    var merged = rest
    for change in changes {
      guard let changedMembers = change.object, let value = change[key] else {
        throw StrategicMerge.noMergeKey(change, key)
      }
      if let index = try find(value, in: merged, key: key), let object = merged[index].object {
        merged[index] = .object(try merge(changedMembers, into: object, element))
      } else {
        merged.append(change)
      }
    }
    return try ordered(merged, by: changes, original: rest, key: key)
  }

  /// Deletes and replaces as elements with `$patch` say; gives what is left of the original and of the patch.
  private func applyDirectives(of patch: [JSONValue], to original: [JSONValue], key: String)
    throws(StatusError) -> (original: [JSONValue], patch: [JSONValue])
  {
    var original = original
    var rest: [JSONValue] = []
    var replaces = false
    for element in patch {
      guard let directive = element[StrategicMerge.directive] else {
        rest.append(element)
        continue
      }
      switch directive.string {
      case "delete":
        guard let value = element[key] else { throw StrategicMerge.noMergeKey(element, key) }
        while let index = try find(value, in: original, key: key) { original.remove(at: index) }
      case "replace": replaces = true
      case "merge": throw .internalError("merging lists cannot yet be specified in the patch")
      default:
        throw .internalError(
          "unknown patch type: \(GoText.value(directive)) in map: \(GoText.value(element))")
      }
    }
    return replaces ? (rest, []) : (original, rest)
  }

  /// Processes `$setElementOrder` lists, together with the lists that they order.
  func mergeOrderedLists(_ original: inout JSONObject, _ patch: inout JSONObject, _ shape: Shape)
    throws(StatusError)
  {
    let problem = "invalid patch format of setElementOrder list"
    for directive in patch.members where directive.key.hasPrefix(StrategicMerge.orderPrefix) {
      patch[directive.key] = nil
      guard let order = directive.value.array else {
        throw .internalError("expected a []interface {}, but received a \(GoText.type(of: directive.value))")
      }
      let name = try listName(directive.key, StrategicMerge.orderPrefix, problem)
      let old = try list(original[name])
      let changes = try list(patch[name])
      let field = try member(name, of: shape)
      let key = field.patch.mergeKey
      try checkOrder(order, of: changes ?? [], key: key)
      var merged: [JSONValue]
      switch (old, changes) {
      case (nil, nil): continue
      case (let old?, nil): merged = old
      case (nil, let changes?): merged = changes.compactMap(StrategicMerge.withoutDirectives)
      case (let old?, let changes?):
        merged = field.patch.merges ? try mergeList(changes, into: old, field, isDeletion: false) : changes
      }
      try checkTypes((old ?? []) + (changes ?? []), [old ?? [], changes ?? []], mayBeEmpty: false)
      merged = try ordered(merged, by: order, original: old ?? [], key: key)
      original[name] = .array(merged)
      patch[name] = nil
    }
  }

  private func list(_ value: JSONValue?) throws(StatusError) -> [JSONValue]? {
    guard let value else { return nil }
    guard let array = value.array else {
      throw .internalError("expected a []interface {}, but received a \(GoText.type(of: value))")
    }
    return array
  }

  /// Elements of the patch must be in the order that the directive gives.
  private func checkOrder(_ order: [JSONValue], of patch: [JSONValue], key: String?) throws(StatusError) {
    guard !order.isEmpty, !patch.isEmpty else { return }
    let present = patch.filter { $0[StrategicMerge.directive]?.string != "delete" }
    var (left, right) = (0, 0)
    while left < present.count, right < order.count {
      if present[left][StrategicMerge.directive] != nil {
        left += 1
        continue
      }
      if try isSame(present[left], order[right], key: key) { left += 1 }
      right += 1
    }
    guard left < present.count, right >= order.count else { return }
    throw .internalError(
      "The order in patch list:\n\(GoText.value(.array(patch)))\n doesn't match $setElementOrder list:\n"
        + "\(GoText.value(.array(order)))\n")
  }

  private func isSame(_ left: JSONValue, _ right: JSONValue, key: String?) throws(StatusError) -> Bool {
    guard let key else { return left == right }
    for value in [left, right] where value.object == nil {
      throw .internalError("expected a map[string]interface {}, but received a \(GoText.type(of: value))")
    }
    guard let one = left[key] else { throw StrategicMerge.noMergeKey(left, key) }
    guard let other = right[key] else { throw StrategicMerge.noMergeKey(right, key) }
    return one == other
  }

  /// The place of the element whose merge key has a value.
  private func find(_ value: JSONValue, in list: [JSONValue], key: String) throws(StatusError) -> Int? {
    for (index, element) in list.enumerated() {
      guard element.object != nil else {
        throw .internalError("expected a map[string]interface {}, but received a \(GoText.type(of: element))")
      }
      if element[key] == value { return index }
    }
    return nil
  }

  private func checkTypes(_ elements: [JSONValue], _ lists: [[JSONValue]], mayBeEmpty: Bool = true)
    throws(StatusError)
  {
    guard let first = elements.first else {
      if mayBeEmpty { return }
      throw .internalError("no elements in any of the given slices")
    }
    if case .array = first { throw .inapplicablePatch }
    guard let other = elements.first(where: { !$0.hasSameGoType(as: first) }) else { return }
    _ = other
    throw .internalError(
      "list element types are not identical: [\(lists.map { GoText.value(.array($0)) }.joined(separator: " "))]"
    )
  }

  static func noMergeKey(_ element: JSONValue, _ key: String) -> StatusError {
    .internalError("map: \(GoText.value(element)) does not contain declared merge key: \(key)")
  }

  static func withoutRepeats(_ list: [JSONValue]) -> [JSONValue] {
    var seen: Set<JSONValue> = []
    return list.filter { seen.insert($0).inserted }
  }
}
