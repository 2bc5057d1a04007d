extension Parser {
  mutating func selector(named name: String?, at position: Int) throws -> VectorSelector {
    var matchers = token.isPunctuation("{") ? try braces() : []
    if let name {
      if let other = matchers.first(where: { $0.name == LabelSet.metricName }) {
        throw SyntaxError(
          "metric name must not be set twice: \(quoted(name)) or \(quoted(other.value))", at: position)
      }
      matchers.append(try LabelMatcher(name: LabelSet.metricName, .equal, name))
    }
    return VectorSelector(name: name, matchers: matchers, position: position)
  }

  private mutating func braces() throws -> [LabelMatcher] {
    let context = "label matching"
    try advance()
    var matchers: [LabelMatcher] = []
    while !token.isPunctuation("}") {
      guard token.kind == .identifier else {
        throw unexpected(in: context, expected: "identifier or \"}\"")
      }
      let name = token
      try advance()
      guard token.kind == .punctuation, let kind = LabelMatcher.Kind(rawValue: token.text) else {
        throw unexpected(in: context, expected: "label matching operator")
      }
      try advance()
      guard token.kind == .string else { throw unexpected(in: context, expected: "string") }
      let value = try stringLiteral()
      do {
        matchers.append(try LabelMatcher(name: name.text, kind, value))
      } catch let error as RegularExpressionError {
        throw SyntaxError(error.message, at: name.position)
      }
      if token.isPunctuation("}") { break }
      try take(",", in: context, expected: "\",\" or \"}\"")
    }
    try advance()
    return matchers
  }

  mutating func ranged(_ expression: Expression) throws -> Expression {
    let bracket = token.position
    try advance()
    let range = try duration()
    if token.isPunctuation(":") {
      try advance()
      let step = token.kind == .duration || token.kind == .number ? try duration() : nil
      try take("]", in: "subquery selector", expected: "\"]\"")
      return .subquery(Subquery(inner: expression, range: range, step: step))
    }
    try take("]", in: "subquery or range", expected: "\":\" or \"]\"")
    guard case .selector(let selector) = expression else {
      throw SyntaxError("ranges only allowed for vector selectors", at: bracket)
    }
    if selector.shift.offset != 0 {
      throw SyntaxError("no offset modifiers allowed before range", at: bracket)
    }
    if selector.shift.fixed != nil { throw SyntaxError("no @ modifiers allowed before range", at: bracket) }
    return .range(selector, range)
  }

  /// A duration in milliseconds.
  private mutating func duration() throws -> Int64 {
    guard token.kind == .duration else {
      throw unexpected(in: "subquery selector", expected: "duration or \"]\"")
    }
    let value = try DurationText.milliseconds(token.text, at: token.position)
    guard value > 0 else { throw SyntaxError("duration must be greater than 0", at: token.position) }
    try advance()
    return value
  }

  mutating func offset(_ expression: Expression) throws -> Expression {
    try advance()
    let isNegative = token.isOperator("-")
    if isNegative { try advance() }
    guard token.kind == .duration else { throw unexpected(in: "offset", expected: "duration") }
    let value = try DurationText.milliseconds(token.text, at: token.position)
    guard value > 0 else { throw SyntaxError("duration must be greater than 0", at: token.position) }
    try advance()
    return try shifted(expression, modifier: "offset") { shift in
      guard shift.offset == 0 else { return "offset may not be set multiple times" }
      shift.offset = isNegative ? -value : value
      return nil
    }
  }

  mutating func fixed(_ expression: Expression) throws -> Expression {
    try advance()
    let fixed = try fixedTime(of: expression)
    return try shifted(expression, modifier: "@") { shift in
      guard shift.fixed == nil else { return "@ <timestamp> may not be set multiple times" }
      shift.fixed = fixed
      return nil
    }
  }

  private mutating func fixedTime(of expression: Expression) throws -> FixedTime {
    if token.isKeyword("start") || token.isKeyword("end") {
      let fixed: FixedTime = token.isKeyword("start") ? .start : .end
      try advance()
      guard token.isPunctuation("(") else { throw unexpected(in: "@", expected: "timestamp") }
      try advance()
      try take(")", in: "@", expected: "timestamp")
      return fixed
    }
    var sign = 1.0
    if token.isOperator("-") || token.isOperator("+") {
      sign = token.isOperator("-") ? -1 : 1
      try advance()
    }
    guard token.kind == .number else { throw unexpected(in: "@", expected: "timestamp") }
    guard let seconds = Double(goText: token.text) else { throw unexpected(in: "@", expected: "timestamp") }
    guard abs(seconds) < 9_223_372_036_854_775.0 else {
      throw SyntaxError(
        "timestamp out of bounds for @ modifier: \((sign * seconds).withSixDecimals)", at: expression.position
      )
    }
    try advance()
    return .at(Int64((sign * seconds * 1_000).rounded()))
  }

  private func shifted(
    _ expression: Expression, modifier: String, _ change: (inout TimeShift) -> String?
  ) throws -> Expression {
    var problem: String?
    let result: Expression
    switch expression {
    case .selector(var selector):
      problem = change(&selector.shift)
      result = .selector(selector)
    case .range(var selector, let range):
      problem = change(&selector.shift)
      result = .range(selector, range)
    case .subquery(var subquery):
      problem = change(&subquery.shift)
      result = .subquery(subquery)
    default:
      problem =
        "\(modifier) modifier must be preceded by an instant vector selector or range vector selector "
        + "or a subquery"
      result = expression
    }
    if let problem { throw SyntaxError(problem, at: expression.position) }
    return result
  }
}
