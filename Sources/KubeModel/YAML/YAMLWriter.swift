internal import Yams

extension JSONValue {
  /// The value as a YAML document, keys ascending, strings quoted where YAML 1.1 or 1.2 would read
  /// them as something else.
  public func yamlText() -> String {
    do {
      return try Yams.serialize(node: yamlNode, width: -1)
    } catch {
      // libyaml only fails to emit when memory is short; JSON is YAML too.
      return jsonText(isPretty: true) + "\n"
    }
  }

  var yamlNode: Node {
    switch self {
    case .null: return Node("null", Tag(.null))
    case .bool(let bool): return Node(bool ? "true" : "false", Tag(.bool))
    case .int(let int): return Node(String(int), Tag(.int))
    case .double(let double):
      return double.isFinite ? Node(double.yamlText, Tag(.float)) : JSONValue.null.yamlNode
    case .string(let string):
      if string.contains("\n"), !string.unicodeScalars.contains(where: \.isOldLineEnd) {
        return Node(string, Tag(.str), .literal)
      }
      return Node(string, Tag(.str), string.isPlainSafe ? .plain : .doubleQuoted)
    case .array(let array): return Node(array.map(\.yamlNode))
    case .object(let object):
      return Node(object.members.map { (JSONValue.string($0.key).yamlNode, $0.value.yamlNode) })
    }
  }
}

extension Double {
  /// YAML 1.1 takes `1e+21` for a string: a float has a point there.
  fileprivate var yamlText: String {
    let text = description
    guard !text.contains("."), let exponent = text.firstIndex(of: "e") else { return text }
    return text[..<exponent] + ".0" + text[exponent...]
  }
}

extension String {
  /// Words that some YAML reader takes for a Boolean or nothing, in small letters.
  private static let ambiguous: Set<String> = [
    "y", "n", "yes", "no", "on", "off", "true", "false", "null", "~",
  ]

  /// Whether every YAML reader takes the text for a string when it stands without quotes.
  fileprivate var isPlainSafe: Bool {
    // Numbers, dates and infinities of YAML 1.1 begin with a digit, a sign or a point.
    guard let first = utf8.first else { return false }
    let isWordLike = utf8.allSatisfy {
      (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45 || $0 == 46
        || $0 == 47 || $0 == 95 || $0 == 58
    }
    guard isWordLike, !hasSuffix(":"), first != 45, first != 58, !contains("://") || !contains(": ") else {
      return false
    }
    return !String.ambiguous.contains(lowercased()) && !(48...57).contains(first) && first != 46
  }
}
