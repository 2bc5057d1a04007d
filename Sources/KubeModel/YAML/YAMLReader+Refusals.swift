internal import Yams

extension YAMLReader {
  func tooDeep(_ place: Place) -> YAMLError {
    YAMLError(message: "nested deeper than \(depthLimit)", place: place, remedy: "flatten the document")
  }

  func twice(_ key: String, place: Place) -> YAMLError {
    YAMLError(
      message: "the key \(key.shownBriefly) stands twice", place: place, remedy: "remove one of the two")
  }

  /// Names the first byte that is not UTF-8, or the encoding that a byte order mark tells.
  func notUTF8(_ bytes: [UInt8], file: String) -> YAMLError {
    let isUTF16 = bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE])
    // What is not UTF-8 becomes a replacement character, so the two differ first where it starts.
    let repaired = String(decoding: bytes, as: UTF8.self).utf8
    let valid = zip(bytes, repaired).enumerated().first { $1.0 != $1.1 }?.offset ?? bytes.count
    return YAMLError(
      message: "the file is not UTF-8", place: place(ofByte: isUTF16 ? 0 : valid, in: bytes, file: file),
      remedy: isUTF16 ? "it looks like UTF-16; save it as UTF-8" : "save it as UTF-8")
  }

  func strayMark(_ text: String, file: String) -> YAMLError {
    let bytes = Array(text.utf8)
    let offset = bytes.indices.dropFirst().first { bytes[$0...].starts(with: [0xEF, 0xBB, 0xBF]) } ?? 0
    return YAMLError(
      message: "a byte order mark (U+FEFF) in the midst of the text",
      place: place(ofByte: offset, in: bytes, file: file),
      remedy: "remove it, or write it as \\uFEFF in double quotes")
  }

  /// Refuses what ends a line in YAML 1.1 and is text in YAML 1.2: what one reader takes for a comment is an
  /// entry to another.
  func checkLineEnds(_ text: String, file: String) throws {
    guard let found = text.unicodeScalars.first(where: \.isOldLineEnd) else { return }
    let offset = text.utf8.distance(
      from: text.startIndex, to: text.unicodeScalars.firstIndex(of: found) ?? text.startIndex)
    let code = String(found.value, radix: 16, uppercase: true)
    let padded = String(repeating: "0", count: 4 - min(4, code.count)) + code
    throw YAMLError(
      message: "U+\(padded) ends a line in YAML 1.1 only",
      place: place(ofByte: offset, in: Array(text.utf8), file: file),
      remedy: "remove it, or write it as \\u\(padded) in double quotes")
  }

  private func place(ofByte offset: Int, in bytes: [UInt8], file: String) -> Place {
    let before = bytes.prefix(offset)
    let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let line = before.count { $0 == UInt8(ascii: "\n") } + 1
    // A scalar has one byte that does not go on from another.
    let column = before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1
    return Place(file: file, line: line, column: column)
  }

  func describe(_ error: YamlError, bytes: [UInt8], file: String) -> YAMLError {
    func at(_ mark: Mark) -> Place { Place(file: file, line: mark.line, column: mark.column) }
    let start = Place(file: file, line: 1, column: 1)
    switch error {
    case .scanner(let context?, let problem, _, _) where problem.contains("unexpected"):
      return YAMLError(
        message: "invalid YAML: what starts here is not closed", place: at(context.mark),
        remedy: remedy(for: problem))
    case .scanner(_, let problem, let mark, _):
      return YAMLError(message: "invalid YAML: \(problem)", place: at(mark), remedy: remedy(for: problem))
    case .parser(_, let problem, let mark, _) where problem.contains("nesting level"):
      return tooDeep(at(mark))
    case .parser(let context?, let problem, let mark, _) where problem.contains("expected ','"):
      return YAMLError(
        message: "invalid YAML: \(problem); the bracket opens at \(context.mark.line):\(context.mark.column)",
        place: at(mark), remedy: remedy(for: problem))
    case .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
      return YAMLError(message: "invalid YAML: \(problem)", place: at(mark), remedy: remedy(for: problem))
    case .reader(let problem, let offset, _, _):
      return YAMLError(
        message: "invalid YAML: \(problem)" + (offset.map { " at byte \($0)" } ?? ""),
        place: offset.map { place(ofByte: $0, in: bytes, file: file) } ?? start,
        remedy: "remove the character, or write it as an escape in double quotes")
    case .duplicatedKeysInMapping(let duplicates, let context):
      return twice(duplicates.first.map(String.init(describing:)) ?? "", place: at(context.mark))
    default:
      return YAMLError(message: "invalid YAML: \(error)", place: start, remedy: nil)
    }
  }

  private func remedy(for problem: String) -> String {
    let remedies = [
      ("cannot start any token", "indent with spaces, not tabs, and quote text that starts with @, ` or %"),
      ("tab character", "indent with spaces, not tabs, and quote text that starts with @, ` or %"),
      ("unexpected end of stream", "close the quote"),
      ("unexpected document indicator", "close the quote"),
      ("alphabetic or numeric", "quote text that starts with * or &"),
      ("undefined alias", "define the anchor before it, or quote text that starts with *"),
      ("undefined tag handle", "remove the tag, or quote text that starts with !"),
      ("Unicode character escape", "write the character itself, or as \\U and eight digits"),
      ("escape", "use single quotes, or write \\\\ for a backslash"),
      ("mapping values are not allowed", "quote text that holds a colon, and check the indentation"),
      ("incompatible YAML document", "remove the line with %YAML"),
      ("directive", "remove the line that starts with %, or quote the text"),
      ("<document start>", "write --- after the lines that start with %, or keep one text a file"),
      ("']'", "close the bracket"),
      ("'}'", "close the brace"),
    ]
    return remedies.first { problem.contains($0.0) }?.1 ?? "check the indentation"
  }
}

extension Unicode.Scalar {
  /// Whether libyaml ends a line at it although YAML 1.2 does not.
  var isOldLineEnd: Bool { self == "\u{85}" || self == "\u{2028}" || self == "\u{2029}" }
}

extension String {
  /// The text as it stands, or its start in quotes where it is long or holds what a terminal obeys.
  var shownBriefly: String {
    let isTame = unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    guard !isTame || utf8.count > 80 else { return self }
    let start = unicodeScalars.prefix(40).map { $0.escaped(asASCII: false) }.joined()
    return "\"" + start + (unicodeScalars.count > 40 ? "…" : "") + "\""
  }
}
