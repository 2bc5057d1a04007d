import KubeModel

/// Equality and order of values.
enum CELEquality {
  static func equal(_ left: CELValue, _ right: CELValue) -> Bool {
    switch (left, right) {
    case (.null, .null): return true
    case (.bool(let a), .bool(let b)): return a == b
    case (.string(let a), .string(let b)): return a.utf8.elementsEqual(b.utf8)
    case (.bytes(let a), .bytes(let b)): return a == b
    case (.duration(let a), .duration(let b)): return a == b
    case (.timestamp(let a), .timestamp(let b)): return a == b
    case (.type(let a), .type(let b)): return a == b
    case (.quantity(let a), .quantity(let b)): return a == b
    case (.url(let a), .url(let b)): return a == b
    case (.address(let a), .address(let b)): return a == b
    case (.block(let a), .block(let b)): return a == b
    case (.version(let a), .version(let b)): return !(a < b) && !(b < a)
    case (.format(let a), .format(let b)): return a == b
    case (.optional(nil), .optional(nil)): return true
    case (.optional(let a?), .optional(let b?)): return equal(a, b)
    default: break
    }
    if let order = numericOrder(left, right) { return order == 0 }
    if left.elements != nil, right.elements != nil { return equalLists(left, right) }
    if left.keys != nil, right.keys != nil { return equalMaps(left, right) }
    return false
  }

  private static func equalLists(_ left: CELValue, _ right: CELValue) -> Bool {
    guard left.size == right.size else { return false }
    // A list that is a set has no order, nor has one with keys.
    if case .array(_, let schema?) = left, schema.listType == "set", let a = left.elements,
      let b = right.elements
    {
      return a.allSatisfy { element in b.contains { equal(element, $0) } }
    }
    if case .array(let a, let schema?) = left, case .array(let b, _) = right {
      if schema.listType == "map" { return equalKeyed(a, b, schema) }
      if schema.items?.format.isEmpty ?? true, a == b { return true }
    }
    guard let a = left.elements, let b = right.elements else { return false }
    return zip(a, b).allSatisfy(equal)
  }

  private static func equalKeyed(_ left: [JSONValue], _ right: [JSONValue], _ schema: StructuralSchema)
    -> Bool
  {
    guard let known = KeyedList(right, schema) else { return false }
    return left.allSatisfy { element in
      guard let other = known.counterpart(of: element) else { return false }
      return equal(CELValue(element, schema.items), CELValue(other, schema.items))
    }
  }

  private static func equalMaps(_ left: CELValue, _ right: CELValue) -> Bool {
    guard left.size == right.size, let keys = left.keys else { return false }
    return keys.allSatisfy { key in
      guard let a = left.member(key), let b = right.member(key) else { return false }
      return equal(a, b)
    }
  }

  /// -1, 0 or 1 for two numbers; `nil` for what is none, and for NaN.
  static func numericOrder(_ left: CELValue, _ right: CELValue) -> Int? {
    switch (left, right) {
    case (.int(let a), .int(let b)): return order(a, b)
    case (.uint(let a), .uint(let b)): return order(a, b)
    case (.double(let a), .double(let b)): return a.isNaN || b.isNaN ? nil : order(a, b)
    case (.int(let a), .uint(let b)): return a < 0 ? -1 : order(UInt64(a), b)
    case (.uint, .int), (.double, .int), (.double, .uint): return numericOrder(right, left).map { -$0 }
    case (.int(let a), .double(let b)): return order(a, b)
    case (.uint(let a), .double(let b)):
      if b.isNaN { return nil }
      if b >= 0x1p64 { return -1 }
      if b < 0 { return 1 }
      return order(Double(a), b)
    default: return nil
    }
  }

  private static func order(_ a: Int64, _ b: Double) -> Int? {
    if b.isNaN { return nil }
    if b >= 0x1p63 { return -1 }
    if b < -0x1p63 { return 1 }
    return order(Double(a), b)
  }

  private static func order<Value: Comparable>(_ a: Value, _ b: Value) -> Int { a < b ? -1 : a == b ? 0 : 1 }

  /// The order of two values of one ordered type.
  static func order(_ left: CELValue, _ right: CELValue) throws(CELError) -> Int? {
    switch (left, right) {
    case (.bool(let a), .bool(let b)): return order(a ? 1 : 0, b ? 1 : 0)
    case (.string(let a), .string(let b)):
      return a.utf8.lexicographicallyPrecedes(b.utf8) ? -1 : a.utf8.elementsEqual(b.utf8) ? 0 : 1
    case (.bytes(let a), .bytes(let b)): return a.lexicographicallyPrecedes(b) ? -1 : a == b ? 0 : 1
    case (.duration(let a), .duration(let b)): return order(a, b)
    case (.timestamp(let a), .timestamp(let b)): return order(a, b)
    case (.int, .int), (.int, .uint), (.int, .double), (.uint, .int), (.uint, .uint), (.uint, .double),
      (.double, .int), (.double, .uint), (.double, .double):
      return numericOrder(left, right)
    default: throw .noOverload
    }
  }
}
