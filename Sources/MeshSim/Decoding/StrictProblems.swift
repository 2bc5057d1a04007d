import KubeModel

/// The fields of a body that are unknown or written twice, in the order of writing.
struct StrictProblems {
  let schema: Schema
  private(set) var all: [String] = []
  private var seen: Set<String> = []

  /// The server stops counting there.
  private static let limit = 100

  init(schema: Schema) { self.schema = schema }

  /// The problems of `outline`, which has the shape `shape`.
  static func find(in outline: JSONOutline, shape: Shape, schema: Schema) -> [String] {
    var problems = StrictProblems(schema: schema)
    problems.visit(outline, shape, path: "")
    return problems.all
  }

  /// The problems of a text in which every field is known: those that are written twice.
  static func duplicates(in outline: JSONOutline) -> [String] {
    var problems = StrictProblems(schema: Schema())
    problems.visitMembers(outline, path: "")
    return problems.all
  }

  private mutating func note(_ problem: String) {
    guard all.count < StrictProblems.limit, seen.insert(problem).inserted else { return }
    all.append(problem)
  }

  private mutating func visit(_ outline: JSONOutline, _ shape: Shape, path: String) {
    switch (shape.content, outline) {
    case (.structure(let index), .object(let members)):
      let structure = schema.structures[index]
      var keys: Set<String> = []
      for member in members {
        let place = StrictProblems.join(path, member.key)
        guard let field = structure.field(member.key) else {
          if !structure.keepsUnknownFields { note("unknown field \"\(place)\"") }
          continue
        }
        if !keys.insert(member.key).inserted { note("duplicate field \"\(place)\"") }
        visit(member.value, field.shape, path: place)
      }
    case (.map(let inner), .object(let members)):
      var keys: Set<String> = []
      for member in members {
        let place = StrictProblems.join(path, member.key)
        if !keys.insert(member.key).inserted { note("duplicate field \"\(place)\"") }
        visit(member.value, inner, path: place)
      }
    case (.list(let inner), .array(let elements)):
      for (index, element) in elements.enumerated() { visit(element, inner, path: "\(path)[\(index)]") }
    default: break
    }
  }

  private mutating func visitMembers(_ outline: JSONOutline, path: String) {
    switch outline {
    case .scalar: break
    case .array(let elements):
      for (index, element) in elements.enumerated() { visitMembers(element, path: "\(path)[\(index)]") }
    case .object(let members):
      var keys: Set<String> = []
      for member in members {
        let place = StrictProblems.join(path, member.key)
        if !keys.insert(member.key).inserted { note("duplicate field \"\(place)\"") }
        visitMembers(member.value, path: place)
      }
    }
  }

  private static func join(_ path: String, _ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}

extension JSONOutline {
  /// A value as it would be written, keys ascending.
  init(_ value: JSONValue) {
    switch value {
    case .array(let elements): self = .array(elements.map(JSONOutline.init))
    case .object(let object):
      self = .object(object.members.map { Member(key: $0.key, value: JSONOutline($0.value)) })
    default: self = .scalar(value)
    }
  }
}
