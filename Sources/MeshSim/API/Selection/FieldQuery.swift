import KubeModel

/// A field selector of a query: equal or unequal values of the few fields that a kind can be selected by.
struct FieldQuery: Hashable, Sendable {
  struct Term: Hashable, Sendable {
    let field: String
    let value: String
    let isEqual: Bool
  }

  var terms: [Term] = []

  static let everything = FieldQuery()

  /// Reads a selector for a resource.
  ///
  /// - Throws: 400 with Kubernetes' words for what is no selector or no field of the kind.
  init(_ text: String, of served: ServedResource) throws(StatusError) {
    for part in FieldQuery.parts(of: text) where !part.isEmpty {
      let term = try FieldQuery.term(part)
      try SelectableFields.check(term.field, of: served)
      terms.append(term)
    }
  }

  init(name: String) { terms = [Term(field: "metadata.name", value: name, isEqual: true)] }

  private init() {}

  /// The one name that objects must have; `nil` when it is open.
  var name: String? { terms.first { $0.field == "metadata.name" && $0.isEqual }?.value }

  func matches(_ object: KubeObject) -> Bool {
    terms.allSatisfy { (SelectableFields.value(of: $0.field, in: object) == $0.value) == $0.isEqual }
  }

  /// Splits at commas that no backslash precedes.
  private static func parts(of text: String) -> [String] {
    var parts: [String] = [""]
    var isEscaped = false
    for character in text {
      if isEscaped {
        parts[parts.count - 1] += "\\\(character)"
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "," {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts
  }

  private static func term(_ part: String) throws(StatusError) -> Term {
    for index in part.indices {
      for (sign, isEqual) in [("!=", false), ("==", true), ("=", true)] where part[index...].hasPrefix(sign) {
        let value = part[index...].dropFirst(sign.count)
        return Term(field: String(part[..<index]), value: try unescaped(value), isEqual: isEqual)
      }
    }
    throw .badRequest("invalid selector: '\(part)'; can't understand '\(part)'")
  }

  private static func unescaped(_ value: Substring) throws(StatusError) -> String {
    var text = ""
    var isEscaped = false
    for character in value {
      if isEscaped {
        guard "\\,=".contains(character) else {
          throw .badRequest("invalid field selector: invalid escape sequence: \\\(character)")
        }
        text.append(character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "," || character == "=" {
        throw .badRequest("invalid field selector: unescaped character in value: \(character)")
      } else {
        text.append(character)
      }
    }
    return text
  }
}
