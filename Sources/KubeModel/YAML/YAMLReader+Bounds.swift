internal import Yams

/// What is left of the bounds while a text is read, and what stands in for byte order marks.
struct ReadState {
  var nodes: Int
  var bytes: Int
  let mark: ByteOrderMark
}

extension YAMLReader {
  /// Counts a node, so that aliases cannot multiply a short text beyond the bounds.
  func spend(on node: Node, state: inout ReadState, place: Place) throws {
    state.nodes -= 1
    if case .scalar(let scalar) = node { state.bytes -= scalar.string.utf8.count }
    guard state.nodes >= 0, state.bytes >= 0 else {
      let bound = state.nodes < 0 ? "\(nodeLimit) values" : "\(textLimit) bytes of text"
      throw YAMLError(
        message: "more than \(bound), counting each use of an alias", place: place,
        remedy: "write fewer aliases, or split the file")
    }
  }

  /// Bounds nesting before Yams sees the text, because Yams builds its tree recursively: by the brackets
  /// that are open at once and by the dashes a line starts with. What hides brackets in quotes or comments,
  /// or nests by indentation, is stopped by libyaml at 1,000 levels and then by `depthLimit`.
  func checkNesting(_ text: String, file: String) throws {
    var open = 0
    var line = 1
    var column = 0
    var entries = 0
    var isLeading = true
    var mayBeEntry = false
    for byte in text.utf8 {
      if mayBeEntry, isLeading, byte == UInt8(ascii: " ") { entries += 1 }
      mayBeEntry = false
      switch byte {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        line += byte == UInt8(ascii: "\n") ? 1 : 0
        column = 0
        entries = 0
        isLeading = true
        continue
      case UInt8(ascii: "["), UInt8(ascii: "{"): open += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): open = max(0, open - 1)
      case UInt8(ascii: "-"), UInt8(ascii: "?"): mayBeEntry = true
      case UInt8(ascii: " "): break
      default: isLeading = false
      }
      column += 1
      // A bracket inside a scalar counts too; 10 times the limit leaves room for prose.
      if open > depthLimit * 10 || entries > depthLimit {
        throw tooDeep(Place(file: file, line: line, column: column))
      }
    }
  }

  /// Yams hashes every key of a mapping, and hashing a key made of nested aliases takes for ever. Keys are
  /// scalars here anyway, so a text with anchors and more than a few aliases must not hold what looks like
  /// another key. libyaml takes only letters, digits, `-` and `_` for names, so `* * *` is no alias.
  func checkKeys(_ text: String, file: String) throws {
    guard text.utf8.contains(UInt8(ascii: "*")) else { return }
    var aliases = 0
    var anchors = 0
    var line = 1
    var keyLine: Int?
    var isAlias = false
    var mark: UInt8?
    var previous = UInt8(ascii: "\n")
    var solid = UInt8(ascii: "\n")
    for byte in text.utf8 {
      if let sign = mark, byte.isAnchorName {
        if sign == UInt8(ascii: "*") { aliases += 1 } else { anchors += 1 }
        isAlias = isAlias || sign == UInt8(ascii: "*")
      }
      mark = nil
      if previous == UInt8(ascii: "?"), " \t\r\n[{*&!".utf8.contains(byte) { keyLine = keyLine ?? line }
      switch byte {
      case UInt8(ascii: "*"), UInt8(ascii: "&"):
        if " \t\r\n[{,:?".utf8.contains(previous) { mark = byte }
      case UInt8(ascii: ":") where isAlias || solid == UInt8(ascii: "]") || solid == UInt8(ascii: "}"):
        keyLine = keyLine ?? line
      case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ","):
        isAlias = false
      case UInt8(ascii: "\n"):
        line += 1
        isAlias = false  // what stands before a colon, stands on its line
      default: break
      }
      previous = byte
      if !" \t\r".utf8.contains(byte) { solid = byte }
    }
    guard anchors > 0, aliases > 24, let keyLine else { return }
    throw YAMLError(
      message: "a key that may be a list, a mapping or an alias, in a text with \(aliases) aliases",
      place: Place(file: file, line: keyLine, column: 1), remedy: "write keys as strings, and fewer aliases")
  }
}

extension UInt8 {
  /// Whether libyaml takes the byte for part of an anchor's name.
  fileprivate var isAnchorName: Bool {
    (48...57).contains(self) || (65...90).contains(self) || (97...122).contains(self)
      || self == UInt8(ascii: "-") || self == UInt8(ascii: "_")
  }
}
