import KubeModel

/// The shapes of some kinds of objects.
struct Schema: Sendable {
  /// The structs that shapes refer to.
  var structures: [Structure] = []
  /// The structs of whole objects, by `apiVersion/Kind`.
  private var roots: [String: Int] = [:]

  init() {}

  /// The shape of objects of a kind; one without a schema for a kind that this does not know.
  func root(apiVersion: String, kind: String) -> Shape {
    Shape(roots["\(apiVersion)/\(kind)"].map { .structure($0) } ?? .anything)
  }

  /// Makes a struct the shape of a kind.
  mutating func setRoot(apiVersion: String, kind: String, to structure: Int) {
    roots["\(apiVersion)/\(kind)"] = structure
  }

  /// The shape of the member `key` of a value of shape `shape`; nil when a struct has no such field.
  func member(_ key: String, of shape: Shape) -> Shape? {
    switch shape.content {
    case .structure(let index): structures[index].field(key)?.shape
    case .map(let inner): inner
    case .anything: shape
    default: nil
    }
  }

  /// Whether a value of this shape is owned as a whole: a scalar, or what is marked so.
  func isAtomic(_ shape: Shape) -> Bool {
    switch shape.content {
    case .structure(let index): shape.isAtomic || structures[index].isAtomic
    case .map, .anything: shape.isAtomic
    case .list: shape.listType == .atomic
    default: true
    }
  }
}
