/// Finds the type of an expression, and what is wrong with it, before it is ever used.
struct CELChecker {
  private var variables: [(name: String, type: CELType)]
  private(set) var issues: [CELIssue] = []
  /// The variables of the environment that the expression names.
  private(set) var used: Set<String> = []
  private var fresh = 0

  init(variables: [(name: String, type: CELType)]) { self.variables = variables }

  private mutating func report(_ node: CELNode, _ message: String) -> CELType {
    issues.append(CELIssue(place: node.place, message: message))
    return .error
  }

  mutating func check(_ node: CELNode) -> CELType {
    switch node.kind {
    case .literal(let value): return CELChecker.type(of: value)
    case .name(let name): return variable(name, node)
    case .select(let object, let field, let isOptional):
      let type = self.field(field, of: check(object), node, allowsOptional: isOptional)
      return isOptional ? CELChecker.optional(type) : type
    case .test(let object, let field):
      _ = self.field(field, of: check(object), node, allowsOptional: false)
      return .bool
    case .index(let object, let key, let isOptional): return index(object, key, node, isOptional: isOptional)
    case .call(let name, let arguments): return call(name, arguments.map { check($0) }, node, isMethod: false)
    case .method(let target, let name, let arguments):
      return call(name, ([target] + arguments).map { check($0) }, node, isMethod: true)
    case .list(let elements): return list(elements)
    case .map(let entries): return map(entries)
    case .and(let left, let right), .or(let left, let right):
      let types = [check(left), check(right)]
      if types.allSatisfy({ CELChecker.matches(.bool, $0) }) { return .bool }
      let name = if case .and = node.kind { "_&&_" } else { "_||_" }
      let words = types.map(\.description).joined(separator: ", ")
      return report(node, "found no matching overload for '\(name)' applied to '(\(words))'")
    case .conditional(let condition, let yes, let no):
      let types = [check(condition), check(yes), check(no)]
      guard CELChecker.matches(.bool, types[0]), let joined = CELChecker.join(types[1], types[2]) else {
        let words = types.map(\.description).joined(separator: ", ")
        return report(node, "found no matching overload for '_?_:_' applied to '(\(words))'")
      }
      return joined
    case .fold(let fold): return self.fold(fold, node)
    case .bind(let name, let value, let body):
      let type = check(value)
      return scoped([(name, type)]) { $0.check(body) }
    case .optionalMap(let target, let name, let body, let isFlat):
      guard case .optional(let inner) = check(target) else { return .optional(.dyn) }
      let type = scoped([(name, inner)]) { $0.check(body) }
      return isFlat ? type : .optional(type)
    }
  }

  private mutating func scoped(_ names: [(String, CELType)], _ body: (inout CELChecker) -> CELType) -> CELType
  {
    variables += names.map { (name: $0.0, type: $0.1) }
    defer { variables.removeLast(names.count) }
    return body(&self)
  }

  private static func type(of value: CELValue) -> CELType {
    switch value {
    case .bool: .bool
    case .int: .int
    case .uint: .uint
    case .double: .double
    case .string: .string
    case .bytes: .bytes
    case .null: .null
    default: .dyn
    }
  }

  private static let typeNames: [String: CELType] = [
    "bool": .bool, "int": .int, "uint": .uint, "double": .double, "string": .string, "bytes": .bytes,
    "list": .list(.dyn), "map": .map(.dyn, .dyn), "null_type": .null, "type": .type(.dyn),
  ]

  private mutating func variable(_ name: String, _ node: CELNode) -> CELType {
    if let known = variables.last(where: { $0.name == name }) {
      used.insert(name)
      return known.type
    }
    if let type = CELChecker.typeNames[name] { return .type(type) }
    return report(node, "undeclared reference to '\(name)' (in container '')")
  }

  private mutating func field(_ name: String, of type: CELType, _ node: CELNode, allowsOptional: Bool)
    -> CELType
  {
    switch type {
    case .dyn, .error, .parameter: return type == .error ? .error : .dyn
    case .map(_, let value): return value
    case .object(let object):
      guard let field = object.field(name) else { return report(node, "undefined field '\(name)'") }
      return field
    case .optional(let inner):
      let type = field(name, of: inner, node, allowsOptional: true)
      if case .select(_, _, isOptional: true) = node.kind { return type }
      return CELChecker.optional(type)
    default:
      return report(node, "type '\(type)' does not support field selection")
    }
  }

  private static func optional(_ type: CELType) -> CELType {
    if case .optional = type { return type }
    return .optional(type)
  }

  private mutating func index(_ object: CELNode, _ key: CELNode, _ node: CELNode, isOptional: Bool) -> CELType
  {
    var container = check(object)
    let keyType = check(key)
    var isOptional = isOptional
    if case .optional(let inner) = container {
      container = inner
      isOptional = true
    }
    let result: CELType
    switch container {
    case .dyn, .error, .parameter: result = .dyn
    case .list(let element) where CELChecker.matches(.int, keyType) || keyType == .uint || keyType == .double:
      result = element
    case .map(let known, let value) where CELChecker.matches(known, keyType): result = value
    default:
      return report(
        node, "found no matching overload for '_[_]' applied to '(\(container), \(keyType))'")
    }
    return isOptional ? CELChecker.optional(result) : result
  }

  private mutating func list(_ elements: [CELNode.Element]) -> CELType {
    var joined: CELType?
    for element in elements {
      var type = check(element.node)
      if element.isOptional, case .optional(let inner) = type { type = inner }
      guard let known = joined else {
        joined = type
        continue
      }
      guard let both = CELChecker.join(known, type) else {
        _ = report(element.node, "expected type '\(known)' but found '\(type)'")
        continue
      }
      joined = both
    }
    return .list(joined ?? freshParameter())
  }

  private mutating func map(_ entries: [CELNode.Entry]) -> CELType {
    var keyType: CELType?
    var valueType: CELType?
    for entry in entries {
      let key = check(entry.key)
      var value = check(entry.value)
      if entry.isOptional, case .optional(let inner) = value { value = inner }
      if let known = keyType {
        if let both = CELChecker.join(known, key) {
          keyType = both
        } else {
          _ = report(entry.key, "expected type '\(known)' but found '\(key)'")
        }
      } else {
        keyType = key
      }
      if let known = valueType {
        if let both = CELChecker.join(known, value) {
          valueType = both
        } else {
          _ = report(entry.value, "expected type '\(known)' but found '\(value)'")
        }
      } else {
        valueType = value
      }
    }
    return .map(keyType ?? freshParameter(), valueType ?? freshParameter())
  }

  private mutating func freshParameter() -> CELType {
    fresh += 1
    return .parameter("_var\(fresh)")
  }

  // MARK: Macros

  private mutating func fold(_ fold: CELNode.Fold, _ node: CELNode) -> CELType {
    let range = check(fold.range)
    let first: CELType
    let second: CELType
    switch range {
    case .list(let element): (first, second) = fold.second == nil ? (element, .dyn) : (.int, element)
    case .map(let key, let value): (first, second) = (key, value)
    case .dyn, .error, .parameter: (first, second) = (.dyn, .dyn)
    default:
      return report(
        fold.range,
        "expression of type '\(range)' cannot be range of a comprehension (must be list, map, or dynamic)")
    }
    var names = [(fold.first, first)]
    if let name = fold.second { names.append((name, second)) }
    return scoped(names) { checker in
      if let condition = fold.condition {
        let type = checker.check(condition)
        if !CELChecker.matches(.bool, type) {
          return checker.report(condition, "expected type 'bool' but found '\(type)'")
        }
      }
      let result = fold.result.map { checker.check($0) }
      switch fold.macro {
      case .all, .exists, .existsOne: return .bool
      case .filter: return .list(first)
      case .map, .transformList: return .list(result ?? .dyn)
      case .transformMap: return .map(first, result ?? .dyn)
      case .transformMapEntry: return result ?? .dyn
      }
    }
  }

  // MARK: Calls

  private mutating func call(_ name: String, _ arguments: [CELType], _ node: CELNode, isMethod: Bool)
    -> CELType
  {
    guard let signatures = CELSignatures.all[isMethod ? "." + name : name] else {
      return report(node, "undeclared reference to '\(name)' (in container '')")
    }
    if arguments.contains(.error) {
      return signatures.count == 1 ? resolved(signatures[0].result, [:]) : .error
    }
    var results: [CELType] = []
    for signature in signatures where signature.parameters.count == arguments.count {
      var bound: [String: CELType] = [:]
      let fits = zip(signature.parameters, arguments).allSatisfy { CELChecker.bind($0, to: $1, &bound) }
      if fits { results.append(resolved(signature.result, bound)) }
    }
    guard let first = results.first else {
      let types = arguments.map(\.description)
      let shown =
        isMethod
        ? "\(types[0]).(\(types.dropFirst().joined(separator: ", ")))" : "(\(types.joined(separator: ", ")))"
      return report(node, "found no matching overload for '\(name)' applied to '\(shown)'")
    }
    return results.allSatisfy { $0 == first } ? first : .dyn
  }

  private mutating func resolved(_ type: CELType, _ bound: [String: CELType]) -> CELType {
    switch type {
    case .parameter(let name): bound[name] ?? .dyn
    case .list(let inner): .list(resolved(inner, bound))
    case .map(let key, let value): .map(resolved(key, bound), resolved(value, bound))
    case .optional(let inner): .optional(resolved(inner, bound))
    case .type(let inner): .type(resolved(inner, bound))
    default: type
    }
  }

  /// Whether an argument can stand for a parameter; the types that stand for its parameters are kept.
  private static func bind(_ parameter: CELType, to argument: CELType, _ bound: inout [String: CELType])
    -> Bool
  {
    switch (parameter, argument) {
    case (.parameter(let name), _):
      guard let known = bound[name] else {
        bound[name] = argument
        return true
      }
      guard let joined = join(known, argument) else { return false }
      bound[name] = joined
      return true
    case (_, .dyn), (_, .error), (_, .parameter), (.dyn, _): return true
    case (.list(let a), .list(let b)), (.optional(let a), .optional(let b)), (.type(let a), .type(let b)):
      return bind(a, to: b, &bound)
    case (.map(let a, let b), .map(let c, let d)): return bind(a, to: c, &bound) && bind(b, to: d, &bound)
    case (_, .null): return parameter.takesNull
    default: return parameter == argument
    }
  }

  static func matches(_ expected: CELType, _ actual: CELType) -> Bool {
    var bound: [String: CELType] = [:]
    return bind(expected, to: actual, &bound)
  }

  /// The type of what is one or the other; `nil` when nothing is both.
  static func join(_ left: CELType, _ right: CELType) -> CELType? {
    if left == right { return left }
    switch (left, right) {
    case (.parameter, _), (.error, _): return right
    case (_, .parameter), (_, .error): return left
    case (.dyn, _), (_, .dyn): return .dyn
    case (.null, _) where right.takesNull: return right
    case (_, .null) where left.takesNull: return left
    case (.list(let a), .list(let b)): return join(a, b).map { .list($0) }
    case (.optional(let a), .optional(let b)): return join(a, b).map { .optional($0) }
    case (.type, .type): return .type(.dyn)
    case (.map(let a, let b), .map(let c, let d)):
      guard let key = join(a, c), let value = join(b, d) else { return nil }
      return .map(key, value)
    default: return nil
    }
  }
}
