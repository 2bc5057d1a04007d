import KubeModel

/// What becomes of every setting of the reference design, file by file.
enum Coverage {
  static let all = workload + mesh + gateway + data + observability + network + notes
}

/// An object of the reference design, with the document of the example and the rendered object that most of its
/// settings have gone to.
struct CoveredObject: Sendable {
  /// Kind and name, or what stands for them in a file that is no object.
  let name: String
  /// The file of the reference design.
  let file: String
  /// The document of `Examples/microservices`: kind, namespace and name.
  let document: String
  /// The rendered object: kind, namespace and name; `istio.yaml` for that file.
  let target: String?
  let settings: [CoveredSetting]

  init(
    _ name: String, of file: String, from document: String, as target: String? = nil,
    _ settings: [CoveredSetting]
  ) {
    self.name = name
    self.file = file
    self.document = document
    self.target = target
    self.settings = settings
  }
}

/// A setting of the reference design, and what becomes of it.
struct CoveredSetting: Sendable {
  enum Outcome: String, CaseIterable, Sendable {
    /// The same key has the same value.
    case same = "as they are"
    /// Another key or another value says it.
    case modern = "in a modern form"
    /// It is declared for procedures; no object has it.
    case declared = "in the topology only"
    /// Nothing says it.
    case left = "left out"
  }

  let outcome: Outcome
  /// Keys joined by dots, elements of lists by their name or number.
  let path: String
  /// The value in the reference design.
  let value: JSONValue
  /// The field of the document that decides it.
  var field: String?
  /// The document, if not that of the object.
  var document: String?
  /// The rendered object, if not that of the object.
  var target: String?
  /// The path in the rendered object, if not the same one.
  var targetPath: String?
  /// The value there, if not the same one.
  var rendered: JSONValue?
  /// Why it is not as it was.
  var reason: String?

  static func same(
    _ path: String, _ value: JSONValue, by field: String, in document: String? = nil,
    of target: String? = nil, at targetPath: String? = nil
  ) -> CoveredSetting {
    CoveredSetting(
      outcome: .same, path: path, value: value, field: field, document: document, target: target,
      targetPath: targetPath)
  }

  static func modern(
    _ path: String, _ value: JSONValue, by field: String, in document: String? = nil,
    of target: String? = nil, at targetPath: String? = nil, now rendered: JSONValue? = nil,
    because reason: String
  ) -> CoveredSetting {
    CoveredSetting(
      outcome: .modern, path: path, value: value, field: field, document: document, target: target,
      targetPath: targetPath, rendered: rendered, reason: reason)
  }

  static func declared(
    _ path: String, _ value: JSONValue, by field: String, in document: String? = nil,
    now declared: JSONValue, because reason: String? = nil
  ) -> CoveredSetting {
    CoveredSetting(
      outcome: .declared, path: path, value: value, field: field, document: document, rendered: declared,
      reason: reason)
  }

  static func left(_ path: String, _ value: JSONValue, because reason: String) -> CoveredSetting {
    CoveredSetting(outcome: .left, path: path, value: value, reason: reason)
  }
}
