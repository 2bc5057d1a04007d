extension Expression {
  /// Checks that everything gets what it can take.
  ///
  /// - Returns: what the expression gives.
  /// - Throws: `SyntaxError`.
  func checked() throws -> ValueType {
    switch self {
    case .number, .string: break
    case .selector(let selector), .range(let selector, _): try selector.check()
    case .subquery(let subquery):
      let type = try subquery.inner.checked()
      guard type == .instantVector else {
        throw SyntaxError(
          "subquery is only allowed on instant vector, got \(type.shortName) instead", at: position)
      }
    case .call(let call): try call.check()
    case .aggregation(let aggregation): try aggregation.check()
    case .unary(_, let inner, _):
      let type = try inner.checked()
      guard type == .scalar || type == .instantVector else {
        throw SyntaxError(
          "unary expression only allowed on expressions of type scalar or instant vector, "
            + "got \(quoted(type.rawValue))", at: position)
      }
    case .binary(let binary): try binary.check()
    case .parenthesized(let inner, _): _ = try inner.checked()
    }
    return type
  }

  fileprivate func expect(_ wanted: ValueType, in place: String) throws {
    let type = try checked()
    guard type == wanted else {
      throw SyntaxError("expected type \(wanted.rawValue) in \(place), got \(type.rawValue)", at: position)
    }
  }
}

extension VectorSelector {
  fileprivate func check() throws {
    guard name != nil || matchers.contains(where: { !$0.matches("") }) else {
      throw SyntaxError("vector selector must contain at least one non-empty matcher", at: position)
    }
  }
}

extension Call {
  fileprivate func check() throws {
    let signature = function.signature
    let place = "call to \(quoted(function.rawValue))"
    func count(_ words: String, _ number: Int) -> SyntaxError {
      SyntaxError(
        "expected \(words)\(number) argument(s) in \(place), got \(arguments.count)", at: position)
    }
    let declared = signature.arguments.count
    if signature.variadic == 0 {
      guard arguments.count == declared else { throw count("", declared) }
    } else {
      guard arguments.count >= declared - 1 else { throw count("at least ", declared - 1) }
      let most = declared - 1 + signature.variadic
      guard signature.variadic < 0 || arguments.count <= most else { throw count("at most ", most) }
    }
    for (index, argument) in arguments.enumerated() {
      let wanted = signature.arguments[min(index, declared - 1)]
      try argument.expect(wanted, in: "call to function \(quoted(function.rawValue))")
    }
  }
}

extension Aggregation {
  fileprivate func check() throws {
    try inner.expect(.instantVector, in: "aggregation expression")
    try parameter?.expect(kind == .countValues ? .string : .scalar, in: "aggregation parameter")
  }
}

extension BinaryExpression {
  fileprivate func check() throws {
    let (leftType, rightType) = (try left.checked(), try right.checked())
    if isBool, !`operator`.isComparison {
      throw SyntaxError("bool modifier can only be used on comparison operators", at: position)
    }
    if `operator`.isComparison, !isBool, leftType == .scalar, rightType == .scalar {
      throw SyntaxError("comparisons between scalars must use BOOL modifier", at: position)
    }
    if matching.isOn, let label = matching.labels.first(where: matching.included.contains) {
      throw SyntaxError(
        "label \(quoted(label)) must not occur in ON and GROUP clause at once", at: position)
    }
    for (type, side) in [(leftType, left), (rightType, right)] where type != .scalar && type != .instantVector
    {
      throw SyntaxError(
        "binary expression must contain only scalar and instant vector types", at: side.position)
    }
    if leftType == .scalar || rightType == .scalar {
      if !matching.labels.isEmpty {
        throw SyntaxError("vector matching only allowed between instant vectors", at: left.position)
      }
      if `operator`.isSet {
        throw SyntaxError(
          "set operator \(quoted(`operator`.rawValue)) not allowed in binary scalar expression",
          at: left.position)
      }
    } else if `operator`.isSet, matching.many != .neither {
      throw SyntaxError("no grouping allowed for \(quoted(`operator`.rawValue)) operation", at: left.position)
    }
  }
}
