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
    for part in LabelSelector.split(query) {
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
    return parts.map(trimmed).filter { !$0.isEmpty }
  }

  private static func requirement(_ part: String) -> Requirement? {
    for (word, isIn) in [(" notin ", false), (" in ", true)] {
      guard let range = part.firstRange(of: word) else { continue }
      let list = trimmed(String(part[range.upperBound...]))
      guard list.hasPrefix("("), list.hasSuffix(")") else { return nil }
      let key = trimmed(String(part[..<range.lowerBound]))
      let values = list.dropFirst().dropLast().split(separator: ",", omittingEmptySubsequences: false)
        .map { trimmed(String($0)) }
      return isIn ? .isIn(key, values) : .isNotIn(key, values)
    }
    for (word, isEqual) in [("!=", false), ("==", true), ("=", true)] {
      guard let range = part.firstRange(of: word) else { continue }
      let key = trimmed(String(part[..<range.lowerBound]))
      let value = trimmed(String(part[range.upperBound...]))
      guard !key.isEmpty, !value.contains("=") else { return nil }
      return isEqual ? .equals(key, value) : .notEquals(key, value)
    }
    if part.hasPrefix("!") { return .doesNotExist(trimmed(String(part.dropFirst()))) }
    return part.contains(" ") ? nil : .exists(part)
  }

  private static func trimmed(_ text: String) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
