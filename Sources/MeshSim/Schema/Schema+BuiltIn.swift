import KubeModel

extension Schema {
  /// The built-in kinds of Kubernetes 1.36.
  static let builtIn = {
    var schema = Schema(kinds: BuiltInSchema.kinds, definitions: BuiltInSchema.definitions)
    for index in schema.structures.indices {
      guard let presences = TypeTable.builtIn.presences(of: schema.structures[index].name) else { continue }
      schema.structures[index].setPresences(presences)
      // Its copies in the groups differ in nothing.
      if schema.structures[index].name == "DeleteOptions" {
        for version in ["v1", "meta.k8s.io/v1"] {
          schema.setRoot(apiVersion: version, kind: "DeleteOptions", to: index)
        }
      }
    }
    let configMap = schema.root(apiVersion: "v1", kind: "ConfigMap")
    if let metadata = schema.member("metadata", of: configMap) {
      schema.describeOtherKinds(metadata: metadata)
    }
    return schema
  }()

  /// Reads the form that generate.py writes and describes.
  init(kinds: String, definitions: String) {
    self.init()
    let lines = definitions.split(separator: "\n").map { $0.split(separator: " ") }
    var indices: [Substring: Int] = [:]
    for (index, words) in lines.enumerated() {
      guard let name = words.first else { continue }
      indices[name.hasSuffix("(A)") ? name.dropLast(3) : name] = index
    }
    structures = lines.map { words in
      let name = words.first ?? ""
      let isAtomic = name.hasSuffix("(A)")
      return Structure(
        name: String(isAtomic ? name.dropLast(3) : name), isAtomic: isAtomic,
        fields: words.dropFirst().compactMap { word in
          guard let equals = word.firstIndex(of: "=") else { return nil }
          let isRequired = word.first == "!"
          var reader = ShapeReader(rest: word[word.index(after: equals)...], indices: indices)
          return Structure.Field(
            name: String(word[..<equals].drop { $0 == "!" }), shape: reader.shape(), isRequired: isRequired)
        })
    }
    for line in kinds.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count == 2, let index = indices[words[1]] else { continue }
      let (apiVersion, kind) = words[0].splitLast("/")
      setRoot(apiVersion: String(apiVersion), kind: String(kind), to: index)
    }
  }
}

extension Substring {
  fileprivate func splitLast(_ separator: Character) -> (Substring, Substring) {
    guard let index = lastIndex(of: separator) else { return ("", self) }
    return (self[..<index], self[self.index(after: index)...])
  }
}

/// Reads one type as generate.py writes it.
private struct ShapeReader {
  var rest: Substring
  let indices: [Substring: Int]

  mutating func shape() -> Shape {
    let letter = rest.popFirst() ?? "x"
    let properties = self.properties()
    var shape = Shape(content(letter))
    for property in properties {
      let value = property.dropFirst(2)
      switch property.first {
      case "A": shape.isAtomic = true
      case "S": shape.listType = .set
      case "M": shape.listType = .map(keys: value.split(separator: ",").map(String.init))
      case "P":
        shape.patch.merges = value.contains("merge")
        shape.patch.replaces = value == "replace"
        shape.patch.retainsKeys = value.contains("retainKeys")
      case "K": shape.patch.mergeKey = String(value)
      case "E":
        shape.enumeration = value.split(separator: "|", omittingEmptySubsequences: false).map {
          String($0.map { $0 == "~" ? " " : $0 })
        }
      case "D": shape.defaultValue = try? JSONValue(json: String(value))
      default: break
      }
    }
    return shape
  }

  private mutating func properties() -> [Substring] {
    guard rest.first == "(", let close = rest.firstIndex(of: ")") else { return [] }
    defer { rest = rest[rest.index(after: close)...] }
    return rest[..<close].dropFirst().split(separator: ";")
  }

  private mutating func content(_ letter: Character) -> Shape.Content {
    switch letter {
    case "s": .string
    case "y": .bytes
    case "i": .integer(bits: 32)
    case "I": .integer(bits: 64)
    case "n": .number
    case "b": .boolean
    case "q": .quantity
    case "t": .time
    case "T": .microTime
    case "p": .intOrString
    case "[": .list(of: shape())
    case "{": .map(of: shape())
    case "@": indices[rest].map { .structure($0) } ?? .anything
    default: .anything
    }
  }
}
