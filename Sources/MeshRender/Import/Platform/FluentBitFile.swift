/// A configuration of Fluent Bit in its classic form.
struct FluentBitFile {
  /// One section, with the line it begins at.
  struct Section {
    let name: String
    var settings: [(key: String, value: String)] = []

    /// The value of a setting, whatever its letters' case.
    subscript(key: String) -> String? {
      settings.first { $0.key.lowercased() == key.lowercased() }?.value
    }
  }

  let sections: [Section]

  init(_ text: String) {
    var sections: [Section] = []
    for line in text.split(whereSeparator: \.isNewline) {
      let trimmed = line.trimmed
      if trimmed.hasPrefix("#") || trimmed.isEmpty { continue }
      if trimmed.hasPrefix("["), let end = trimmed.firstIndex(of: "]") {
        sections.append(Section(name: trimmed[trimmed.index(after: trimmed.startIndex)..<end].uppercased()))
        continue
      }
      let words = trimmed.split(maxSplits: 1, whereSeparator: \.isWhitespace)
      guard let key = words.first, !sections.isEmpty else { continue }
      sections[sections.count - 1].settings.append((String(key), words.count > 1 ? words[1].trimmed : ""))
    }
    self.sections = sections
  }

  /// The sections of a kind.
  func all(_ name: String) -> [Section] { sections.filter { $0.name == name } }
}
