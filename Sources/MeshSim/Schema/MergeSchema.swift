import KubeModel

/// How the parts of an object merge and who can own them: the topology of Kubernetes' structured merge.
indirect enum MergeForm: Hashable, Sendable {
  /// A value that is replaced and owned as a whole: every scalar, and what is marked atomic.
  case atomic
  /// A struct with declared fields.
  case structure(String)
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
  private let roots: [String: String]
  private let definitions: [String: [String: MergeForm]]

  /// The built-in kinds of Kubernetes.
  static let builtIn = MergeSchema(kinds: BuiltInSchema.kinds, definitions: BuiltInSchema.definitions)

  init(kinds: String, definitions: String) {
    var roots: [String: String] = [:]
    for line in kinds.split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count == 2 { roots[String(words[0])] = String(words[1]) }
    }
    var forms: [String: [String: MergeForm]] = [:]
    for line in definitions.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard let name = words.first else { continue }
      var fields: [String: MergeForm] = [:]
      for word in words.dropFirst() {
        guard let equals = word.firstIndex(of: "=") else { continue }
        fields[String(word[..<equals])] = MergeSchema.form(word[word.index(after: equals)...])
      }
      forms[String(name)] = fields
    }
    self.roots = roots
    self.definitions = forms
  }

  /// The form of objects of a kind; `.deduced` for custom resources.
  func root(apiVersion: String, kind: String) -> MergeForm {
    roots["\(apiVersion)/\(kind)"].map(MergeForm.structure) ?? .deduced
  }

  /// The form of the member `key` of a value with form `form`.
  func member(_ key: String, of form: MergeForm, value: JSONValue) -> MergeForm {
    switch form {
    case .structure(let name): return definitions[name]?[key] ?? .atomic
    case .map(let inner): return inner
    case .deduced: return value.object == nil ? .atomic : .deduced
    case .atomic, .set, .keyedList: return .atomic
    }
  }

  /// The written forms: `A` atomic, `G` map of scalars, `G:T` map of structs, `S` set, `L:T` struct,
  /// `M(k,…):T` keyed list.
  private static func form(_ text: Substring) -> MergeForm {
    switch text.first {
    case "G":
      return .map(of: text.count > 2 ? .structure(String(text.dropFirst(2))) : .atomic)
    case "S": return .set
    case "L": return .structure(String(text.dropFirst(2)))
    case "M":
      guard let close = text.firstIndex(of: ")") else { return .atomic }
      let keys = text[..<close].dropFirst(2).split(separator: ",").map(String.init)
      return .keyedList(keys: keys, of: .structure(String(text[close...].dropFirst(2))))
    default: return .atomic
    }
  }
}
