/// Calls that are not functions: they are taken apart when an expression is read.
enum CELMacros {
  static func call(_ name: String, _ arguments: [CELNode], at place: Int) throws(CELIssue) -> CELNode {
    guard name == "has", arguments.count == 1 else { return CELNode(.call(name, arguments), at: place) }
    guard case .select(let object, let field, isOptional: false) = arguments[0].kind else {
      throw CELIssue(place: arguments[0].place, message: "invalid argument to has() macro")
    }
    return CELNode(.test(object, field), at: place)
  }

  static func method(
    _ target: CELNode, _ name: String, _ arguments: [CELNode], at place: Int
  ) throws(CELIssue) -> CELNode {
    if case .name("cel") = target.kind, name == "bind", arguments.count == 3 {
      return CELNode(.bind(try variable(arguments[0]), arguments[1], arguments[2]), at: place)
    }
    if case .name(let space) = target.kind, spaces.contains(space) {
      return CELNode(.call("\(space).\(name)", arguments), at: place)
    }
    if name == "optMap" || name == "optFlatMap", arguments.count == 2 {
      let inner = try variable(arguments[0])
      return CELNode(.optionalMap(target, inner, arguments[1], isFlat: name == "optFlatMap"), at: place)
    }
    if name == "sortBy", arguments.count == 2 {
      let keys = CELNode.Fold(
        macro: .map, range: target, first: try variable(arguments[0]), second: nil, condition: nil,
        result: arguments[1])
      return CELNode(.method(target, "@sortByAssociatedKeys", [CELNode(.fold(keys), at: place)]), at: place)
    }
    if let fold = try fold(target, name, arguments) { return CELNode(.fold(fold), at: place) }
    return CELNode(.method(target, name, arguments), at: place)
  }

  /// Prefixes of functions that look like methods.
  private static let spaces: Set<String> = [
    "optional", "format", "ip", "cidr", "math", "sets", "lists", "strings", "base64",
  ]

  private static func variable(_ node: CELNode) throws(CELIssue) -> String {
    guard case .name(let name) = node.kind else {
      throw CELIssue(place: node.place, message: "argument must be a simple name")
    }
    return name
  }

  private static func fold(
    _ range: CELNode, _ name: String, _ arguments: [CELNode]
  ) throws(CELIssue) -> CELNode.Fold? {
    let macro: CELNode.Fold.Macro
    let extra: Int
    switch (name, arguments.count) {
    case ("all", 2...3): (macro, extra) = (.all, arguments.count - 2)
    case ("exists", 2...3): (macro, extra) = (.exists, arguments.count - 2)
    case ("exists_one", 2...3), ("existsOne", 2...3): (macro, extra) = (.existsOne, arguments.count - 2)
    case ("map", 2...3):
      return CELNode.Fold(
        macro: .map, range: range, first: try variable(arguments[0]), second: nil,
        condition: arguments.count == 3 ? arguments[1] : nil, result: arguments[arguments.count - 1])
    case ("filter", 2): (macro, extra) = (.filter, 0)
    case ("transformList", 3...4), ("transformMap", 3...4), ("transformMapEntry", 3...4):
      guard let macro = CELNode.Fold.Macro(rawValue: name) else { return nil }
      return CELNode.Fold(
        macro: macro, range: range, first: try variable(arguments[0]), second: try variable(arguments[1]),
        condition: arguments.count == 4 ? arguments[2] : nil, result: arguments[arguments.count - 1])
    default: return nil
    }
    return CELNode.Fold(
      macro: macro, range: range, first: try variable(arguments[0]),
      second: extra == 1 ? try variable(arguments[1]) : nil, condition: arguments[arguments.count - 1],
      result: nil)
  }
}
