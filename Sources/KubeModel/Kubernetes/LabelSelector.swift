/// Which labels an object must have.
public struct LabelSelector: Hashable, Sendable {
  /// One requirement; all must hold.
  public enum Requirement: Hashable, Sendable {
    case equals(String, String)
    case notEquals(String, String)
    case isIn(String, [String])
    case isNotIn(String, [String])
    case exists(String)
    case doesNotExist(String)
  }

  /// The requirements.
  public var requirements: [Requirement]

  /// A selector of requirements; none selects everything.
  public init(_ requirements: [Requirement] = []) { self.requirements = requirements }

  /// A selector of equal labels.
  public init(matchLabels labels: [String: String]) {
    requirements = labels.sorted { $0.key < $1.key }.map { .equals($0.key, $0.value) }
  }

  /// Reads `metav1.LabelSelector` (`matchLabels`, `matchExpressions`).
  ///
  /// - Returns: `nil` when an operator is unknown.
  public init?(json: JSONValue) {
    var requirements: [Requirement] = []
    for member in json["matchLabels"]?.object?.members ?? [] {
      requirements.append(.equals(member.key, member.value.string ?? ""))
    }
    for expression in json["matchExpressions"]?.array ?? [] {
      let key = expression["key"]?.string ?? ""
      let values = (expression["values"]?.array ?? []).compactMap(\.string)
      switch expression["operator"]?.string {
      case "In": requirements.append(.isIn(key, values))
      case "NotIn": requirements.append(.isNotIn(key, values))
      case "Exists": requirements.append(.exists(key))
      case "DoesNotExist": requirements.append(.doesNotExist(key))
      default: return nil
      }
    }
    self.requirements = requirements
  }

  /// Reads the query form: `a=b,c!=d,e in (f,g),!h`.
  ///
  /// - Returns: `nil` when the text is not a selector.
  public init?(query: String) {
    var requirements: [Requirement] = []
    for part in query.isEmpty ? [] : LabelSelector.split(query) {
      guard let requirement = LabelSelector.requirement(part) else { return nil }
      requirements.append(requirement)
    }
    self.requirements = requirements
  }

  /// Whether `labels` meet all requirements.
  public func matches(_ labels: [String: String]) -> Bool {
    requirements.allSatisfy { requirement in
      switch requirement {
      case .equals(let key, let value): labels[key] == value
      case .notEquals(let key, let value): labels[key] != value
      case .isIn(let key, let values): labels[key].map(values.contains) ?? false
      case .isNotIn(let key, let values): !(labels[key].map(values.contains) ?? false)
      case .exists(let key): labels[key] != nil
      case .doesNotExist(let key): labels[key] == nil
      }
    }
  }

  /// The query form.
  public var query: String {
    requirements.map { requirement in
      switch requirement {
      case .equals(let key, let value): "\(key)=\(value)"
      case .notEquals(let key, let value): "\(key)!=\(value)"
      case .isIn(let key, let values): "\(key) in (\(values.joined(separator: ",")))"
      case .isNotIn(let key, let values): "\(key) notin (\(values.joined(separator: ",")))"
      case .exists(let key): key
      case .doesNotExist(let key): "!\(key)"
      }
    }.joined(separator: ",")
  }

  /// Splits at commas outside parentheses.
  private static func split(_ query: String) -> [String] {
    guard query.contains(where: { $0 != " " }) else { return [] }
    var parts: [String] = []
    var part = ""
    var depth = 0
    for character in query {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if character == ",", depth == 0 {
        parts.append(part)
        part = ""
      } else {
        part.append(character)
      }
    }
    parts.append(part)
    return parts.map(trimmed)
  }

  private static func requirement(_ part: String) -> Requirement? {
    if part.hasPrefix("!") {
      let key = trimmed(String(part.dropFirst()))
      return isKey(key) ? .doesNotExist(key) : nil
    }
    let key = String(part.prefix { !" !=(".contains($0) })
    let rest = trimmed(String(part.dropFirst(key.count)))
    guard isKey(key) else { return nil }
    if rest.isEmpty { return .exists(key) }
    for (word, isEqual) in [("!=", false), ("==", true), ("=", true)] where rest.hasPrefix(word) {
      let value = trimmed(String(rest.dropFirst(word.count)))
      guard isValue(value) else { return nil }
      return isEqual ? .equals(key, value) : .notEquals(key, value)
    }
    for (word, isIn) in [("notin", false), ("in", true)] where rest.hasPrefix(word) {
      let list = trimmed(String(rest.dropFirst(word.count)))
      guard list.count >= 2, list.hasPrefix("("), list.hasSuffix(")") else { return nil }
      let values = list.dropFirst().dropLast().split(separator: ",", omittingEmptySubsequences: false)
        .map { trimmed(String($0)) }
      guard values.allSatisfy(isValue) else { return nil }
      return isIn ? .isIn(key, values) : .isNotIn(key, values)
    }
    return nil
  }

  /// Whether `text` can be a label's key: a name, after a DNS prefix and a slash or without.
  private static func isKey(_ text: String) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard let name = parts.last, parts.count <= 2, !name.isEmpty, isValue(String(name)) else { return false }
    guard parts.count == 2 else { return true }
    return !parts[0].isEmpty && parts[0].utf8.count <= 253
      && parts[0].utf8.allSatisfy {
        (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 46
      }
  }

  /// Whether `text` can be a label's value: empty, or at most 63 of `A-Za-z0-9-_.`, the first and last
  /// of them a letter or digit.
  private static func isValue(_ text: String) -> Bool {
    func isAlphanumeric(_ byte: UInt8) -> Bool {
      (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte)
    }
    guard let first = text.utf8.first, let last = text.utf8.last else { return true }
    return text.utf8.count <= 63 && isAlphanumeric(first) && isAlphanumeric(last)
      && text.utf8.allSatisfy { isAlphanumeric($0) || $0 == 45 || $0 == 46 || $0 == 95 }
  }

  private static func trimmed(_ text: String) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
