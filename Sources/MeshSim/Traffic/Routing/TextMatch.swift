internal import KubeModel

/// How Istio's routes match text: `exact`, `prefix` or `regex`, the latter the whole text.
enum TextMatch: Hashable, Sendable {
  case exact(String)
  case prefix(String)
  case pattern(String)
  /// Only that it is there.
  case present

  init?(_ json: JSONValue?) {
    guard let json else { return nil }
    if let text = json["exact"]?.string {
      self = .exact(text)
    } else if let text = json["prefix"]?.string {
      self = .prefix(text)
    } else if let text = json["regex"]?.string {
      self = .pattern(text)
    } else {
      self = .present
    }
  }

  func matches(_ text: String?, ignoringCase: Bool = false) -> Bool {
    guard let text else { return false }
    func folded(_ text: String) -> String { ignoringCase ? text.lowercased() : text }
    switch self {
    case .exact(let wanted): return folded(text) == folded(wanted)
    case .prefix(let wanted): return folded(text).hasPrefix(folded(wanted))
    case .pattern(let wanted): return TextMatch.isWhole(wanted, text)
    case .present: return true
    }
  }

  /// Whether a regular expression matches all of a text; one that is wrong matches nothing.
  static func isWhole(_ pattern: String, _ text: String) -> Bool {
    guard let expression = try? Regex(pattern) else { return false }
    return (try? expression.wholeMatch(in: text)) != nil
  }

  /// Whether a regular expression matches a text from its start.
  static func isStart(_ pattern: String, _ text: String) -> Int? {
    guard let expression = try? Regex(pattern), let match = try? expression.prefixMatch(in: text) else {
      return nil
    }
    return text.distance(from: text.startIndex, to: match.range.upperBound)
  }
}

/// How Istio's policies match text: `*` for present, `x*` for a prefix, `*x` for a suffix, else the whole.
enum PolicyText {
  static func matches(_ pattern: String, _ text: String?) -> Bool {
    guard let text, !text.isEmpty else { return false }
    if pattern == "*" { return true }
    if pattern.hasSuffix("*") { return text.hasPrefix(pattern.dropLast()) }
    if pattern.hasPrefix("*") { return text.hasSuffix(pattern.dropFirst()) }
    return pattern == text
  }

  /// Paths have templates too: `{*}` is one segment, `{**}` any number of them.
  static func matchesPath(_ pattern: String, _ path: String) -> Bool {
    guard pattern.contains("{*}") || pattern.contains("{**}") else { return matches(pattern, path) }
    let wanted = pattern.split(separator: "/", omittingEmptySubsequences: false)
    let given = path.split(separator: "/", omittingEmptySubsequences: false)
    return matches(wanted[...], given[...])
  }

  private static func matches(_ pattern: ArraySlice<Substring>, _ path: ArraySlice<Substring>) -> Bool {
    guard let first = pattern.first else { return path.isEmpty }
    let rest = pattern.dropFirst()
    if first == "{**}" { return path.indices.contains { matches(rest, path[$0...]) } || matches(rest, []) }
    guard let segment = path.first else { return false }
    return (first == "{*}" ? !segment.isEmpty : first == segment) && matches(rest, path.dropFirst())
  }
}
