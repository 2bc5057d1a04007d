extension Parser {
  /// An operand with what may follow it: a range, an offset, a fixed time.
  mutating func modified() throws -> Expression {
    var expression = try primary()
    var modifiers = 0
    while true {
      if token.isPunctuation("[") {
        expression = try ranged(expression)
      } else if token.isKeyword("offset") {
        expression = try offset(expression)
      } else if token.kind == .at {
        expression = try fixed(expression)
      } else {
        return expression
      }
      modifiers += 1
      guard modifiers <= Self.deepest / 4 else {
        throw SyntaxError("expression nests deeper than \(Self.deepest)", at: token.position)
      }
    }
  }

  private mutating func primary() throws -> Expression {
    let position = token.position
    switch token.kind {
    case .number:
      let value = try number()
      return .number(value, at: position)
    case .string:
      let value = try stringLiteral()
      return .string(value, at: position)
    case .punctuation where token.text == "(":
      try advance()
      let inner = try expression()
      try take(")")
      return .parenthesized(inner, at: position)
    case .punctuation where token.text == "{": return .selector(try selector(named: nil, at: position))
    case .aggregator: return try aggregation()
    case _ where token.isMetric:
      let name = token
      try advance()
      if token.isPunctuation("("), name.kind == .identifier { return try call(name) }
      return .selector(try selector(named: name.text, at: position))
    default: throw unexpected()
    }
  }

  private mutating func number() throws -> Double {
    let text = token.text
    let value = Double(goText: text)
    guard let value, value.isFinite || ["inf", "nan"].contains(token.word) else {
      let problem = value == nil ? "invalid syntax" : "value out of range"
      throw SyntaxError(
        "error parsing number: strconv.ParseFloat: parsing \(quoted(text)): \(problem)", at: token.position)
    }
    try advance()
    return value
  }

  mutating func stringLiteral() throws -> String {
    let value = try StringLiteral.value(of: token)
    try advance()
    return value
  }

  private mutating func call(_ name: Token) throws -> Expression {
    guard let function = Function(rawValue: name.text) else {
      throw SyntaxError("unknown function with name \(quoted(name.text))", at: name.position)
    }
    return .call(Call(function: function, arguments: try arguments(), position: name.position))
  }

  private mutating func arguments() throws -> [Expression] {
    try take("(")
    var arguments: [Expression] = []
    if token.isPunctuation(")") {
      try advance()
      return []
    }
    while true {
      arguments.append(try expression())
      if token.isPunctuation(")") { break }
      let comma = token.position
      try take(",")
      if token.isPunctuation(")") {
        throw SyntaxError("trailing commas not allowed in function call args", at: comma)
      }
    }
    try advance()
    return arguments
  }

  private mutating func aggregated() throws -> [Expression] {
    do {
      return try arguments()
    } catch var error as SyntaxError where error.isWithoutContext {
      error.message += " in aggregation"
      error.isWithoutContext = false
      throw error
    }
  }

  private mutating func aggregation() throws -> Expression {
    let name = token
    try advance()
    var labels: [String]? = nil
    var isWithout = false
    func isGrouping(_ token: Token) -> Bool { token.isKeyword("by") || token.isKeyword("without") }
    if isGrouping(token) {
      isWithout = token.isKeyword("without")
      try advance()
      labels = try grouping()
      guard token.isPunctuation("(") else { throw unexpected(in: "aggregation") }
    } else if !token.isPunctuation("(") {
      return .selector(try selector(named: name.text, at: name.position))
    }
    var arguments = try aggregated()
    if labels == nil, isGrouping(token) {
      isWithout = token.isKeyword("without")
      try advance()
      labels = try grouping()
    }
    guard let kind = AggregationKind(rawValue: name.word) else { throw unexpected(in: "aggregation") }
    let wanted = kind.takesParameter ? 2 : 1
    guard !arguments.isEmpty else {
      throw SyntaxError("no arguments for aggregate expression provided", at: name.position)
    }
    guard arguments.count == wanted else {
      throw SyntaxError(
        "wrong number of arguments for aggregate expression provided, "
          + "expected \(wanted), got \(arguments.count)", at: name.position)
    }
    let inner = arguments.removeLast()
    return .aggregation(
      Aggregation(
        kind: kind, inner: inner, parameter: arguments.first, labels: labels ?? [], isWithout: isWithout,
        position: name.position))
  }
}
