internal import KubeModel

/// A part of an object that is being imported. Reading a value notes that it has been taken.
struct Part {
  let node: SourceNode
  let path: String
  let source: Int
  let ledger: Ledger

  var place: Place { node.place }

  /// The part under a path of keys.
  subscript(_ keys: String...) -> Part? {
    var part = self
    for key in keys {
      guard let child = part.node[key] else { return nil }
      part = part.child(child, part.path.isEmpty ? key : "\(part.path).\(key)")
    }
    return part
  }

  /// The elements of a list; none of anything else.
  var elements: [Part] {
    guard case .list(let nodes) = node.content else { return [] }
    return nodes.enumerated().map { child($1, "\(path)[\($0)]") }
  }

  /// The entries of a mapping; none of anything else.
  var entries: [(key: String, value: Part)] {
    guard case .mapping(let entries) = node.content else { return [] }
    return entries.map { ($0.key, child($0.value, path.isEmpty ? $0.key : "\(path).\($0.key)")) }
  }

  /// Notes that the part, with all below it, is accounted for.
  func take() { ledger.take(path, of: source) }

  /// The value as written, of a scalar that is not null.
  var text: String? {
    guard let text = peek else { return nil }
    take()
    return text
  }

  /// As `text`, without taking it.
  var peek: String? {
    guard case .scalar(let scalar) = node.content, !scalar.json.isNull else { return nil }
    return scalar.text
  }

  /// A whole number, also one in quotes.
  var integer: Int? {
    guard let text = peek, let number = Int(text) else { return nil }
    take()
    return number
  }

  /// `true` or `false`.
  var flag: Bool? {
    guard let text = peek?.lowercased(), text == "true" || text == "false" else { return nil }
    take()
    return text == "true"
  }

  /// The elements of a list of scalars.
  var texts: [String] { elements.compactMap(\.text) }

  /// The scalars of a mapping, by key; nothing is taken.
  var labels: [String: String] {
    var labels: [String: String] = [:]
    for (key, value) in entries { labels[key] = value.peek }
    return labels
  }

  private func child(_ node: SourceNode, _ path: String) -> Part {
    Part(node: node, path: path, source: source, ledger: ledger)
  }
}
