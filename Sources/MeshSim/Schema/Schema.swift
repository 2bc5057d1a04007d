import KubeModel

/// The shapes of some kinds of objects.
struct Schema: Sendable {
  /// The structs that shapes refer to.
  var structures: [Structure] = []
  /// The structs of whole objects, by `apiVersion/Kind`.
  private var roots: [String: Int] = [:]
  /// The struct of objects of all other kinds.
  private var otherRoot: Int?

  init() {}

  /// The shape of objects of a kind; one without a schema for a kind that this does not know.
  func root(apiVersion: String, kind: String) -> Shape {
    Shape((roots["\(apiVersion)/\(kind)"] ?? otherRoot).map { .structure($0) } ?? .anything)
  }

  /// Gives objects of unknown kinds what all objects have: a metadata of the shape `metadata`.
  mutating func describeOtherKinds(metadata: Shape) {
    let fields = [
      ("apiVersion", Shape(.string)), ("kind", Shape(.string)), ("metadata", metadata),
      ("spec", Shape(.anything)), ("status", Shape(.anything)),
    ]
    var object = Structure(
      name: "Object", fields: fields.map { Structure.Field(name: $0.0, shape: $0.1, isRequired: false) })
    object.keepsUnknownFields = true
    otherRoot = structures.count
    structures.append(object)
  }

  /// Whether objects of a kind have a schema here.
  func hasRoot(apiVersion: String, kind: String) -> Bool { roots["\(apiVersion)/\(kind)"] != nil }

  /// Makes a struct the shape of a kind.
  mutating func setRoot(apiVersion: String, kind: String, to structure: Int) {
    roots["\(apiVersion)/\(kind)"] = structure
  }

  /// The shape of the member `key` of a value of shape `shape`; nil when a struct has no such field.
  func member(_ key: String, of shape: Shape) -> Shape? {
    switch shape.content {
    case .structure(let index):
      structures[index].field(key)?.shape ?? (structures[index].keepsUnknownFields ? Shape(.anything) : nil)
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
