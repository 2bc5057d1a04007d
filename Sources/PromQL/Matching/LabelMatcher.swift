/// What a selector asks of one label.
struct LabelMatcher: Hashable, Sendable {
  enum Kind: String, Hashable, Sendable {
    case equal = "="
    case notEqual = "!="
    case matches = "=~"
    case notMatches = "!~"
  }

  let name: String
  let kind: Kind
  let value: String
  private let expression: RegularExpression?

  /// - Throws: `RegularExpressionError` for a wrong pattern.
  init(name: String, _ kind: Kind, _ value: String) throws {
    self.name = name
    self.kind = kind
    self.value = value
    expression = kind == .matches || kind == .notMatches ? try RegularExpression(anchored: value) : nil
    // `a)(b` is right only with what stands around it when it is anchored.
    if expression != nil { try RegularExpression.check(value) }
  }

  func matches(_ text: String) -> Bool {
    switch kind {
    case .equal: value.hasSameBytes(as: text)
    case .notEqual: !value.hasSameBytes(as: text)
    case .matches: expression?.matches(text) ?? false
    case .notMatches: !(expression?.matches(text) ?? false)
    }
  }

  static func == (left: LabelMatcher, right: LabelMatcher) -> Bool {
    left.name == right.name && left.kind == right.kind && left.value.hasSameBytes(as: right.value)
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(kind)
    value.hashBytes(into: &hasher)
  }
}
