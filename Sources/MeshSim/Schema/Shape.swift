import KubeModel

/// The shape of a value in an API object: what it may hold, and how it merges and is owned.
///
/// The words are those of Kubernetes' OpenAPI extensions (`x-kubernetes-list-type` and the like).
struct Shape: Sendable {
  /// What kind of value it is.
  indirect enum Content: Sendable {
    case string
    /// Base64 text.
    case bytes
    /// An integer of 32 or 64 bits.
    case integer(bits: Int)
    case number
    case boolean
    case quantity
    /// RFC 3339 with whole seconds.
    case time
    /// RFC 3339 with microseconds.
    case microTime
    case intOrString
    /// A value without a schema: maps merge, lists are atomic.
    case anything
    /// A struct: an index into the schema's structures.
    case structure(Int)
    case map(of: Shape)
    case list(of: Shape)
  }

  /// How the elements of a list are told apart.
  enum ListType: Hashable, Sendable {
    case atomic
    /// Scalars, each of which is owned by itself.
    case set
    /// Structs, told apart by the values of these fields.
    case map(keys: [String])
  }

  /// What a strategic merge patch does with a list, or with a struct.
  struct PatchStrategy: Hashable, Sendable {
    /// Elements or members merge; otherwise the patch replaces the whole.
    var merges = false
    /// A struct is replaced as a whole.
    var replaces = false
    /// A struct keeps only the members that the patch names in `$retainKeys`.
    var retainsKeys = false
    /// The field that tells elements apart; nil for scalars.
    var mergeKey: String?
  }

  var content: Content
  /// Whether a struct or map is replaced and owned as a whole.
  var isAtomic = false
  var listType: ListType = .atomic
  var patch = PatchStrategy()
  /// The allowed values of a string; empty for any. For messages only where a kind's rules use it.
  var enumeration: [String] = []
  /// The value that the server fills in.
  var defaultValue: JSONValue?

  init(_ content: Content) { self.content = content }
}

/// When the server writes a field of a struct, as its Go type says.
enum Presence: Sendable {
  /// As the client wrote it: there is no Go type.
  case asWritten
  /// Always, with its zero value when it is not set.
  case always
  /// Always, null when there is nothing in it.
  case nullable
  /// When it is neither zero nor empty.
  case nonEmpty
  /// When it is set, to whatever value.
  case whenSet
}

/// A struct of the API.
struct Structure: Sendable {
  /// One field of it.
  struct Field: Sendable {
    let name: String
    let shape: Shape
    let isRequired: Bool
    var presence = Presence.asWritten
  }

  let name: String
  /// Whether it is replaced and owned as a whole wherever it is used.
  var isAtomic: Bool
  /// Whether it may hold fields that are not declared: they have no schema.
  var keepsUnknownFields = false
  /// In ascending order of their names.
  private(set) var fields: [Field]

  init(name: String, isAtomic: Bool = false, fields: [Field]) {
    self.name = name
    self.isAtomic = isAtomic
    self.fields = fields.sorted { $0.name < $1.name }
  }

  /// Notes when each field is written, by name.
  mutating func setPresences(_ presences: [String: Presence]) {
    for index in fields.indices { fields[index].presence = presences[fields[index].name] ?? .whenSet }
  }

  /// The field called `name`.
  func field(_ name: String) -> Field? {
    var low = 0
    var high = fields.count
    while low < high {
      let middle = (low + high) / 2
      if fields[middle].name < name { low = middle + 1 } else { high = middle }
    }
    return low < fields.count && fields[low].name == name ? fields[low] : nil
  }
}
