/// A name from a repository, in quotation marks and safe for a terminal.
func quotedName(_ name: some StringProtocol) -> String { "\"\(escapedName(name))\"" }

/// A name with control and formatting characters spelled out, and cut when it is long.
func escapedName(_ name: some StringProtocol) -> String {
  let scalars = name.unicodeScalars
  let shown = scalars.prefix(maxShownScalars).map { scalar in
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned:
      "\\u{\(String(scalar.value, radix: 16))}"
    default: String(scalar)
    }
  }
  return shown.joined() + (scalars.dropFirst(maxShownScalars).isEmpty ? "" : "…")
}

private let maxShownScalars = 300
