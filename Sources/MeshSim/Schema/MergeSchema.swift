import KubeModel

/// How the parts of an object merge and who can own them: the topology of Kubernetes' structured merge.
indirect enum MergeForm: Hashable, Sendable {
  /// A value that is replaced and owned as a whole: every scalar, and what is marked atomic.
  case atomic
  /// A struct with declared fields.
  case structure(Int)
  /// A map whose keys are owned one by one.
  case map(of: MergeForm)
  /// A list of scalars in which each value is owned by itself.
  case set
  /// A list whose elements are told apart by the values of some keys.
  case keyedList(keys: [String], of: MergeForm)
  /// No schema is known: maps merge, lists are atomic.
  case deduced
}

/// Which form each field of the built-in kinds has.
struct MergeSchema: Sendable {
  private let schema: Schema

  /// The built-in kinds of Kubernetes.
  static let builtIn = MergeSchema(schema: .builtIn)

  /// The form of objects of a kind; `.deduced` for custom resources.
  func root(apiVersion: String, kind: String) -> MergeForm {
    form(schema.root(apiVersion: apiVersion, kind: kind))
  }

  /// The form of the member `key` of a value with form `form`.
  func member(_ key: String, of form: MergeForm, value: JSONValue) -> MergeForm {
    switch form {
    case .structure(let index):
      return schema.structures[index].field(key).map { self.form($0.shape) } ?? .atomic
    case .map(let inner): return inner
    case .deduced: return value.object == nil ? .atomic : .deduced
    case .atomic, .set, .keyedList: return .atomic
    }
  }

  private func form(_ shape: Shape) -> MergeForm {
    if schema.isAtomic(shape) { return .atomic }
    switch (shape.content, shape.listType) {
    case (.structure(let index), _): return .structure(index)
    case (.map(let inner), _): return .map(of: form(inner))
    case (.anything, _): return .deduced
    case (.list, .set): return .set
    case (.list(let inner), .map(let keys)): return .keyedList(keys: keys, of: form(inner))
    default: return .atomic
    }
  }
}
