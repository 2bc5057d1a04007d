import Seams

extension CELEvaluator {
  /// Calls a function; the name of a method starts with a dot.
  mutating func call(_ name: String, _ values: [CELValue]) throws(CELError) -> CELValue {
    try spend(1)
    if let result = try compared(name, values) { return result }
    if let result = try calculated(name, values) { return result }
    if let result = try converted(name, values) { return result }
    if let result = try ofText(name, values) { return result }
    if let result = try ofList(name, values) { return result }
    if let result = try ofTime(name, values) { return result }
    if let result = try ofLibrary(name, values) { return result }
    if let result = try ofAddresses(name, values) { return result }
    if let result = try ofOptional(name, values) { return result }
    throw .noOverload
  }

  /// Equality, order, membership and negation.
  private mutating func compared(_ name: String, _ values: [CELValue]) throws(CELError) -> CELValue? {
    guard values.count == 2 else {
      if name == "!_", values.count == 1, case .bool(let bool) = values[0] { return .bool(!bool) }
      return nil
    }
    let (left, right) = (values[0], values[1])
    switch name {
    case "_==_", "_!=_":
      try spend(forSize: min(left.size ?? 0, right.size ?? 0))
      return .bool(CELEquality.equal(left, right) == (name == "_==_"))
    case "_<_", "_<=_", "_>_", "_>=_":
      guard let order = try CELEquality.order(left, right) else { return .bool(false) }
      switch name {
      case "_<_": return .bool(order < 0)
      case "_<=_": return .bool(order <= 0)
      case "_>_": return .bool(order > 0)
      default: return .bool(order >= 0)
      }
    case "@in":
      if let elements = right.elements {
        try spend(elements.count)
        return .bool(elements.contains { CELEquality.equal($0, left) })
      }
      guard right.keys != nil else { throw .noOverload }
      return .bool(right.member(left) != nil)
    default: return nil
    }
  }

  /// Arithmetic; what does not fit is an error.
  private mutating func calculated(_ name: String, _ values: [CELValue]) throws(CELError) -> CELValue? {
    if name == "-_", values.count == 1 {
      switch values[0] {
      case .int(let int):
        guard int != .min else { throw .overflow }
        return .int(-int)
      case .double(let double): return .double(-double)
      default: throw .noOverload
      }
    }
    guard values.count == 2, ["_+_", "_-_", "_*_", "_/_", "_%_"].contains(name) else { return nil }
    switch (values[0], values[1]) {
    case (.int(let a), .int(let b)): return .int(try integer(name, a, b))
    case (.uint(let a), .uint(let b)):
      do throws(CELError) { return .uint(try integer(name, a, b)) } catch {
        throw error == .overflow ? CELError("unsigned integer overflow") : error
      }
    case (.double(let a), .double(let b)):
      switch name {
      case "_+_": return .double(a + b)
      case "_-_": return .double(a - b)
      case "_*_": return .double(a * b)
      case "_/_": return .double(a / b)
      default: throw .noOverload
      }
    case (.string(let a), .string(let b)) where name == "_+_":
      try spend(forSize: a.utf8.count + b.utf8.count)
      return .string(a + b)
    case (.bytes(let a), .bytes(let b)) where name == "_+_":
      try spend(forSize: a.count + b.count)
      return .bytes(a + b)
    case (.duration(let a), .duration(let b)) where name == "_+_" || name == "_-_":
      return .duration(try integer(name, a, b))
    case (.timestamp(let time), .duration(let length)) where name == "_+_" || name == "_-_":
      return .timestamp(try moved(time, by: name == "_+_" ? length : -length))
    case (.duration(let length), .timestamp(let time)) where name == "_+_":
      return .timestamp(try moved(time, by: length))
    case (.timestamp(let a), .timestamp(let b)) where name == "_-_":
      let (nanos, isOverflow) = (a.microseconds - b.microseconds).multipliedReportingOverflow(by: 1_000)
      guard !isOverflow else { throw .overflow }
      return .duration(nanos)
    default: break
    }
    guard name == "_+_", let a = values[0].elements, let b = values[1].elements else { throw .noOverload }
    try spend(1)
    return .list(joined(values[0], a, b))
  }

  /// Lists that are sets or keyed join as such.
  private func joined(_ list: CELValue, _ left: [CELValue], _ right: [CELValue]) -> [CELValue] {
    guard case .array(_, let schema?) = list, schema.listType == "set" || schema.listType == "map" else {
      return left + right
    }
    var result = left
    for element in right {
      let known = result.firstIndex { other in
        schema.listType == "set"
          ? CELEquality.equal(other, element)
          : schema.listKeys.allSatisfy { key in
            switch (other.member(.string(key)), element.member(.string(key))) {
            case (nil, nil): true
            case (let a?, let b?): CELEquality.equal(a, b)
            default: false
            }
          }
      }
      if let known { result[known] = element } else { result.append(element) }
    }
    return result
  }

  private func moved(_ time: Timestamp, by nanoseconds: Int64) throws(CELError) -> Timestamp {
    let moved = Timestamp(microseconds: time.microseconds &+ nanoseconds / 1_000)
    // The years 1 to 9999.
    guard (-62_135_596_800_000_000...253_402_300_799_999_999).contains(moved.microseconds) else {
      throw CELError("timestamp overflow")
    }
    return moved
  }

  private func integer<Value: FixedWidthInteger>(_ name: String, _ a: Value, _ b: Value) throws(CELError)
    -> Value
  {
    let (result, isOverflow): (Value, Bool)
    switch name {
    case "_+_": (result, isOverflow) = a.addingReportingOverflow(b)
    case "_-_": (result, isOverflow) = a.subtractingReportingOverflow(b)
    case "_*_": (result, isOverflow) = a.multipliedReportingOverflow(by: b)
    case "_/_":
      guard b != 0 else { throw CELError("division by zero") }
      (result, isOverflow) = a.dividedReportingOverflow(by: b)
    default:
      guard b != 0 else { throw CELError("modulus by zero") }
      (result, isOverflow) = a.remainderReportingOverflow(dividingBy: b)
    }
    guard !isOverflow else { throw .overflow }
    return result
  }

  private func ofOptional(_ name: String, _ values: [CELValue]) throws(CELError) -> CELValue? {
    switch (name, values.count) {
    case ("optional.of", 1): return .optional(values[0])
    case ("optional.none", 0): return .optional(nil)
    case ("optional.ofNonZeroValue", 1): return .optional(isZero(values[0]) ? nil : values[0])
    default: break
    }
    guard case .optional(let inner)? = values.first else { return nil }
    switch (name, values.count) {
    case (".hasValue", 1): return .bool(inner != nil)
    case (".value", 1):
      guard let inner else { throw CELError("optional.none() dereference") }
      return inner
    case (".or", 2): return inner == nil ? values[1] : values[0]
    case (".orValue", 2): return inner ?? values[1]
    default: return nil
    }
  }

  private func isZero(_ value: CELValue) -> Bool {
    switch value {
    case .null: true
    case .bool(let bool): !bool
    case .int(let int): int == 0
    case .uint(let int): int == 0
    case .double(let double): double == 0
    case .duration(let length): length == 0
    case .optional(let inner): inner == nil
    default: value.size == 0
    }
  }
}
