/// A regular expression as it was read.
indirect enum RegularExpressionTree: Sendable {
  case empty
  case characters(CharacterSet)
  case place(TextPlace)
  case group(RegularExpressionTree, number: Int?)
  case sequence([RegularExpressionTree])
  case choice([RegularExpressionTree])
  case repeated(RegularExpressionTree, least: Int, most: Int?, isGreedy: Bool)
}

/// A place in a text that takes no characters.
enum TextPlace: Sendable {
  case start, end, lineStart, lineEnd, wordBoundary, noWordBoundary

  func holds(at position: Int, of text: [Unicode.Scalar]) -> Bool {
    switch self {
    case .start: position == 0
    case .end: position == text.count
    case .lineStart: position == 0 || text[position - 1] == "\n"
    case .lineEnd: position == text.count || text[position] == "\n"
    case .wordBoundary: isBoundary(position, text)
    case .noWordBoundary: !isBoundary(position, text)
    }
  }

  private func isBoundary(_ position: Int, _ text: [Unicode.Scalar]) -> Bool {
    let before = position > 0 && CharacterSet.word.contains(text[position - 1])
    let after = position < text.count && CharacterSet.word.contains(text[position])
    return before != after
  }
}

/// The characters that one place of a pattern takes.
struct CharacterSet: Sendable {
  enum Part: Sendable {
    case range(ClosedRange<UInt32>)
    case set(CharacterSet)
    /// A general category of Unicode, by its one or two letters.
    case category(String)
  }

  var parts: [Part]
  var isNegated = false
  var ignoresCase = false

  static let digit = CharacterSet(parts: [.range(48...57)])
  static let word = CharacterSet(parts: [.range(48...57), .range(65...90), .range(95...95), .range(97...122)])
  static let space = CharacterSet(parts: [.range(9...10), .range(12...13), .range(32...32)])

  init(parts: [Part]) { self.parts = parts }

  init(_ scalar: Unicode.Scalar, ignoresCase: Bool = false) {
    parts = [.range(scalar.value...scalar.value)]
    self.ignoresCase = ignoresCase
  }

  var negated: CharacterSet {
    var copy = self
    copy.isNegated.toggle()
    return copy
  }

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    var holds = includes(scalar)
    if ignoresCase, !holds {
      holds = [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping].contains { mapped in
        mapped.unicodeScalars.count == 1 && mapped.unicodeScalars.first.map(includes) == true
      }
    }
    return holds != isNegated
  }

  private func includes(_ scalar: Unicode.Scalar) -> Bool {
    parts.contains { part in
      switch part {
      case .range(let range): range.contains(scalar.value)
      case .set(let set): set.contains(scalar)
      case .category(let name): scalar.generalCategoryLetters.hasPrefix(name)
      }
    }
  }
}

extension Unicode.Scalar {
  /// The letters of its general category, such as `Lu`.
  fileprivate var generalCategoryLetters: String {
    switch properties.generalCategory {
    case .uppercaseLetter: "Lu"
    case .lowercaseLetter: "Ll"
    case .titlecaseLetter: "Lt"
    case .modifierLetter: "Lm"
    case .otherLetter: "Lo"
    case .nonspacingMark: "Mn"
    case .spacingMark: "Mc"
    case .enclosingMark: "Me"
    case .decimalNumber: "Nd"
    case .letterNumber: "Nl"
    case .otherNumber: "No"
    case .connectorPunctuation: "Pc"
    case .dashPunctuation: "Pd"
    case .openPunctuation: "Ps"
    case .closePunctuation: "Pe"
    case .initialPunctuation: "Pi"
    case .finalPunctuation: "Pf"
    case .otherPunctuation: "Po"
    case .mathSymbol: "Sm"
    case .currencySymbol: "Sc"
    case .modifierSymbol: "Sk"
    case .otherSymbol: "So"
    case .spaceSeparator: "Zs"
    case .lineSeparator: "Zl"
    case .paragraphSeparator: "Zp"
    case .control: "Cc"
    case .format: "Cf"
    case .surrogate: "Cs"
    case .privateUse: "Co"
    case .unassigned: "Cn"
    @unknown default: "Cn"
    }
  }

  static let generalCategories: Set<String> = [
    "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Ps",
    "Pe", "Pi", "Pf", "Po", "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp", "C", "Cc", "Cf", "Co",
  ]
}
