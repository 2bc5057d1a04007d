import KubeModel

extension LabelQuery {
  /// Reads a selector.
  ///
  /// - Throws: 400 with the words of Kubernetes' parser.
  init(_ text: String) throws(StatusError) {
    var reader = LabelQueryReader(text)
    requirements = try reader.requirements()
  }
}

/// Reads label selectors as `labels.Parse` does, to the words of its errors.
private struct LabelQueryReader {
  private enum Token: Hashable {
    case end, comma, open, close
    case equals(String)
    case notEquals, greater, less, bang
    case word(String)

    var text: String {
      switch self {
      case .end: ""
      case .comma: ","
      case .open: "("
      case .close: ")"
      case .equals(let text): text
      case .notEquals: "!="
      case .greater: ">"
      case .less: "<"
      case .bang: "!"
      case .word(let text): text
      }
    }
  }

  private let text: [UInt8]
  private var position = 0
  private static let special = Set("=!(),<>".utf8)

  init(_ text: String) { self.text = Array(text.utf8) }

  mutating func requirements() throws(StatusError) -> [(key: String, requirement: LabelQuery.Requirement)] {
    var all: [(key: String, requirement: LabelQuery.Requirement)] = []
    while true {
      switch peek() {
      case .word, .bang:
        do throws(StatusError) {
          all.append(try requirement())
        } catch {
          throw .badRequest("unable to parse requirement: \(error.message)")
        }
        switch next() {
        case .end: return all.sorted { $0.key < $1.key }
        case .comma:
          switch peek() {
          case .word, .bang: break
          case let found: throw failure(found, "identifier after ','")
          }
        case let found: throw failure(found, "',' or 'end of string'")
        }
      case .end: return all.sorted { $0.key < $1.key }
      case let found: throw failure(found, "!, identifier, or 'end of string'")
      }
    }
  }

  private mutating func requirement() throws(StatusError) -> (
    key: String, requirement: LabelQuery.Requirement
  ) {
    var isAbsent = false
    if peek() == .bang {
      _ = next()
      isAbsent = true
    }
    let first = next()
    guard case .word(let key) = first else { throw failure(first, "identifier") }
    if let problem = LabelForm.problem(ofKey: key) { throw invalid(key, problem) }
    switch peek() {
    case .end, .comma: return (key, isAbsent ? .doesNotExist : .exists)
    default: break
    }
    guard !isAbsent else { throw failure(next(), "',' or 'end of string'") }
    return (key, try comparison())
  }

  private mutating func comparison() throws(StatusError) -> LabelQuery.Requirement {
    let sign = next()
    switch sign {
    case .equals: return .isIn([try value()])
    case .notEquals: return .isNotIn([try value()])
    case .greater: return .isGreater(try number())
    case .less: return .isLess(try number())
    case .word("in"): return .isIn(try values())
    case .word("notin"): return .isNotIn(try values())
    default: throw failure(sign, "in, notin, =, ==, !=, gt, lt")
    }
  }

  private mutating func value() throws(StatusError) -> String {
    switch peek() {
    case .end, .comma: return ""
    case .word(let value):
      _ = next()
      return try checked(value)
    case let found: throw failure(found, "identifier")
    }
  }

  private mutating func number() throws(StatusError) -> Int64 {
    let text = try value()
    guard let number = Int64(text) else {
      throw .badRequest("for 'Gt', 'Lt' operators, the value must be an integer")
    }
    return number
  }

  private mutating func values() throws(StatusError) -> [String] {
    let open = next()
    guard open == .open else { throw failure(open, "'('") }
    var values: [String] = []
    var expectsValue = true
    while true {
      let token = next()
      switch token {
      case .word(let value):
        values.append(try checked(value))
        expectsValue = false
        switch peek() {
        case .comma, .close: break
        case let found: throw failure(found, "',' or ')'")
        }
      case .comma:
        if expectsValue { values.append("") }
        expectsValue = true
        if peek() == .close { values.append("") }
      case .close:
        if values.isEmpty { values.append("") }
        return values
      default: throw failure(token, "',', ')' or identifier")
      }
    }
  }

  private func checked(_ value: String) throws(StatusError) -> String {
    if let problem = LabelForm.problem(ofValue: value) { throw invalid(value, problem) }
    return value
  }

  private func failure(_ found: Token, _ expected: String) -> StatusError {
    .badRequest("found '\(found.text)', expected: \(expected)")
  }

  private func invalid(_ value: String, _ problem: String) -> StatusError {
    .badRequest("<nil>: Invalid value: \(JSONValue.string(value).jsonText()): \(problem)")
  }

  // MARK: Tokens

  private mutating func peek() -> Token {
    let start = position
    defer { position = start }
    return next()
  }

  private mutating func next() -> Token {
    while position < text.count, [0x20, 0x09, 0x0D, 0x0A].contains(text[position]) { position += 1 }
    guard position < text.count else { return .end }
    let start = position
    while position < text.count {
      let byte = text[position]
      if LabelQueryReader.special.contains(byte) || [0x20, 0x09, 0x0D, 0x0A].contains(byte) { break }
      position += 1
    }
    if position > start { return .word(String(decoding: text[start..<position], as: UTF8.self)) }
    position += 1
    let following = position < text.count ? text[position] : 0
    switch text[start] {
    case UInt8(ascii: "("): return .open
    case UInt8(ascii: ")"): return .close
    case UInt8(ascii: ","): return .comma
    case UInt8(ascii: ">"): return .greater
    case UInt8(ascii: "<"): return .less
    case UInt8(ascii: "="):
      guard following == UInt8(ascii: "=") else { return .equals("=") }
      position += 1
      return .equals("==")
    default:
      guard following == UInt8(ascii: "=") else { return .bang }
      position += 1
      return .notEquals
    }
  }
}

/// The forms of the keys and values of labels.
enum LabelForm {
  static func problem(ofKey key: String) -> String? {
    let parts = key.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let name = parts.last else {
      return
        "a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end "
        + "with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation "
        + "is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. "
        + "'example.com/MyName')"
    }
    if parts.count == 2 {
      if parts[0].isEmpty { return "prefix part must be non-empty" }
      if let problem = NameForm.dnsSubdomain.problems(of: String(parts[0])).first {
        return "prefix part \(problem)"
      }
    }
    if name.isEmpty { return "name part must be non-empty" }
    if name.utf8.count > 63 { return "name part must be no more than 63 bytes" }
    guard !isWord(name) else { return nil }
    return
      "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an "
      + "alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is "
      + "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
  }

  static func problem(ofValue value: String) -> String? {
    if value.utf8.count > 63 { return "must be no more than 63 bytes" }
    guard !value.isEmpty, !isWord(value[...]) else { return nil }
    return
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must "
      + "start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for "
      + "validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
  }

  private static func isWord(_ text: Substring) -> Bool {
    func isAlphanumeric(_ byte: UInt8) -> Bool {
      (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte)
    }
    guard let first = text.utf8.first, let last = text.utf8.last else { return false }
    return isAlphanumeric(first) && isAlphanumeric(last)
      && text.utf8.allSatisfy { isAlphanumeric($0) || $0 == 45 || $0 == 46 || $0 == 95 }
  }
}
