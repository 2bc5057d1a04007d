extension RegularExpressionParser {
  private static let named: [String: CharacterSet] = [
    "alnum": CharacterSet(parts: [.range(48...57), .range(65...90), .range(97...122)]),
    "alpha": CharacterSet(parts: [.range(65...90), .range(97...122)]),
    "ascii": CharacterSet(parts: [.range(0...127)]),
    "blank": CharacterSet(parts: [.range(9...9), .range(32...32)]),
    "cntrl": CharacterSet(parts: [.range(0...31), .range(127...127)]),
    "digit": .digit,
    "graph": CharacterSet(parts: [.range(33...126)]),
    "lower": CharacterSet(parts: [.range(97...122)]),
    "print": CharacterSet(parts: [.range(32...126)]),
    "punct": CharacterSet(parts: [.range(33...47), .range(58...64), .range(91...96), .range(123...126)]),
    "space": CharacterSet(parts: [.range(9...13), .range(32...32)]),
    "upper": CharacterSet(parts: [.range(65...90)]),
    "word": .word,
    "xdigit": CharacterSet(parts: [.range(48...57), .range(65...70), .range(97...102)]),
  ]

  /// What stands between brackets.
  mutating func characterClass(ignoresCase: Bool) throws -> CharacterSet {
    let start = position
    position += 1
    var set = CharacterSet(parts: [])
    set.ignoresCase = ignoresCase
    if next == "^" {
      set.isNegated = true
      position += 1
    }
    var isFirst = true
    while let scalar = next, scalar != "]" || isFirst {
      isFirst = false
      if looksAt("[:"), let end = closing(":]") {
        let isNegated = looksAt("[:^")
        guard let named = Self.named[text(position + (isNegated ? 3 : 2), end)] else {
          throw RegularExpressionError("invalid character class range", text(position, end + 2))
        }
        set.parts.append(.set(isNegated ? named.negated : named))
        position = end + 2
        continue
      }
      if let inner = try perlClass() {
        set.parts.append(.set(inner))
        continue
      }
      let rangeStart = position
      let low = try classCharacter(of: start)
      guard next == "-", position + 1 < pattern.count, pattern[position + 1] != "]" else {
        set.parts.append(.range(low.value...low.value))
        continue
      }
      position += 1
      let high = try classCharacter(of: start)
      guard low <= high else {
        throw RegularExpressionError("invalid character class range", text(rangeStart, position))
      }
      set.parts.append(.range(low.value...high.value))
    }
    guard next == "]" else { throw RegularExpressionError("missing closing ]", text(start, pattern.count)) }
    position += 1
    return set
  }

  /// A backslash and what follows, outside brackets.
  mutating func escape(ignoresCase: Bool) throws -> RegularExpressionTree {
    if let set = try perlClass() { return .characters(set) }
    let place: TextPlace? =
      switch position + 1 < pattern.count ? pattern[position + 1] : "\\" {
      case "A": .start
      case "z": .end
      case "b": .wordBoundary
      case "B": .noWordBoundary
      default: nil
      }
    if let place {
      position += 2
      return .place(place)
    }
    return .characters(CharacterSet(try escapedCharacter(), ignoresCase: ignoresCase))
  }

  private func closing(_ end: String) -> Int? {
    (position..<max(position, pattern.count - 1)).first { pattern[$0...].starts(with: end.unicodeScalars) }
  }

  private mutating func classCharacter(of start: Int) throws -> Unicode.Scalar {
    guard let scalar = next else {
      throw RegularExpressionError("missing closing ]", text(start, pattern.count))
    }
    if scalar == "\\" { return try escapedCharacter() }
    position += 1
    return scalar
  }

  private mutating func perlClass() throws -> CharacterSet? {
    guard next == "\\", position + 1 < pattern.count else { return nil }
    let set: CharacterSet
    switch pattern[position + 1] {
    case "d": set = .digit
    case "D": set = .digit.negated
    case "w": set = .word
    case "W": set = .word.negated
    case "s": set = .space
    case "S": set = .space.negated
    case "p", "P": return try category()
    default: return nil
    }
    position += 2
    return set
  }

  private mutating func category() throws -> CharacterSet {
    let start = position
    var isNegated = pattern[position + 1] == "P"
    position += 2
    var name = next.map { String($0) } ?? ""
    position = min(position + 1, pattern.count)
    if name == "{" {
      let end = pattern[position...].firstIndex(of: "}") ?? pattern.count
      name = text(position, end)
      position = min(end + 1, pattern.count)
    }
    if name.hasPrefix("^") {
      isNegated.toggle()
      name.removeFirst()
    }
    guard name == "Any" || Unicode.Scalar.generalCategories.contains(name) else {
      throw RegularExpressionError("invalid character class range", text(start, position))
    }
    let set = CharacterSet(parts: [name == "Any" ? .range(0...0x10FFFF) : .category(name)])
    return isNegated ? set.negated : set
  }

  private mutating func escapedCharacter() throws -> Unicode.Scalar {
    let start = position
    guard position + 1 < pattern.count else {
      throw RegularExpressionError("trailing backslash at end of expression", "")
    }
    let scalar = pattern[position + 1]
    position += 2
    switch scalar {
    case "a": return "\u{7}"
    case "f": return "\u{C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "v": return "\u{B}"
    case "0": return octal(upTo: 2, from: 0)
    case "1"..."7" where next.map { ("0"..."7").contains($0) } == true:
      return octal(upTo: 2, from: scalar.value - 48)
    case "x": if let value = hexadecimal() { return value }
    default:
      if scalar.value < 128, !CharacterSet.word.contains(scalar) || scalar == "_" { return scalar }
    }
    throw RegularExpressionError("invalid escape sequence", text(start, position))
  }

  private mutating func octal(upTo digits: Int, from first: UInt32) -> Unicode.Scalar {
    var value = first
    for _ in 0..<digits {
      guard let digit = next, ("0"..."7").contains(digit) else { break }
      value = value * 8 + digit.value - 48
      position += 1
    }
    return Unicode.Scalar(value) ?? "\0"
  }

  private mutating func hexadecimal() -> Unicode.Scalar? {
    let digits: String
    if next == "{" {
      guard let end = pattern[position...].firstIndex(of: "}") else { return nil }
      digits = text(position + 1, end)
      position = end + 1
    } else {
      digits = text(position, position + 2)
      position = min(position + 2, pattern.count)
      guard digits.count == 2 else { return nil }
    }
    return UInt32(digits, radix: 16).flatMap { digits.hasPrefix("+") ? nil : Unicode.Scalar($0) }
  }
}
