/// A text from the outside as messages show it: in quotes, on one line, at most 60 characters.
func shown(_ text: some StringProtocol) -> String {
  let escaped = text.unicodeScalars.prefix(61).map { scalar -> String in
    scalar.value < 32 || scalar.value == 127 || (128..<160).contains(scalar.value)
      ? scalar.escaped(asASCII: true) : String(scalar)
  }
  return "\"" + escaped.prefix(60).joined() + (escaped.count > 60 ? "…" : "") + "\""
}

/// Names as a list: `a, b or c`.
func alternatives(_ names: some Sequence<String>, last: String = "or") -> String {
  let names = Array(names)
  guard names.count > 1, let end = names.last else { return names.first ?? "" }
  return names.dropLast().joined(separator: ", ") + " \(last) " + end
}
