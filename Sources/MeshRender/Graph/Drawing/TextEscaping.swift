extension String {
  /// The text on one line, without the characters that no document should have: controls, and those that
  /// turn the direction of writing around and so could make a name read as another.
  var onOneLine: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.map { scalar in
          switch scalar.value {
          case 0x9, 0xA, 0xD, 0x85, 0x2028, 0x2029: " "
          case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069, 0xFFFE, 0xFFFF, 0xFEFF: "\u{FFFD}"
          default: scalar
          }
        }))
  }

  /// The text on one line and of a length that other programs bear: Graphviz takes no text of 16 KiB.
  var shortLine: String {
    let line = unicodeScalars.prefix(201)
    return line.count <= 200 ? onOneLine : String(String.UnicodeScalarView(line.dropLast())).onOneLine + "…"
  }

  /// The text as the content or an attribute's value of XML.
  var xmlEscaped: String {
    var escaped = ""
    for scalar in onOneLine.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
