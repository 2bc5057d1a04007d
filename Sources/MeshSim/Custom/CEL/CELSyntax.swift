/// A node of a parsed expression.
final class CELNode: Sendable {
  let kind: Kind
  /// Where in the text, in scalars: of an operator its own place, of a call its parenthesis, of a selection its dot.
  let place: Int

  /// How deep the tree below is, this node counted.
  let depth: Int

  init(_ kind: Kind, at place: Int) {
    self.kind = kind
    self.place = place
    depth = 1 + (kind.children.map(\.depth).max() ?? 0)
  }

  indirect enum Kind: Sendable {
    case literal(CELValue)
    case name(String)
    case select(CELNode, String, isOptional: Bool)
    /// `has(a.b)`
    case test(CELNode, String)
    case index(CELNode, CELNode, isOptional: Bool)
    case call(String, [CELNode])
    case method(CELNode, String, [CELNode])
    case list([Element])
    case map([Entry])
    case fold(Fold)
    case and(CELNode, CELNode)
    case or(CELNode, CELNode)
    case conditional(CELNode, CELNode, CELNode)
    /// `cel.bind`, and the variable of an optional's `optMap`.
    case bind(String, CELNode, CELNode)
    case optionalMap(CELNode, String, CELNode, isFlat: Bool)

    /// The parts, in the order of writing.
    var children: [CELNode] {
      switch self {
      case .literal, .name: []
      case .select(let inner, _, _), .test(let inner, _): [inner]
      case .index(let left, let right, _), .and(let left, let right), .or(let left, let right): [left, right]
      case .call(_, let arguments): arguments
      case .method(let target, _, let arguments): [target] + arguments
      case .list(let elements): elements.map(\.node)
      case .map(let entries): entries.flatMap { [$0.key, $0.value] }
      case .fold(let fold): [fold.range] + [fold.condition, fold.result].compactMap { $0 }
      case .conditional(let condition, let yes, let no): [condition, yes, no]
      case .bind(_, let value, let body), .optionalMap(let value, _, let body, _): [value, body]
      }
    }
  }

  struct Element: Sendable {
    let node: CELNode
    let isOptional: Bool
  }

  struct Entry: Sendable {
    let key: CELNode
    let value: CELNode
    let isOptional: Bool
  }

  /// A macro that looks at each element of a list or map.
  struct Fold: Sendable {
    enum Macro: String, Sendable {
      case all, exists, existsOne, map, filter, transformList, transformMap, transformMapEntry
    }

    let macro: Macro
    let range: CELNode
    let first: String
    /// Set for a macro with two variables.
    let second: String?
    let condition: CELNode?
    let result: CELNode?
  }
}

/// Something wrong with an expression, with its place in the text.
struct CELIssue: Error, Hashable, Sendable {
  let place: Int
  let message: String

  /// The issues as Kubernetes prints them, each with the line and a mark under the place.
  static func text(_ issues: [CELIssue], in source: String) -> String {
    let scalars = Array(source.unicodeScalars)
    return issues.sorted { $0.place < $1.place }.map { $0.text(scalars) }.joined(separator: "\n")
  }

  private func text(_ scalars: [Unicode.Scalar]) -> String {
    let place = min(self.place, scalars.count)
    let lineNumber = scalars[..<place].count { $0 == "\n" } + 1
    let start = scalars[..<place].lastIndex(of: "\n").map { $0 + 1 } ?? 0
    let end = scalars[start...].firstIndex(of: "\n") ?? scalars.count
    var line = String.UnicodeScalarView()
    line.append(contentsOf: scalars[start..<end].map { $0 == "\t" ? " " : $0 })
    let marks = scalars[start..<place].map { $0.isASCII ? "." : "\u{FF0E}" }.joined()
    let mark = place < end && !scalars[place].isASCII ? "\u{FF3E}" : "^"
    return
      "ERROR: <input>:\(lineNumber):\(place - start + 1): \(message)\n | \(String(line))\n | \(marks)\(mark)"
  }
}
