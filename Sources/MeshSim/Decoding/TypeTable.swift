import KubeModel

/// The Go types of the built-in API: how each struct is written in JSON and in protobuf.
struct TypeTable: Sendable {
  /// What a field holds.
  indirect enum FieldType: Sendable {
    case string, bytes, integer, number, boolean, quantity, time, microTime, intOrString, duration
    /// JSON text, as it is.
    case rawExtension, fieldsV1, json
    case structure(Int)
    case list(of: FieldType)
    case map(of: FieldType)
    /// A list in a message of its own.
    case items(of: FieldType)
    /// Parts of a schema with two forms: a schema, or a list of schemas, a Boolean, a list of strings.
    case schemaOrList, schemaOrFlag, schemaOrStrings
  }

  struct Field: Sendable {
    let name: String
    /// In protobuf; 0 for what is not part of the message.
    let number: Int
    let presence: Presence
    let type: FieldType
    /// Whether the fields of its struct stand in place of it in JSON.
    let isInlined: Bool
  }

  struct Struct: Sendable {
    let name: String
    let fields: [Field]
  }

  private(set) var structs: [Struct] = []
  private var indices: [String: Int] = [:]

  /// Kubernetes 1.36.
  static let builtIn = TypeTable(BuiltInTypes.structs)

  /// Reads the form that generate.py writes and describes.
  init(_ text: String) {
    let lines = text.split(separator: "\n").map { $0.split(separator: " ") }
    for (index, words) in lines.enumerated() { indices[String(words[0])] = index }
    structs = lines.map { words in
      Struct(name: String(words[0]), fields: words.dropFirst().compactMap(field))
    }
  }

  /// The index of the struct called `name`, as in the schema.
  func index(of name: String) -> Int? { indices[name] }

  /// When each field of a struct is written in JSON.
  func presences(of name: String) -> [String: Presence]? {
    guard let index = indices[name] else { return nil }
    var presences: [String: Presence] = [:]
    collect(index, into: &presences)
    return presences
  }

  private func collect(_ index: Int, into presences: inout [String: Presence]) {
    for field in structs[index].fields {
      if field.isInlined, case .structure(let inner) = field.type {
        collect(inner, into: &presences)
      } else {
        presences[field.name] = field.presence
      }
    }
  }

  private func field(_ word: Substring) -> Field? {
    guard let equals = word.firstIndex(of: "=") else { return nil }
    var rest = word[word.index(after: equals)...]
    let digits = rest.prefix { $0.isNumber }
    rest = rest.dropFirst(digits.count)
    guard let number = Int(digits), let letter = rest.popFirst() else { return nil }
    let presence: Presence =
      switch letter {
      case "n": .nonEmpty
      case "p": .whenSet
      case "l": .nullable
      default: .always
      }
    return Field(
      name: String(word[..<equals]), number: number, presence: presence, type: type(&rest),
      isInlined: letter == "i")
  }

  private func type(_ rest: inout Substring) -> FieldType {
    switch rest.popFirst() {
    case "y": .bytes
    case "i": .integer
    case "n": .number
    case "b": .boolean
    case "q": .quantity
    case "t": .time
    case "T": .microTime
    case "p": .intOrString
    case "d": .duration
    case "o": .rawExtension
    case "f": .fieldsV1
    case "x": .json
    case "A": .schemaOrList
    case "B": .schemaOrFlag
    case "C": .schemaOrStrings
    case "[": .list(of: type(&rest))
    case "{": .map(of: type(&rest))
    case "*": .items(of: type(&rest))
    case "@": indices[String(rest)].map { .structure($0) } ?? .json
    default: .string
    }
  }
}
