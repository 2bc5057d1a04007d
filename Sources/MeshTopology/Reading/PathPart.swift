internal import KubeModel

/// One step into a value: a key of a mapping, or the index of an element.
enum PathPart: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  case key(String)
  case index(Int)

  init(stringLiteral key: String) { self = .key(key) }
  init(integerLiteral index: Int) { self = .index(index) }
}

extension SourceNode {
  /// The spot of a part below this node, which stands at `spot`; that of the nearest node around it that is
  /// there.
  func spot(_ spot: Spot, _ path: ArraySlice<PathPart>) -> Spot {
    guard let part = path.first else { return spot }
    switch (part, content) {
    case (.key(let key), .mapping(let entries)):
      guard let entry = entries.first(where: { $0.key == key }) else { return spot }
      return entry.value.spot(spot.field(key, at: entry.value.place), path.dropFirst())
    case (.index(let index), .list(let nodes)) where nodes.indices.contains(index):
      return nodes[index].spot(spot.element(index, at: nodes[index].place), path.dropFirst())
    default: return spot
    }
  }
}
