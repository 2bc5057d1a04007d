/// A section of Fluent Bit's classic configuration.
struct FluentBitSection {
  /// What it configures, such as `INPUT`.
  let name: String
  /// Keys and values in the order of writing.
  var entries: [(key: String, value: String)]

  init(_ name: String, _ entries: [(key: String, value: String)]) {
    self.name = name
    self.entries = entries
  }

  /// Sections with aligned values.
  static func text(_ sections: [FluentBitSection]) -> String {
    sections.map { section in
      let width = section.entries.map(\.key.count).max() ?? 0
      return "[\(section.name)]\n"
        + section.entries.map { entry in
          let gap = String(repeating: " ", count: width - entry.key.count + 2)
          return "    \(entry.key)\(gap)\(entry.value)\n"
        }.joined()
    }.joined(separator: "\n")
  }

  /// `On` or `Off`.
  static func flag(_ isOn: Bool) -> String { isOn ? "On" : "Off" }
}
