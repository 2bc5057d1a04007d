/// Finds the value of an expression, in a bounded number of steps.
struct CELEvaluator {
  private var variables: [(name: String, value: CELValue)]
  /// What is left to spend, in the units of Kubernetes' cost model.
  var budget: Int
  private(set) var spent = 0

  /// - Parameter budget: the cost after which evaluation ends with an error.
  init(variables: [(name: String, value: CELValue)], budget: Int) {
    self.variables = variables
    self.budget = budget
  }

  mutating func spend(_ cost: Int) throws(CELError) {
    spent += cost
    guard spent <= budget else { throw .costLimit }
  }

  /// A tenth of a unit for each character or element that a function looks at.
  mutating func spend(forSize size: Int) throws(CELError) { try spend((size + 9) / 10) }

  mutating func value(_ node: CELNode) throws(CELError) -> CELValue {
    switch node.kind {
    case .literal(let value): return value
    case .name(let name):
      try spend(1)
      if let known = variables.last(where: { $0.name == name }) { return known.value }
      if CELEvaluator.typeNames.contains(name) { return .type(name) }
      throw CELError("undeclared reference to '\(name)'")
    case .select(let object, let field, let isOptional):
      try spend(1)
      return try select(field, of: value(object), isOptional: isOptional)
    case .test(let object, let field): return .bool(try has(field, of: value(object)))
    case .index(let object, let key, let isOptional):
      try spend(1)
      let container = try value(object)
      return try index(container, try value(key), isOptional: isOptional)
    case .call(let name, let arguments):
      var values: [CELValue] = []
      for argument in arguments { values.append(try value(argument)) }
      return try call(name, values)
    case .method(let target, let name, let arguments):
      var values = [try value(target)]
      for argument in arguments { values.append(try value(argument)) }
      return try call("." + name, values)
    case .list(let elements): return try list(elements)
    case .map(let entries): return try map(entries)
    case .and(let left, let right): return try logical(left, right, decisive: false)
    case .or(let left, let right): return try logical(left, right, decisive: true)
    case .conditional(let condition, let yes, let no):
      guard case .bool(let isTrue) = try value(condition) else { throw .noOverload }
      return try value(isTrue ? yes : no)
    case .fold(let fold): return try self.fold(fold)
    case .bind(let name, let inner, let body):
      let known = try value(inner)
      return try scoped(name, known, body)
    case .optionalMap(let target, let name, let body, let isFlat):
      guard case .optional(let inner) = try value(target) else { throw .noOverload }
      guard let inner else { return .optional(nil) }
      let mapped = try scoped(name, inner, body)
      return isFlat ? mapped : .optional(mapped)
    }
  }

  private static let typeNames: Set<String> = [
    "bool", "int", "uint", "double", "string", "bytes", "list", "map", "null_type", "type",
  ]

  private mutating func scoped(_ name: String, _ known: CELValue, _ body: CELNode) throws(CELError)
    -> CELValue
  {
    variables.append((name, known))
    defer { variables.removeLast() }
    return try value(body)
  }

  /// One side can decide alone, even when the other has no value.
  private mutating func logical(_ left: CELNode, _ right: CELNode, decisive: Bool) throws(CELError)
    -> CELValue
  {
    var failure: CELError?
    for side in [left, right] {
      do throws(CELError) {
        guard case .bool(let isTrue) = try value(side) else {
          failure = failure ?? .noOverload
          continue
        }
        if isTrue == decisive { return .bool(decisive) }
      } catch {
        if error == .costLimit { throw error }
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
    return .bool(!decisive)
  }

  // MARK: Members

  private func select(_ name: String, of object: CELValue, isOptional: Bool) throws(CELError) -> CELValue {
    if case .optional(let inner) = object {
      guard let inner, let field = inner.field(name) else { return .optional(nil) }
      return .optional(field)
    }
    guard object.keys != nil else {
      throw isOptional && isNull(object) ? CELError.noSuchKey(name) : .noOverload
    }
    if isOptional { return .optional(object.field(name)) }
    guard let field = object.field(name) else { throw .noSuchKey(CELName.unescaped(name)) }
    return field
  }

  private func isNull(_ value: CELValue) -> Bool { if case .null = value { true } else { false } }

  private func has(_ name: String, of object: CELValue) throws(CELError) -> Bool {
    if case .optional(let inner) = object { return inner?.field(name) != nil }
    guard object.keys != nil else { throw .noOverload }
    return object.field(name) != nil
  }

  private func index(_ container: CELValue, _ key: CELValue, isOptional: Bool) throws(CELError) -> CELValue {
    if case .optional(let inner) = container {
      guard let inner else { return .optional(nil) }
      return try index(inner, key, isOptional: true)
    }
    if container.keys != nil {
      let member = container.member(key)
      if isOptional { return .optional(member) }
      guard let member else { throw .noSuchKey(CELEvaluator.shown(key)) }
      return member
    }
    guard let size = container.size, container.elements != nil else { throw .noOverload }
    let place: Int
    switch key {
    case .int(let int): place = Int(int)
    case .uint(let int): place = Int(clamping: int)
    case .double(let double) where double == double.rounded() && double.magnitude < 1e15: place = Int(double)
    default: throw CELError("unsupported index type '\(key.typeName)' in list")
    }
    guard place >= 0, place < size else {
      if isOptional { return .optional(nil) }
      throw CELError("index out of bounds: \(place)")
    }
    let element: CELValue
    switch container {
    case .list(let elements): element = elements[place]
    case .array(let array, let schema): element = CELValue(array[place], schema?.items)
    default: throw .noOverload
    }
    return isOptional ? .optional(element) : element
  }

  static func shown(_ value: CELValue) -> String {
    switch value {
    case .string(let text): text
    case .int(let int): String(int)
    case .uint(let int): String(int)
    case .double(let double): GoPrint.number(double)
    case .bool(let bool): String(bool)
    default: value.typeName
    }
  }

  private mutating func list(_ elements: [CELNode.Element]) throws(CELError) -> CELValue {
    try spend(10)
    var values: [CELValue] = []
    for element in elements {
      let known = try value(element.node)
      if element.isOptional, case .optional(let inner) = known {
        if let inner { values.append(inner) }
      } else {
        values.append(known)
      }
    }
    return .list(values)
  }

  private mutating func map(_ entries: [CELNode.Entry]) throws(CELError) -> CELValue {
    try spend(30)
    var map = CELMap()
    for entry in entries {
      let key = try value(entry.key)
      var known = try value(entry.value)
      if entry.isOptional, case .optional(let inner) = known {
        guard let inner else { continue }
        known = inner
      }
      guard map.insert(key, known) else { throw CELError("Failed with repeated key") }
    }
    return .map(map)
  }

  // MARK: Macros

  private mutating func fold(_ fold: CELNode.Fold) throws(CELError) -> CELValue {
    let range = try value(fold.range)
    var state = FoldState()
    if let keys = range.keys {
      for key in keys {
        let second = fold.second == nil ? nil : range.member(key)
        if try !step(fold, key, second, key, &state) { break }
      }
    } else if let elements = range.elements {
      for (place, element) in elements.enumerated() {
        let index = CELValue.int(Int64(place))
        let goesOn =
          fold.second == nil
          ? try step(fold, element, nil, index, &state) : try step(fold, index, element, index, &state)
        if !goesOn { break }
      }
    } else {
      throw .noOverload
    }
    switch fold.macro {
    case .all, .exists:
      if state.isDecided { return .bool(fold.macro == .exists) }
      if let failure = state.failure { throw failure }
      return .bool(fold.macro == .all)
    case .existsOne: return .bool(state.count == 1)
    case .map, .filter, .transformList: return .list(state.list)
    case .transformMap, .transformMapEntry: return .map(state.map)
    }
  }

  private struct FoldState {
    var isDecided = false
    var failure: CELError?
    var count = 0
    var list: [CELValue] = []
    var map = CELMap()
  }

  /// Looks at one element; false to look at no further ones.
  private mutating func step(
    _ fold: CELNode.Fold, _ first: CELValue, _ second: CELValue?, _ key: CELValue, _ state: inout FoldState
  ) throws(CELError) -> Bool {
    try spend(3)
    variables.append((fold.first, first))
    if let name = fold.second, let second { variables.append((name, second)) }
    defer { variables.removeLast(fold.second == nil ? 1 : 2) }
    switch fold.macro {
    case .all, .exists:
      // An element without an answer matters only when no other decides.
      do throws(CELError) {
        guard let holds = try condition(fold) else { throw CELError.noOverload }
        if holds == (fold.macro == .exists) { state.isDecided = true }
      } catch {
        if error == .costLimit { throw error }
        state.failure = state.failure ?? error
      }
      return !state.isDecided
    case .existsOne:
      guard let holds = try condition(fold) else { throw .noOverload }
      if holds { state.count += 1 }
    case .filter:
      guard let holds = try condition(fold) else { throw .noOverload }
      if holds { state.list.append(first) }
    case .map, .transformList:
      if fold.condition != nil, try condition(fold) != true { return true }
      if let result = fold.result { state.list.append(try value(result)) }
    case .transformMap:
      if fold.condition != nil, try condition(fold) != true { return true }
      if let result = fold.result { _ = state.map.insert(first, try value(result)) }
    case .transformMapEntry:
      if fold.condition != nil, try condition(fold) != true { return true }
      guard let result = fold.result else { return true }
      let entry = try value(result)
      for key in entry.keys ?? [] {
        guard let inner = entry.member(key), state.map.insert(key, inner) else {
          throw CELError("insert failed: key \(CELEvaluator.shown(key)) already exists")
        }
      }
    }
    return true
  }

  private mutating func condition(_ fold: CELNode.Fold) throws(CELError) -> Bool? {
    guard let node = fold.condition else { return true }
    if case .bool(let holds) = try value(node) { return holds }
    return nil
  }
}
