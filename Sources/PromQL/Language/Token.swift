/// A word of the language, with the byte it starts at.
struct Token: Sendable, Equatable {
  enum Kind: Sendable, Equatable {
    case end, identifier, metricIdentifier, number, duration, string
    /// Brackets, commas and what stands for matching labels.
    case punctuation
    case binaryOperator
    /// `@`, which Prometheus describes in a way of its own.
    case at
    case aggregator, keyword
  }

  var kind: Kind
  /// As it is written.
  var text: String
  var position: Int

  static let keywords: Set<String> = [
    "offset", "by", "without", "on", "ignoring", "group_left", "group_right", "bool", "start", "end",
  ]
  static let wordOperators: Set<String> = ["and", "or", "unless", "atan2"]

  /// The word that a keyword, operator or aggregator is, whatever its case.
  var word: String { text.lowercased() }

  func isPunctuation(_ other: String) -> Bool { kind == .punctuation && text == other }
  func isKeyword(_ other: String) -> Bool { kind == .keyword && word == other }
  func isOperator(_ other: String) -> Bool { kind == .binaryOperator && word == other }

  /// Whether it may name a label where no braces are around.
  var isLabel: Bool {
    switch kind {
    case .identifier, .aggregator, .keyword: true
    case .binaryOperator: Self.wordOperators.contains(word)
    default: false
    }
  }

  /// Whether it may name a metric.
  var isMetric: Bool {
    switch kind {
    case .identifier, .metricIdentifier, .aggregator: true
    case .keyword: ["offset", "by", "without", "start", "end"].contains(word)
    case .binaryOperator: ["and", "or", "unless"].contains(word)
    default: false
    }
  }

  /// As Prometheus names it in errors.
  var description: String {
    switch kind {
    case .end: "end of input"
    case .identifier: "identifier \(quoted(text))"
    case .metricIdentifier: "metric identifier \(quoted(text))"
    case .number: "number \(shortened)"
    case .duration: "duration \(shortened)"
    case .string: "string \(shortened)"
    case .punctuation: quoted(text)
    case .binaryOperator: "<op:\(text)>"
    case .at: "\"<Item 57385>\" <op:@>"
    case .aggregator: "<aggr:\(text)>"
    case .keyword: "<\(text)>"
    }
  }

  private var shortened: String {
    text.utf8.count > 10 ? quoted(String(text.unicodeScalars.prefix(10))) + "..." : quoted(text)
  }
}

/// As Go's `%q` writes it.
func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\t": result += "\\t"
    case "\r": result += "\\r"
    case _ where scalar.value < 32 || scalar.value == 127:
      let digits = String(scalar.value, radix: 16)
      result += "\\x" + String(repeating: "0", count: 2 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
