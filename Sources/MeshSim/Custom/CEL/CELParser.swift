/// Reads an expression.
struct CELParser {
  private let tokens: [CELToken]
  private var position = 0
  private var depth = 0

  /// cel-go's own bounds.
  private static let depthLimit = 250
  private static let sizeLimit = 100_000

  /// - Throws: the first thing wrong with the text.
  static func parse(_ source: String) throws(CELIssue) -> CELNode {
    guard source.unicodeScalars.count <= sizeLimit else {
      throw CELIssue(
        place: 0,
        message: "expression code point size exceeds limit: size: \(source.unicodeScalars.count), "
          + "limit \(sizeLimit)")
    }
    var parser = CELParser(tokens: try CELLexer.tokens(source))
    let node = try parser.expression()
    guard parser.current.kind == .end else {
      let unexpected = parser.current
      throw CELIssue(
        place: unexpected.place,
        message: "Syntax error: mismatched input '\(unexpected.text)' expecting <EOF>")
    }
    return node
  }

  private init(tokens: [CELToken]) { self.tokens = tokens }

  private var current: CELToken { tokens[min(position, tokens.count - 1)] }

  private func isAt(_ symbol: String) -> Bool { current.kind == .symbol && current.text == symbol }

  private mutating func take(_ symbol: String) -> Int? {
    guard isAt(symbol) else { return nil }
    defer { position += 1 }
    return current.place
  }

  private mutating func expect(_ symbol: String) throws(CELIssue) {
    guard take(symbol) != nil else {
      throw CELIssue(place: current.place, message: "Syntax error: missing '\(symbol)' at '\(current.text)'")
    }
  }

  private func missingOperand() -> CELIssue {
    CELIssue(
      place: current.place,
      message:
        "Syntax error: mismatched input '\(current.text)' expecting {'[', '{', '(', '.', '-', '!', 'true', "
        + "'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}")
  }

  private mutating func nested<Value>(_ body: (inout CELParser) throws(CELIssue) -> Value) throws(CELIssue)
    -> Value
  {
    depth += 1
    guard depth <= CELParser.depthLimit else {
      throw CELIssue(
        place: current.place, message: "expression recursion limit exceeded: \(CELParser.depthLimit)")
    }
    let value = try body(&self)
    depth -= 1
    return value
  }

  /// A chain of operators nests as deep as it is long.
  private func shallow(_ node: CELNode) throws(CELIssue) -> CELNode {
    guard node.depth <= CELParser.depthLimit else {
      throw CELIssue(
        place: node.place, message: "expression recursion limit exceeded: \(CELParser.depthLimit)")
    }
    return node
  }

  private mutating func expression() throws(CELIssue) -> CELNode {
    try nested { (parser: inout CELParser) throws(CELIssue) -> CELNode in
      let condition = try parser.or()
      guard let place = parser.take("?") else { return condition }
      let yes = try parser.or()
      try parser.expect(":")
      return CELNode(.conditional(condition, yes, try parser.expression()), at: place)
    }
  }

  private mutating func or() throws(CELIssue) -> CELNode {
    var terms: [(CELNode, Int)] = [(try and(), 0)]
    while let place = take("||") { terms.append((try and(), place)) }
    return CELParser.balanced(terms[...]) { .or($0, $1) }
  }

  private mutating func and() throws(CELIssue) -> CELNode {
    var terms: [(CELNode, Int)] = [(try relation(), 0)]
    while let place = take("&&") { terms.append((try relation(), place)) }
    return CELParser.balanced(terms[...]) { .and($0, $1) }
  }

  /// Long chains become trees of little depth.
  private static func balanced(
    _ terms: ArraySlice<(CELNode, Int)>, _ join: (CELNode, CELNode) -> CELNode.Kind
  ) -> CELNode {
    if terms.count == 1 { return terms[terms.startIndex].0 }
    let middle = terms.startIndex + (terms.count + 1) / 2
    let left = balanced(terms[..<middle], join)
    let right = balanced(terms[middle...], join)
    return CELNode(join(left, right), at: terms[middle].1)
  }

  private mutating func relation() throws(CELIssue) -> CELNode {
    var node = try addition()
    while true {
      let token = current
      let isOperator =
        token.kind == .symbol && ["<", "<=", ">", ">=", "==", "!="].contains(token.text)
        || token.kind == .name && token.text == "in"
      guard isOperator else { return node }
      position += 1
      let name = token.text == "in" ? "@in" : "_\(token.text)_"
      node = try shallow(CELNode(.call(name, [node, try addition()]), at: token.place))
    }
  }

  private mutating func addition() throws(CELIssue) -> CELNode {
    var node = try multiplication()
    while isAt("+") || isAt("-") {
      let token = current
      position += 1
      node = try shallow(CELNode(.call("_\(token.text)_", [node, try multiplication()]), at: token.place))
    }
    return node
  }

  private mutating func multiplication() throws(CELIssue) -> CELNode {
    var node = try unary()
    while isAt("*") || isAt("/") || isAt("%") {
      let token = current
      position += 1
      node = try shallow(CELNode(.call("_\(token.text)_", [node, try unary()]), at: token.place))
    }
    return node
  }

  private mutating func unary() throws(CELIssue) -> CELNode {
    let start = current
    if isAt("!") {
      var isOdd = false
      while take("!") != nil { isOdd.toggle() }
      let inner = try member()
      return isOdd ? CELNode(.call("!_", [inner]), at: start.place) : inner
    }
    guard isAt("-") else { return try member() }
    let next = tokens[min(position + 1, tokens.count - 1)]
    // A sign belongs to the number after it, so that the smallest integer can be written.
    if next.kind == .int || next.kind == .double { return try member() }
    var isOdd = false
    while take("-") != nil { isOdd.toggle() }
    let inner = try member()
    return isOdd ? CELNode(.call("-_", [inner]), at: start.place) : inner
  }

  private mutating func member() throws(CELIssue) -> CELNode {
    var node = try primary()
    while true {
      if let dot = take(".") {
        let isOptional = take("?") != nil
        let token = current
        guard token.kind == .name || token.kind == .quotedName else {
          throw CELIssue(
            place: token.place, message: "Syntax error: no viable alternative at input '.\(token.text)'")
        }
        position += 1
        if !isOptional, token.kind == .name, let open = take("(") {
          let arguments = try list(until: ")")
          node = try shallow(CELMacros.method(node, token.text, arguments, at: open))
        } else {
          node = try shallow(CELNode(.select(node, token.text, isOptional: isOptional), at: dot))
        }
      } else if let open = take("[") {
        let isOptional = take("?") != nil
        let key = try expression()
        try expect("]")
        node = try shallow(CELNode(.index(node, key, isOptional: isOptional), at: open))
      } else {
        return node
      }
    }
  }

  private mutating func list(until close: String) throws(CELIssue) -> [CELNode] {
    var nodes: [CELNode] = []
    while !isAt(close) {
      nodes.append(try expression())
      if take(",") == nil { break }
    }
    try expect(close)
    return nodes
  }

  private mutating func primary() throws(CELIssue) -> CELNode {
    let token = current
    switch token.kind {
    case .int, .double, .uint, .string, .bytes: return try literal()
    case .symbol where token.text == "-": return try literal()
    case .name: return try named()
    case .symbol where token.text == "(":
      position += 1
      let inner = try expression()
      try expect(")")
      return inner
    case .symbol where token.text == "[":
      position += 1
      return try listLiteral(at: token.place)
    case .symbol where token.text == "{":
      position += 1
      return try mapLiteral(at: token.place)
    case .symbol where token.text == "." && tokens[min(position + 1, tokens.count - 1)].kind == .name:
      position += 1
      return try named()
    default: throw missingOperand()
    }
  }

  private mutating func named() throws(CELIssue) -> CELNode {
    let token = current
    position += 1
    switch token.text {
    case "true": return CELNode(.literal(.bool(true)), at: token.place)
    case "false": return CELNode(.literal(.bool(false)), at: token.place)
    case "null": return CELNode(.literal(.null), at: token.place)
    case "in":
      position -= 1
      throw missingOperand()
    default: break
    }
    if CELParser.reserved.contains(token.text) {
      throw CELIssue(place: token.place, message: "reserved identifier: \(token.text)")
    }
    guard let open = take("(") else { return CELNode(.name(token.text), at: token.place) }
    return try CELMacros.call(token.text, try list(until: ")"), at: open)
  }

  private static let reserved: Set<String> = [
    "as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in", "let",
    "loop",
    "package", "namespace", "null", "return", "true", "var", "void", "while",
  ]

  private mutating func listLiteral(at place: Int) throws(CELIssue) -> CELNode {
    var elements: [CELNode.Element] = []
    while !isAt("]") {
      let isOptional = take("?") != nil
      elements.append(CELNode.Element(node: try expression(), isOptional: isOptional))
      if take(",") == nil { break }
    }
    try expect("]")
    return CELNode(.list(elements), at: place)
  }

  private mutating func mapLiteral(at place: Int) throws(CELIssue) -> CELNode {
    var entries: [CELNode.Entry] = []
    while !isAt("}") {
      let isOptional = take("?") != nil
      let key = try expression()
      try expect(":")
      entries.append(CELNode.Entry(key: key, value: try expression(), isOptional: isOptional))
      if take(",") == nil { break }
    }
    try expect("}")
    return CELNode(.map(entries), at: place)
  }

  private mutating func literal() throws(CELIssue) -> CELNode {
    let place = current.place
    let isNegative = take("-") != nil
    let token = current
    position += 1
    let sign = isNegative ? "-" : ""
    switch token.kind {
    case .string: return CELNode(.literal(.string(token.text)), at: place)
    case .bytes: return CELNode(.literal(.bytes(token.bytes)), at: place)
    case .double:
      guard let value = Double(sign + token.text), value.isFinite else {
        throw CELIssue(place: place, message: "invalid double literal")
      }
      return CELNode(.literal(.double(value)), at: place)
    case .uint:
      guard let value = CELParser.digits(token.text, as: UInt64.self, sign: "") else {
        throw CELIssue(place: place, message: "invalid uint literal")
      }
      return CELNode(.literal(.uint(value)), at: place)
    default:
      guard let value = CELParser.digits(token.text, as: Int64.self, sign: sign) else {
        throw CELIssue(place: place, message: "invalid int literal")
      }
      return CELNode(.literal(.int(value)), at: place)
    }
  }

  private static func digits<Value: FixedWidthInteger>(_ text: String, as: Value.Type, sign: String) -> Value?
  {
    let isHex = text.hasPrefix("0x") || text.hasPrefix("0X")
    return Value(sign + (isHex ? String(text.dropFirst(2)) : text), radix: isHex ? 16 : 10)
  }
}
