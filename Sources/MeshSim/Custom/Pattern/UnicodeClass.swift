/// The classes of characters that `\p{…}` names: general categories, and the scripts that schemas use.
enum UnicodeClass {
  static func test(_ name: String) -> (@Sendable (Unicode.Scalar) -> Bool)? {
    if let categories = categories[name] { return { categories.contains($0.properties.generalCategory) } }
    guard let ranges = scripts[name] else { return nil }
    return { scalar in ranges.contains { $0.contains(scalar.value) } }
  }

  private static let categories: [String: Set<Unicode.GeneralCategory>] = {
    let single: [String: Unicode.GeneralCategory] = [
      "Lu": .uppercaseLetter, "Ll": .lowercaseLetter, "Lt": .titlecaseLetter, "Lm": .modifierLetter,
      "Lo": .otherLetter, "Mn": .nonspacingMark, "Mc": .spacingMark, "Me": .enclosingMark,
      "Nd": .decimalNumber, "Nl": .letterNumber, "No": .otherNumber, "Pc": .connectorPunctuation,
      "Pd": .dashPunctuation, "Ps": .openPunctuation, "Pe": .closePunctuation, "Pi": .initialPunctuation,
      "Pf": .finalPunctuation, "Po": .otherPunctuation, "Sm": .mathSymbol, "Sc": .currencySymbol,
      "Sk": .modifierSymbol, "So": .otherSymbol, "Zs": .spaceSeparator, "Zl": .lineSeparator,
      "Zp": .paragraphSeparator, "Cc": .control, "Cf": .format, "Co": .privateUse,
    ]
    var all: [String: Set<Unicode.GeneralCategory>] = [:]
    for (name, category) in single {
      all[name] = [category]
      all[String(name.prefix(1)), default: []].insert(category)
    }
    return all
  }()

  private static let scripts: [String: [ClosedRange<UInt32>]] = [
    "Latin": [0x41...0x5A, 0x61...0x7A, 0xAA...0xAA, 0xBA...0xBA, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2B8],
    "Greek": [0x370...0x373, 0x375...0x377, 0x37A...0x37D, 0x37F...0x37F, 0x384...0x384, 0x386...0x3FF],
    "Cyrillic": [0x400...0x484, 0x487...0x52F],
    "Han": [
      0x2E80...0x2FD5, 0x3005...0x3005, 0x3007...0x3007, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0x20000...0x2FA1F,
    ],
    "Hiragana": [0x3041...0x3096, 0x309D...0x309F], "Katakana": [0x30A1...0x30FA, 0x30FD...0x30FF],
    "Arabic": [0x600...0x604, 0x606...0x6FF], "Hebrew": [0x591...0x5F4],
  ]
}
