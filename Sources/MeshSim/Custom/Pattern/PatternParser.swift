/// Reads an expression in RE2's syntax.
struct PatternParser {
  private struct Flags {
    var ignoresCase = false
    var isMultiline = false
    var dotMatchesNewline = false
    var isUngreedy = false
  }

  private let text: [Unicode.Scalar]
  private let source: String
  private var position = 0
  private var flags = Flags()
  private var depth = 0

  /// RE2's own bounds.
  private static let repetitionLimit = 1_000
  private static let depthLimit = 250
  private static let sizeLimit = 50_000

  init(_ source: String) {
    self.source = source
    text = Array(source.unicodeScalars)
  }

  mutating func expression() throws(Pattern.SyntaxError) -> PatternNode {
    let node = try alternatives()
    guard position == text.count else { throw fail("unexpected )", source) }
    guard node.size <= PatternParser.sizeLimit else { throw fail("expression too large") }
    return node
  }

  private var peek: Unicode.Scalar? { position < text.count ? text[position] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard peek == scalar else { return false }
    position += 1
    return true
  }

  private func fail(_ words: String, _ what: String? = nil) -> Pattern.SyntaxError {
    Pattern.SyntaxError(description: "error parsing regexp: \(words)" + (what.map { ": `\($0)`" } ?? ""))
  }

  private func slice(_ start: Int) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: text[start..<position])
    return String(view)
  }

  private mutating func alternatives() throws(Pattern.SyntaxError) -> PatternNode {
    var nodes = [try sequence()]
    while take("|") { nodes.append(try sequence()) }
    return nodes.count == 1 ? nodes[0] : .alternatives(nodes)
  }

  private mutating func sequence() throws(Pattern.SyntaxError) -> PatternNode {
    var nodes: [PatternNode] = []
    while let scalar = peek, scalar != "|", scalar != ")" {
      let start = position
      guard let atom = try atom() else { continue }
      nodes.append(try repetitions(of: atom, from: start))
    }
    return nodes.count == 1 ? nodes[0] : .sequence(nodes)
  }

  private mutating func repetitions(of atom: PatternNode, from start: Int) throws(Pattern.SyntaxError)
    -> PatternNode
  {
    var node = atom
    var before: Int?
    while let scalar = peek {
      let operatorStart = position
      let bounds: (least: Int, most: Int?)
      switch scalar {
      case "*": bounds = (0, nil)
      case "+": bounds = (1, nil)
      case "?": bounds = (0, 1)
      case "{":
        guard let counted = try count() else { return node }
        bounds = counted
      default: return node
      }
      if scalar != "{" { position += 1 }
      let isLazy = take("?")
      if let before { throw fail("invalid nested repetition operator", slice(before)) }
      before = operatorStart
      node = .repeated(node, least: bounds.least, most: bounds.most, isGreedy: isLazy == flags.isUngreedy)
      guard node.size <= PatternParser.sizeLimit else { throw fail("expression too large") }
    }
    return node
  }

  /// `{2}`, `{2,}`, `{2,5}`; anything else is an ordinary brace.
  private mutating func count() throws(Pattern.SyntaxError) -> (least: Int, most: Int?)? {
    let start = position
    position += 1
    guard let least = number() else {
      position = start
      return nil
    }
    var most: Int? = least
    if take(",") { most = peek == "}" ? nil : number() ?? -1 }
    guard take("}"), most != -1 else {
      position = start
      return nil
    }
    guard least <= PatternParser.repetitionLimit, (most ?? least) <= PatternParser.repetitionLimit,
      (most ?? least) >= least
    else { throw fail("invalid repeat count", slice(start)) }
    return (least, most)
  }

  private mutating func number() -> Int? {
    let start = position
    var value = 0
    while let digit = peek, (48...57).contains(digit.value), value < 100_000 {
      value = value * 10 + Int(digit.value - 48)
      position += 1
    }
    return position == start ? nil : value
  }

  private mutating func atom() throws(Pattern.SyntaxError) -> PatternNode? {
    guard let scalar = peek else { return nil }
    let start = position
    position += 1
    switch scalar {
    case "(": return try group(start)
    case "[": return .characters(folded(try characterClass(start)))
    case ".": return .characters(flags.dotMatchesNewline ? .any : .anyButNewline)
    case "^": return .assertion(flags.isMultiline ? .lineStart : .textStart)
    case "$": return .assertion(flags.isMultiline ? .lineEnd : .textEnd)
    case "*", "+", "?": throw fail("missing argument to repetition operator", slice(start))
    case "\\": return try escape(start)
    default: return .characters(folded(CharacterSet([scalar.value...scalar.value])))
    }
  }

  private func folded(_ set: CharacterSet) -> CharacterSet { flags.ignoresCase ? set.ignoringCase : set }

  private mutating func group(_ start: Int) throws(Pattern.SyntaxError) -> PatternNode? {
    depth += 1
    defer { depth -= 1 }
    guard depth <= PatternParser.depthLimit else { throw fail("expression nests too deeply") }
    let outer = flags
    if take("?") {
      if take("P") || peek == "<" {
        guard take("<"), let end = text[position...].firstIndex(of: ">"), end > position else {
          throw fail("invalid or unsupported Perl syntax", "(?" + (peek.map { String($0) } ?? ""))
        }
        let name = text[position..<end]
        guard name.allSatisfy({ CharacterSet.isWord($0) }) else {
          position = end + 1
          throw fail("invalid named capture", slice(start))
        }
        position = end + 1
      } else if !(try groupFlags(start)) {
        // Flags without a group last to the end of the group around them.
        return nil
      }
    }
    let node = try alternatives()
    guard take(")") else { throw fail("missing closing )", source) }
    flags = outer
    return node
  }

  /// Reads `i-s:`; whether a group follows.
  private mutating func groupFlags(_ start: Int) throws(Pattern.SyntaxError) -> Bool {
    var isOn = true
    while let scalar = peek {
      position += 1
      switch scalar {
      case "i": flags.ignoresCase = isOn
      case "m": flags.isMultiline = isOn
      case "s": flags.dotMatchesNewline = isOn
      case "U": flags.isUngreedy = isOn
      case "-" where isOn: isOn = false
      case ":": return true
      case ")": return false
      default: throw fail("invalid or unsupported Perl syntax", slice(start))
      }
    }
    throw fail("missing closing )", source)
  }

  private mutating func characterClass(_ start: Int) throws(Pattern.SyntaxError) -> CharacterSet {
    var set = CharacterSet([])
    let isNegated = take("^")
    var isFirst = true
    while let scalar = peek, scalar != "]" || isFirst {
      isFirst = false
      if scalar == "[", position + 1 < text.count, text[position + 1] == ":" {
        set.add(try namedClass())
        continue
      }
      let itemStart = position
      guard let low = try classItem(&set) else { continue }
      guard peek == "-", position + 1 < text.count, text[position + 1] != "]" else {
        set.add(low...low)
        continue
      }
      position += 1
      var ignored = CharacterSet([])
      guard let high = try classItem(&ignored), high >= low else {
        throw fail("invalid character class range", slice(itemStart))
      }
      set.add(low...high)
    }
    guard take("]") else { throw fail("missing closing ]", slice(start)) }
    return isNegated ? set.negated : set
  }

  /// One character of a class, or `nil` when an escape added a whole set.
  private mutating func classItem(_ set: inout CharacterSet) throws(Pattern.SyntaxError) -> UInt32? {
    guard let scalar = peek else { return nil }
    position += 1
    guard scalar == "\\" else { return scalar.value }
    switch try escaped(position - 1) {
    case .set(let inner):
      set.add(inner)
      return nil
    case .scalar(let value): return value
    }
  }

  private mutating func namedClass() throws(Pattern.SyntaxError) -> CharacterSet {
    let start = position
    guard let end = text[position...].firstIndex(of: "]"), end > position + 2, text[end - 1] == ":" else {
      position += 1
      return CharacterSet([91...91])
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: text[(position + 2)..<(end - 1)])
    var name = String(view)
    let isNegated = name.hasPrefix("^")
    if isNegated { name.removeFirst() }
    position = end + 1
    guard let ranges = PatternParser.namedClasses[name] else {
      throw fail("invalid character class range", slice(start))
    }
    return isNegated ? CharacterSet(ranges).negated : CharacterSet(ranges)
  }

  private static let namedClasses: [String: [ClosedRange<UInt32>]] = [
    "alnum": [48...57, 65...90, 97...122], "alpha": [65...90, 97...122], "ascii": [0...127],
    "blank": [9...9, 32...32], "cntrl": [0...31, 127...127], "digit": [48...57], "graph": [33...126],
    "lower": [97...122], "print": [32...126], "punct": [33...47, 58...64, 91...96, 123...126],
    "space": [9...13, 32...32], "upper": [65...90], "word": [48...57, 65...90, 95...95, 97...122],
    "xdigit": [48...57, 65...70, 97...102],
  ]

  private enum Escaped {
    case scalar(UInt32)
    case set(CharacterSet)
  }

  private mutating func escape(_ start: Int) throws(Pattern.SyntaxError) -> PatternNode {
    switch peek {
    case "A":
      position += 1
      return .assertion(.textStart)
    case "z":
      position += 1
      return .assertion(.textEnd)
    case "b":
      position += 1
      return .assertion(.wordBoundary)
    case "B":
      position += 1
      return .assertion(.noWordBoundary)
    case "Q": return quoted()
    default: break
    }
    switch try escaped(start) {
    case .scalar(let value): return .characters(folded(CharacterSet([value...value])))
    case .set(let set): return .characters(folded(set))
    }
  }

  /// `\Q…\E`
  private mutating func quoted() -> PatternNode {
    position += 1
    var nodes: [PatternNode] = []
    while let scalar = peek {
      if scalar == "\\", position + 1 < text.count, text[position + 1] == "E" {
        position += 2
        break
      }
      position += 1
      nodes.append(.characters(folded(CharacterSet([scalar.value...scalar.value]))))
    }
    return .sequence(nodes)
  }

  private mutating func escaped(_ start: Int) throws(Pattern.SyntaxError) -> Escaped {
    guard let scalar = peek else { throw fail("trailing backslash at end of expression", "") }
    position += 1
    switch scalar {
    case "d": return .set(.digits)
    case "D": return .set(CharacterSet.digits.negated)
    case "s": return .set(.space)
    case "S": return .set(CharacterSet.space.negated)
    case "w": return .set(.word)
    case "W": return .set(CharacterSet.word.negated)
    case "p", "P": return .set(try property(start, isNegated: scalar == "P"))
    case "n": return .scalar(10)
    case "r": return .scalar(13)
    case "t": return .scalar(9)
    case "f": return .scalar(12)
    case "v": return .scalar(11)
    case "a": return .scalar(7)
    case "x": return .scalar(try hexadecimal(start))
    case "0"..."7":
      // An octal number; a back reference is not supported.
      guard scalar == "0" || (peek.map { (48...55).contains($0.value) } ?? false) else { break }
      var value = scalar.value - 48
      for _ in 0..<2 {
        guard let digit = peek, (48...55).contains(digit.value) else { break }
        value = value * 8 + digit.value - 48
        position += 1
      }
      return .scalar(value)
    default:
      if scalar.value < 128, !CharacterSet.isWord(scalar) { return .scalar(scalar.value) }
    }
    throw fail("invalid escape sequence", slice(start))
  }

  private mutating func hexadecimal(_ start: Int) throws(Pattern.SyntaxError) -> UInt32 {
    var digits = ""
    if take("{") {
      while let scalar = peek, scalar != "}", digits.utf8.count < 7 {
        digits.unicodeScalars.append(scalar)
        position += 1
      }
      guard take("}") else { throw fail("invalid escape sequence", slice(start)) }
    } else {
      for _ in 0..<2 {
        if let scalar = peek { digits.unicodeScalars.append(scalar) }
        position += 1
      }
      position = min(position, text.count)
    }
    guard let value = UInt32(digits, radix: 16), value <= 0x10FFFF, !digits.hasPrefix("+") else {
      throw fail("invalid escape sequence", slice(start))
    }
    return value
  }

  private mutating func property(_ start: Int, isNegated: Bool) throws(Pattern.SyntaxError) -> CharacterSet {
    var name = ""
    if take("{") {
      while let scalar = peek, scalar != "}" {
        name.unicodeScalars.append(scalar)
        position += 1
      }
      guard take("}") else { throw fail("invalid character class range", slice(start)) }
    } else if let scalar = peek {
      name.unicodeScalars.append(scalar)
      position += 1
    }
    var isNegated = isNegated
    if name.hasPrefix("^") {
      isNegated.toggle()
      name.removeFirst()
    }
    guard let test = UnicodeClass.test(name) else {
      throw fail("invalid character class range", slice(start))
    }
    let set = CharacterSet(property: test)
    return isNegated ? set.negated : set
  }
}
