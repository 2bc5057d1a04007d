extension CELEvaluator {
  /// Functions of lists and sets.
  mutating func ofList(_ name: String, _ values: [CELValue]) throws(CELError) -> CELValue? {
    if name.hasPrefix("sets."), values.count == 2 { return try ofSets(name, values) }
    if name == "lists.range", case .int(let count)? = values.first {
      try spend(Int(clamping: count))
      return .list((0..<max(count, 0)).map { .int($0) })
    }
    guard name.hasPrefix("."), let list = values.first?.elements else { return nil }
    try spend(list.count)
    switch (name, values.count) {
    case (".isSorted", 1):
      for (left, right) in zip(list, list.dropFirst()) where try CELEquality.order(left, right) ?? 0 > 0 {
        return .bool(false)
      }
      return .bool(true)
    case (".sum", 1):
      guard var total = list.first else { return .int(0) }
      for element in list.dropFirst() { total = try call("_+_", [total, element]) }
      return total
    case (".min", 1), (".max", 1):
      guard var best = list.first else {
        throw CELError(name == ".min" ? "min called on empty list" : "max called on empty list")
      }
      for element in list.dropFirst() {
        let order = try CELEquality.order(element, best) ?? 0
        if name == ".min" ? order < 0 : order > 0 { best = element }
      }
      return best
    case (".indexOf", 2): return .int(Int64(list.firstIndex { CELEquality.equal($0, values[1]) } ?? -1))
    case (".lastIndexOf", 2): return .int(Int64(list.lastIndex { CELEquality.equal($0, values[1]) } ?? -1))
    case (".join", 1...2):
      var separator = ""
      if values.count == 2, case .string(let text) = values[1] { separator = text }
      var parts: [String] = []
      for element in list {
        guard case .string(let text) = element else { throw .noOverload }
        try spend(forSize: text.utf8.count)
        parts.append(text)
      }
      return .string(parts.joined(separator: separator))
    case (".first", 1): return .optional(list.first)
    case (".last", 1): return .optional(list.last)
    case (".reverse", 1): return .list(list.reversed())
    case (".distinct", 1):
      var seen: [CELValue] = []
      for element in list {
        try spend(seen.count)
        if !seen.contains(where: { CELEquality.equal($0, element) }) { seen.append(element) }
      }
      return .list(seen)
    case (".sort", 1): return .list(try sorted(list, by: list))
    case (".@sortByAssociatedKeys", 2): return .list(try sorted(list, by: values[1].elements ?? []))
    case (".slice", 3):
      guard case .int(let start) = values[1], case .int(let end) = values[2] else { throw .noOverload }
      guard start >= 0, end >= 0 else {
        throw CELError("cannot slice(\(start), \(end)), negative indexes not supported")
      }
      guard start <= end else {
        throw CELError("cannot slice(\(start), \(end)), start index must be less than or equal to end index")
      }
      guard end <= Int64(list.count) else {
        throw CELError("cannot slice(\(start), \(end)), list is length \(list.count)")
      }
      return .list(Array(list[Int(start)..<Int(end)]))
    case (".flatten", 1): return .list(try flat(list, depth: 1))
    case (".flatten", 2):
      guard case .int(let depth) = values[1], depth >= 0 else { throw CELError("level must be non-negative") }
      return .list(try flat(list, depth: Int(min(depth, 100))))
    default: return nil
    }
  }

  private mutating func flat(_ list: [CELValue], depth: Int) throws(CELError) -> [CELValue] {
    var out: [CELValue] = []
    for element in list {
      if depth > 0, let inner = element.elements {
        try spend(inner.count)
        out += try flat(inner, depth: depth - 1)
      } else {
        out.append(element)
      }
    }
    return out
  }

  private mutating func sorted(_ list: [CELValue], by keys: [CELValue]) throws(CELError) -> [CELValue] {
    guard list.count == keys.count else { throw .noOverload }
    if let first = keys.first {
      for key in keys { _ = try CELEquality.order(first, key) }
    }
    try spend(list.count * 4)
    let order = list.indices.sorted { left, right in
      let result = (try? CELEquality.order(keys[left], keys[right])) ?? 0
      return result == 0 ? left < right : result < 0
    }
    return order.map { list[$0] }
  }

  private mutating func ofSets(_ name: String, _ values: [CELValue]) throws(CELError) -> CELValue? {
    guard let left = values[0].elements, let right = values[1].elements else { throw .noOverload }
    try spend(left.count * right.count)
    func contains(_ list: [CELValue], _ element: CELValue) -> Bool {
      list.contains { CELEquality.equal($0, element) }
    }
    switch name {
    case "sets.contains": return .bool(right.allSatisfy { contains(left, $0) })
    case "sets.intersects": return .bool(right.contains { contains(left, $0) })
    case "sets.equivalent":
      return .bool(right.allSatisfy { contains(left, $0) } && left.allSatisfy { contains(right, $0) })
    default: return nil
    }
  }
}
