/// How a string can be written so that every YAML reader takes it for that string.
enum YAMLStyle {
  /// As it is.
  case plain
  /// As lines below a bar.
  case literal
  /// Between double quotes.
  case quoted

  init(of text: UnsafeBufferPointer<UInt8>) {
    if YAMLStyle.isPlain(text) {
      self = .plain
    } else {
      self = YAMLStyle.isLiteral(text) ? .literal : .quoted
    }
  }

  /// Numbers, dates and infinities of YAML 1.1 begin with a digit, a sign or a point.
  private static func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = text.first, let last = text.last, last != UInt8(ascii: ":") else { return false }
    guard first.isLetter || first == UInt8(ascii: "/") || first == UInt8(ascii: "_") else { return false }
    return text.allSatisfy(\.isWordLike) && !isAmbiguous(text)
  }

  /// Whether some reader takes the word for a Boolean or nothing.
  private static func isAmbiguous(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count <= 5 else { return false }
    let small = String(decoding: text.lazy.map { (65...90).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
    switch small {
    case "y", "n", "yes", "no", "on", "off", "true", "false", "null": return true
    default: return false
    }
  }

  /// Several lines on which nothing is hidden: no white space at an end, nothing that is not seen.
  private static func isLiteral(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let newline = UInt8(ascii: "\n")
    var isSeveral = false
    var isBlank = true
    var isASCII = true
    var previous = newline
    for byte in text {
      switch byte {
      case newline:
        if previous == UInt8(ascii: " ") { return false }
        isSeveral = true
      case UInt8(ascii: " "): break
      case 0x21...0x7E: isBlank = false
      case 0x80...:
        isBlank = false
        isASCII = false
      default: return false
      }
      previous = byte
    }
    guard isSeveral, !isBlank, previous != UInt8(ascii: " ") else { return false }
    return isASCII
      || String(decoding: text, as: UTF8.self).unicodeScalars.allSatisfy { $0 == "\n" || $0.isVisible }
  }
}

extension UInt8 {
  fileprivate var isLetter: Bool { (65...90).contains(self) || (97...122).contains(self) }

  /// A letter, a digit or one of `- . / : _`.
  fileprivate var isWordLike: Bool { isLetter || (45...58).contains(self) || self == 95 }
}

extension Unicode.Scalar {
  /// Whether a reader of YAML and a person both see the character for what it is: no control character, no mark
  /// that turns the direction of writing, no character without width.
  var isVisible: Bool {
    switch value {
    case 0x20...0x7E, 0xA0...0x200A, 0x2010...0x2027, 0x202F...0x205F, 0x2070...0xFEFE, 0xFF00...0xFFFD: true
    case 0x10000...0xDFFFF, 0xE0100...: !properties.isNoncharacterCodePoint
    default: false
    }
  }
}
