/// Reads a query by descent with precedences.
struct Parser {
  /// How deep expressions may nest; a chain of operators nests once for each.
  static let deepest = 150
  /// How many bytes a query may have.
  static let longest = 64 << 10

  private var lexer: Lexer
  var token = Token(kind: .end, text: "", position: 0)
  var depth = 0

  /// - Throws: `QueryError` with the place of the first thing that is wrong.
  static func parse(_ query: String) throws -> Expression {
    try read(query) { parser in
      if parser.token.kind == .end { throw SyntaxError("no expression found in input", at: 0) }
      let expression = try parser.expression()
      guard parser.token.kind == .end else { throw parser.unexpected() }
      _ = try expression.checked()
      return expression
    }
  }

  /// What a selector without anything around it asks of series.
  static func matchers(_ selector: String) throws -> [LabelMatcher] {
    try read(selector) { parser in
      let name = parser.token
      guard name.isMetric || name.isPunctuation("{") else { throw parser.unexpected() }
      if name.isMetric { try parser.advance() }
      let selector = try parser.selector(named: name.isMetric ? name.text : nil, at: name.position)
      guard parser.token.kind == .end else { throw parser.unexpected() }
      return selector.matchers
    }
  }

  private static func read<Result>(
    _ query: String, _ parse: (inout Parser) throws -> Result
  ) throws -> Result {
    let bytes = Array(query.utf8)
    do {
      guard bytes.count <= longest else {
        throw SyntaxError("query is longer than \(longest) bytes", at: 0)
      }
      var parser = Parser(lexer: Lexer(bytes))
      try parser.advance()
      return try parse(&parser)
    } catch let error as SyntaxError {
      throw error.located(in: bytes)
    }
  }

  private init(lexer: Lexer) { self.lexer = lexer }

  mutating func advance() throws { token = try lexer.next() }

  /// The error for the word that is here.
  func unexpected(in context: String? = nil, expected: String? = nil) -> SyntaxError {
    var message = "unexpected \(token.description)"
    if let context { message += " in \(context)" }
    if let expected { message += ", expected \(expected)" }
    var error = SyntaxError(message, at: token.position)
    error.isWithoutContext = context == nil
    return error
  }

  mutating func take(_ punctuation: String, in context: String? = nil, expected: String? = nil) throws {
    guard token.isPunctuation(punctuation) else { throw unexpected(in: context, expected: expected) }
    try advance()
  }

  private mutating func nested<Result>(_ read: (inout Parser) throws -> Result) throws -> Result {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      throw SyntaxError("expression nests deeper than \(Self.deepest)", at: token.position)
    }
    return try read(&self)
  }

  mutating func expression() throws -> Expression { try nested { try $0.operators(binding: 1) } }

  /// What binds at least as strongly as given.
  private mutating func operators(binding least: Int) throws -> Expression {
    var left = try operand()
    var chained = 0
    defer { depth -= chained }
    while token.kind == .binaryOperator, let kind = BinaryOperator(rawValue: token.word),
      kind.precedence >= least
    {
      chained += 1
      depth += 1
      let position = token.position
      guard depth <= Self.deepest else {
        throw SyntaxError("expression nests deeper than \(Self.deepest)", at: position)
      }
      try advance()
      let isBool = token.isKeyword("bool")
      if isBool { try advance() }
      let matching = try matching()
      let right = try nested {
        try $0.operators(binding: kind == .power ? kind.precedence : kind.precedence + 1)
      }
      left = .binary(
        BinaryExpression(
          operator: kind, left: left, right: right, isBool: isBool, matching: matching, position: position))
    }
    return left
  }

  /// An operand with its sign: a sign binds as multiplication does, so that -1^2 is -1.
  private mutating func operand() throws -> Expression {
    guard token.isOperator("-") || token.isOperator("+") else { return try modified() }
    let (isNegative, position) = (token.isOperator("-"), token.position)
    try advance()
    let inner = try nested { try $0.operators(binding: BinaryOperator.power.precedence) }
    if case .number(let value, _) = inner { return .number(isNegative ? -value : value, at: position) }
    return .unary(isNegative: isNegative, inner, at: position)
  }

  private mutating func matching() throws -> VectorMatching {
    var matching = VectorMatching()
    guard token.isKeyword("on") || token.isKeyword("ignoring") else { return matching }
    matching.isOn = token.isKeyword("on")
    try advance()
    matching.labels = try grouping()
    guard token.isKeyword("group_left") || token.isKeyword("group_right") else { return matching }
    matching.many = token.isKeyword("group_left") ? .left : .right
    try advance()
    if token.isPunctuation("(") {
      matching.included = try grouping()
    } else if token.kind == .end {
      throw unexpected(in: "grouping opts", expected: quoted("("))
    }
    return matching
  }

  /// Labels in parentheses.
  mutating func grouping() throws -> [String] {
    let context = "grouping opts"
    try take("(", in: context, expected: quoted("("))
    var labels: [String] = []
    while !token.isPunctuation(")") {
      guard token.isLabel else { throw unexpected(in: context, expected: "label") }
      labels.append(token.text)
      try advance()
      if token.isPunctuation(")") { break }
      try take(",", in: context, expected: "\",\" or \")\"")
    }
    try advance()
    return labels
  }
}
