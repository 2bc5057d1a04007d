/// Takes secrets out of text that is to be shown.
enum URLRedaction {
  /// Hides everything up to the last "@", the query, and the fragment of a location that need not be
  /// well-formed; too much is better than too little.
  static func redact(location: String) -> String {
    var scheme = ""
    var rest = location[...]
    if let range = rest.firstRange(of: "://") {
      scheme = String(rest[..<range.upperBound])
      rest = rest[range.upperBound...]
    }
    if let at = rest.lastIndex(of: "@") { rest = "…\(rest[at...])" }
    if let end = rest.firstIndex(where: { "?#".contains($0) }) { rest = rest[..<end] }
    return escapedName(scheme + rest)
  }

  /// Hides the userinfo of every URL within a sentence.
  static func scrub(_ sentence: String) -> String {
    var result = ""
    var rest = sentence[...]
    while let range = rest.firstRange(of: "://") {
      result += rest[..<range.upperBound]
      rest = rest[range.upperBound...]
      let end = rest.firstIndex { $0.isWhitespace || "'\"".contains($0) } ?? rest.endIndex
      if let at = rest[..<end].lastIndex(of: "@") { rest = "…\(rest[at...])" }
    }
    return result + rest
  }
}
