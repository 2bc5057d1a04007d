/// A regular expression in RE2's syntax, as Kubernetes takes it in schemas and in CEL.
///
/// It is searched for anywhere in a text, in time linear in the text: all ways through the expression advance
/// together, one character at a time, so no expression backtracks.
struct Pattern: Sendable {
  /// What is wrong with an expression, in the words of Go's parser.
  struct SyntaxError: Error, CustomStringConvertible {
    let description: String
  }

  /// As written.
  let source: String
  private let program: PatternProgram

  /// - Throws: `SyntaxError` for what is no expression, or one that repeats more than 1,000 times.
  init(_ source: String) throws(SyntaxError) {
    self.source = source
    var parser = PatternParser(source)
    program = PatternProgram(try parser.expression())
  }

  /// Whether the expression is found anywhere in the text.
  func matches(_ text: String) -> Bool {
    program.search(Array(text.unicodeScalars), from: 0, wantsEnd: false) != nil
  }

  /// The leftmost match, in places of the text's scalars.
  func firstMatch(in text: [Unicode.Scalar], from start: Int = 0) -> Range<Int>? {
    program.search(text, from: start, wantsEnd: true)
  }

  /// All matches that do not overlap, from the left.
  func allMatches(in text: [Unicode.Scalar], limit: Int = .max) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = 0
    while start <= text.count, found.count < limit, let match = firstMatch(in: text, from: start) {
      found.append(match)
      start = match.isEmpty ? match.upperBound + 1 : match.upperBound
    }
    return found
  }
}

/// What an expression is made of.
indirect enum PatternNode: Sendable {
  case empty
  case characters(CharacterSet)
  case assertion(Assertion)
  case sequence([PatternNode])
  case alternatives([PatternNode])
  case repeated(PatternNode, least: Int, most: Int?, isGreedy: Bool)

  /// A place in a text that holds no character.
  enum Assertion: Sendable {
    case textStart, textEnd, lineStart, lineEnd, wordBoundary, noWordBoundary
  }

  /// How many instructions it becomes; repetitions multiply.
  var size: Int {
    switch self {
    case .empty, .characters, .assertion: 1
    case .sequence(let nodes), .alternatives(let nodes): nodes.reduce(1) { $0 + $1.size }
    case .repeated(let node, let least, let most, _): node.size * max(least, most ?? (least + 1), 1)
    }
  }
}

/// Some characters: sorted ranges of code points.
struct CharacterSet: Sendable {
  private(set) var ranges: [ClosedRange<UInt32>]
  private(set) var properties: [@Sendable (Unicode.Scalar) -> Bool] = []
  var isNegated = false

  init(_ ranges: [ClosedRange<UInt32>]) { self.ranges = ranges }

  init(property: @escaping @Sendable (Unicode.Scalar) -> Bool) {
    ranges = []
    properties = [property]
  }

  mutating func add(_ range: ClosedRange<UInt32>) { ranges.append(range) }

  mutating func add(_ other: CharacterSet) {
    if other.isNegated {
      properties.append { other.contains($0) }
    } else {
      ranges += other.ranges
      properties += other.properties
    }
  }

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    let value = scalar.value
    return (ranges.contains { $0.contains(value) } || properties.contains { $0(scalar) }) != isNegated
  }

  /// The set with the letters of the other case.
  var ignoringCase: CharacterSet {
    let inner = self
    return CharacterSet { scalar in
      if inner.contains(scalar) { return true }
      let others = scalar.properties.lowercaseMapping.unicodeScalars.first
      let upper = scalar.properties.uppercaseMapping.unicodeScalars.first
      return (others.map(inner.contains) ?? false) || (upper.map(inner.contains) ?? false)
    }
  }

  static let any = CharacterSet([0...0x10FFFF])
  static let anyButNewline = CharacterSet([0...9, 11...0x10FFFF])
  static let digits = CharacterSet([48...57])
  static let space = CharacterSet([9...10, 12...13, 32...32])
  static let word = CharacterSet([48...57, 65...90, 95...95, 97...122])

  var negated: CharacterSet {
    var other = self
    other.isNegated.toggle()
    return other
  }

  static func isWord(_ scalar: Unicode.Scalar?) -> Bool { scalar.map(word.contains) ?? false }
}
