/// Reads RE2's syntax; the words of its errors are RE2's too, because users see them.
struct RegularExpressionParser {
  private static let deepest = 60
  let pattern: [Unicode.Scalar]
  var position = 0
  var groupNames: [String?] = [nil]
  private var flags = Flags()
  private var depth = 0

  private struct Flags {
    var ignoresCase = false
    var dotTakesNewline = false
    var isMultiline = false
    var isUngreedy = false
  }

  init(_ pattern: String) { self.pattern = Array(pattern.unicodeScalars) }

  mutating func parse() throws -> RegularExpressionTree {
    let tree = try choice()
    guard position == pattern.count else {
      throw RegularExpressionError("unexpected )", text(0, pattern.count))
    }
    return tree
  }

  func text(_ start: Int, _ end: Int) -> String {
    String(String.UnicodeScalarView(pattern[start..<min(end, pattern.count)]))
  }

  var next: Unicode.Scalar? { position < pattern.count ? pattern[position] : nil }

  func looksAt(_ text: String) -> Bool { pattern[position...].starts(with: text.unicodeScalars) }

  private mutating func choice() throws -> RegularExpressionTree {
    var branches = [try sequence()]
    while next == "|" {
      position += 1
      branches.append(try sequence())
    }
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func sequence() throws -> RegularExpressionTree {
    var parts: [RegularExpressionTree] = []
    /// Where the repetition just before began.
    var repetition: Int? = nil
    while let scalar = next, scalar != "|", scalar != ")" {
      let start = position
      if looksAt("\\Q") {
        parts += quoted()
      } else if let bounds = try repetitionBounds() {
        if let repetition {
          throw RegularExpressionError("invalid nested repetition operator", text(repetition, position))
        }
        guard let part = parts.popLast() else {
          throw RegularExpressionError("missing argument to repetition operator", text(start, position))
        }
        parts.append(try repeated(part, bounds, from: start))
        repetition = start
        continue
      } else if let part = try atom() {
        parts.append(part)
      }
      repetition = nil
    }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private mutating func quoted() -> [RegularExpressionTree] {
    position += 2
    var parts: [RegularExpressionTree] = []
    while let scalar = next, !looksAt("\\E") {
      parts.append(.characters(CharacterSet(scalar, ignoresCase: flags.ignoresCase)))
      position += 1
    }
    position = min(position + 2, pattern.count)
    return parts
  }

  private mutating func atom() throws -> RegularExpressionTree? {
    guard let scalar = next else { return nil }
    switch scalar {
    case "(": return try group()
    case "[": return .characters(try characterClass(ignoresCase: flags.ignoresCase))
    case ".":
      position += 1
      let newline = CharacterSet("\n").negated
      return .characters(flags.dotTakesNewline ? CharacterSet(parts: [.range(0...0x10FFFF)]) : newline)
    case "^":
      position += 1
      return .place(flags.isMultiline ? .lineStart : .start)
    case "$":
      position += 1
      return .place(flags.isMultiline ? .lineEnd : .end)
    case "\\": return try escape(ignoresCase: flags.ignoresCase)
    default:
      position += 1
      return .characters(CharacterSet(scalar, ignoresCase: flags.ignoresCase))
    }
  }

  private mutating func group() throws -> RegularExpressionTree? {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      throw RegularExpressionError("expression nests too deeply", text(0, pattern.count))
    }
    let outer = flags
    var number: Int? = nil
    if looksAt("(?P<") {
      number = groupNames.count
      groupNames.append(try groupName())
    } else if looksAt("(?") {
      guard try readFlags() else { return nil }
    } else {
      position += 1
      number = groupNames.count
      groupNames.append(nil)
    }
    let inner = try choice()
    guard next == ")" else { throw RegularExpressionError("missing closing )", text(0, pattern.count)) }
    position += 1
    flags = outer
    return .group(inner, number: number)
  }

  private mutating func groupName() throws -> String {
    let start = position
    guard let end = pattern[start...].firstIndex(of: ">") else {
      throw RegularExpressionError("invalid named capture", text(start, pattern.count))
    }
    let name = text(start + 4, end)
    guard !name.isEmpty, name.unicodeScalars.allSatisfy(CharacterSet.word.contains) else {
      throw RegularExpressionError("invalid named capture", text(start, end + 1))
    }
    position = end + 1
    return name
  }

  /// Reads `(?flags:` or `(?flags)`.
  ///
  /// - Returns: whether a group follows; otherwise the flags hold for the rest of the group around.
  private mutating func readFlags() throws -> Bool {
    let start = position
    position += 2
    var (value, any) = (true, false)
    while let scalar = next {
      position += 1
      switch scalar {
      case "i": flags.ignoresCase = value
      case "s": flags.dotTakesNewline = value
      case "m": flags.isMultiline = value
      case "U": flags.isUngreedy = value
      case "-" where value:
        (value, any) = (false, false)
        continue
      case ":" where value || any: return true
      case ")" where value || any: return false
      default:
        throw RegularExpressionError("invalid or unsupported Perl syntax", text(start, position))
      }
      any = true
    }
    throw RegularExpressionError("missing closing )", text(0, pattern.count))
  }

  private struct Bounds {
    var least: Int
    var most: Int?
    var isGreedy = true
  }

  /// A repetition operator; `nil` when there is none.
  private mutating func repetitionBounds() throws -> Bounds? {
    let start = position
    var bounds: Bounds
    switch next {
    case "*": bounds = Bounds(least: 0, most: nil)
    case "+": bounds = Bounds(least: 1, most: nil)
    case "?": bounds = Bounds(least: 0, most: 1)
    case "{":
      guard let (least, most) = try self.bounds() else {
        position = start
        return nil
      }
      position -= 1
      bounds = Bounds(least: least, most: most)
    default: return nil
    }
    position += 1
    bounds.isGreedy = !flags.isUngreedy
    if next == "?" {
      bounds.isGreedy.toggle()
      position += 1
    }
    return bounds
  }

  private func repeated(
    _ part: RegularExpressionTree, _ bounds: Bounds, from start: Int
  ) throws -> RegularExpressionTree {
    let tree = RegularExpressionTree.repeated(
      part, least: bounds.least, most: bounds.most, isGreedy: bounds.isGreedy)
    guard tree.copies <= 1_000 else {
      let end = text(start, position).hasSuffix("}?") ? position - 1 : position
      throw RegularExpressionError("invalid repeat count", text(start, end))
    }
    return tree
  }

  /// `{n}`, `{n,}` or `{n,m}`; `nil` for a brace that is just a character.
  private mutating func bounds() throws -> (least: Int, most: Int?)? {
    let start = position
    position += 1
    guard let least = number() else { return nil }
    var most: Int? = least
    if next == "," {
      position += 1
      most = next == "}" ? nil : number()
      if most == nil, next != "}" { return nil }
    }
    guard next == "}" else { return nil }
    position += 1
    guard least <= 1_000, (most ?? least) <= 1_000, (most ?? least) >= least else {
      throw RegularExpressionError("invalid repeat count", text(start, position))
    }
    return (least, most)
  }

  private mutating func number() -> Int? {
    var value: Int? = nil
    while let scalar = next, (48...57).contains(scalar.value) {
      value = min((value ?? 0) * 10 + Int(scalar.value - 48), 10_000)
      position += 1
    }
    return value
  }
}

extension RegularExpressionTree {
  /// How often the most repeated part of it is there once repetitions are written out.
  fileprivate var copies: Int {
    switch self {
    case .empty, .characters, .place: 1
    case .group(let inner, _): inner.copies
    case .sequence(let parts), .choice(let parts): parts.reduce(1) { max($0, $1.copies) }
    case .repeated(let inner, let least, let most, _): max(1, most ?? least) * inner.copies
    }
  }
}
