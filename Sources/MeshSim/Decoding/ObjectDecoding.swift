import KubeModel

/// Reading of the objects that clients send.
enum ObjectDecoding {
  /// Reads a body and brings it into the form in which the server holds objects.
  ///
  /// - Parameters:
  ///   - mediaType: as in `Content-Type`, with or without parameters; empty for JSON.
  ///   - expected: what the path asks for; then bodies of another kind are refused, and one that does not say its
  ///     kind gets it.
  /// - Throws: 400 with Kubernetes' message; 415 for a media type that is not read.
  static func read(
    _ body: [UInt8], mediaType: String, shape: Shape, schema: Schema, validation: FieldValidation,
    expected: (apiVersion: String, kind: String)? = nil
  ) throws(StatusError) -> (value: JSONValue, warnings: [String]) {
    let text = try BodyText.read(body, mediaType: mediaType, expected: expected)
    var value = text.value
    if let expected { try adopt(expected, &value, body: body, isTyped: isTyped(shape, in: schema)) }
    do throws(DecodingError) {
      return try held(value, outline: text.outline, body: body, shape, schema, validation)
    } catch {
      throw .badRequest(prefix(value, expected) + error.message)
    }
  }

  /// Brings a value that comes from elsewhere, such as from a controller, into the form in which the server holds
  /// objects.
  ///
  /// - Throws: 400 for a value of a wrong type, and in strict validation for unknown fields.
  static func normalized(
    _ value: JSONValue, shape: Shape, schema: Schema, validation: FieldValidation = .ignore
  ) throws(StatusError) -> (value: JSONValue, warnings: [String]) {
    do throws(DecodingError) {
      return try held(value, outline: nil, body: nil, shape, schema, validation)
    } catch {
      throw .badRequest(error.message)
    }
  }

  /// Reads the body of an apply: an object in YAML or JSON, as it is.
  static func readConfiguration(_ body: [UInt8], validation: FieldValidation) throws(StatusError) -> (
    value: JSONValue, warnings: [String]
  ) {
    if let value = try? JSONValue(json: body), value.object != nil { return (value, []) }
    if let outline = try? JSONOutline(json: body), case .object = outline {
      // A key that stands twice is an error of the YAML reader, which comes after the merge.
      let keys = StrictProblems.duplicates(in: outline)
      guard !keys.isEmpty, validation != .ignore else { return (outline.json, []) }
      let lines = keys.map { problem in
        "  line 1: key \"\(problem.split(separator: "\"").last?.split(separator: ".").last ?? "")\" already set in map"
      }
      let message = "yaml: unmarshal errors:\n" + lines.joined(separator: "\n")
      guard validation == .warn else { throw .badRequest("error strict decoding YAML: \(message)") }
      return (outline.json, [message])
    }
    switch BodyText.readYAML(body) {
    case .success(let value) where value.object != nil: return (value, [])
    case .success(let value):
      throw .badRequest(
        "error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal "
          + "\(value.goKind) into Go value of type map[string]interface {}")
    case .failure(let problem):
      throw .badRequest(
        "error decoding YAML: error converting YAML to JSON: \(problem.message)")
    }
  }

  /// The form in which the server holds a value.
  ///
  /// - Parameters:
  ///   - outline: the text that it was read from, if a key stands twice in it.
  ///   - body: the text that it was read from.
  static func held(
    _ value: JSONValue, outline: JSONOutline?, body: [UInt8]?, _ shape: Shape, _ schema: Schema,
    _ validation: FieldValidation
  ) throws(DecodingError) -> (value: JSONValue, warnings: [String]) {
    guard isTyped(shape, in: schema) else {
      return try heldMetadata(of: value, outline: outline, body: body, validation)
    }
    var reader = FormReader(schema: schema)
    var result = reader.read(value, as: shape)
    if var object = result.object {
      result = .null
      TwinFields.join(&object)
      result = .object(object)
    }
    if let failure = reader.failure { throw DecodingError(message: failure.message) }
    guard validation != .ignore, reader.foundUnknownField || outline != nil else { return (result, []) }
    let written = outline ?? body.flatMap { try? JSONOutline(json: $0) } ?? JSONOutline(value)
    return try judged(result, StrictProblems.find(in: written, shape: shape, schema: schema), validation)
  }

  /// Objects of custom kinds are held as they are written, but for their metadata.
  private static func heldMetadata(
    of value: JSONValue, outline: JSONOutline?, body: [UInt8]?, _ validation: FieldValidation
  ) throws(DecodingError) -> (value: JSONValue, warnings: [String]) {
    var problems = validation == .ignore ? [] : outline.map(StrictProblems.duplicates) ?? []
    guard var object = value.object, let metadata = object["metadata"] else {
      return try judged(value, problems, validation)
    }
    let shape = metadataShape
    var reader = FormReader(schema: .builtIn)
    object["metadata"] = reader.read(metadata, as: shape)
    if let failure = reader.failure { throw DecodingError(message: failure.message) }
    if reader.foundUnknownField, validation != .ignore {
      let unknown = StrictProblems.find(in: JSONOutline(metadata), shape: shape, schema: .builtIn)
      problems += unknown.map { $0.replacingFirst("field \"", with: "field \"metadata.") }
    }
    return try judged(.object(object), problems, validation)
  }

  private static let metadataShape =
    Schema.builtIn.member("metadata", of: Schema.builtIn.root(apiVersion: "v1", kind: "ConfigMap"))
    ?? Shape(.anything)

  private static func judged(_ value: JSONValue, _ problems: [String], _ validation: FieldValidation)
    throws(DecodingError) -> (value: JSONValue, warnings: [String])
  {
    if validation == .strict, !problems.isEmpty { throw DecodingError(strict: problems) }
    return (value, problems)
  }

  /// Whether the shape is that of a Go type.
  static func isTyped(_ shape: Shape, in schema: Schema) -> Bool {
    guard case .structure(let index) = shape.content else { return false }
    guard let first = schema.structures[index].fields.first else { return false }
    return first.presence != .asWritten
  }

  /// Takes over kind and version where the body leaves them out, and refuses those of another kind.
  private static func adopt(
    _ expected: (apiVersion: String, kind: String), _ value: inout JSONValue, body: [UInt8], isTyped: Bool
  ) throws(StatusError) {
    guard isTyped else { return }
    for field in ["apiVersion", "kind"] {
      guard let text = value[field], !text.isNull, text.string == nil else { continue }
      throw BodyText.unrecognized(
        "json: cannot unmarshal \(text.goKind) into Go struct field .\(field) of type string", expected, body)
    }
    let kind = value["kind"]?.string ?? ""
    let apiVersion = value["apiVersion"]?.string ?? ""
    if kind.isEmpty { value["kind"] = .string(expected.kind) }
    if apiVersion.isEmpty { value["apiVersion"] = .string(expected.apiVersion) }
    guard !kind.isEmpty || !apiVersion.isEmpty else { return }
    let given = (apiVersion: value["apiVersion"]?.string ?? "", kind: value["kind"]?.string ?? "")
    guard given != expected else { return }
    let isKnown = Schema.builtIn.hasRoot(apiVersion: given.apiVersion, kind: given.kind)
    let (group, version) = split(given.apiVersion)
    let problem =
      isKnown
      ? "converting (\(version).\(given.kind)) to (\(internalPackage(expected.apiVersion)).\(expected.kind)): "
        + "unknown conversion"
      : "no kind \"\(given.kind)\" is registered for version \"\(group.isEmpty ? String(version) : given.apiVersion)\" "
        + "in scheme \"k8s.io/kubernetes/pkg/api/legacyscheme/scheme.go:30\""
    throw .badRequest(prefix(value, expected) + problem)
  }

  private static func prefix(_ value: JSONValue, _ expected: (apiVersion: String, kind: String)?) -> String {
    let kind = value["kind"]?.string ?? expected?.kind ?? ""
    let version = split(value["apiVersion"]?.string ?? expected?.apiVersion ?? "").version
    return "\(kind) in version \"\(version)\" cannot be handled as a \(expected?.kind ?? kind): "
  }

  private static func split(_ apiVersion: String) -> (group: Substring, version: Substring) {
    let parts = apiVersion.split(separator: "/", maxSplits: 1)
    return parts.count == 2 ? (parts[0], parts[1]) : ("", Substring(apiVersion))
  }

  /// The Go package of a group's internal types: `core`, `apps`, `rbac`.
  private static func internalPackage(_ apiVersion: String) -> Substring {
    let group = split(apiVersion).group
    return group.isEmpty ? "core" : group.prefix { $0 != "." }
  }
}

/// Why a value cannot be held as an object of its kind.
struct DecodingError: Error {
  let message: String
  /// What strict validation found, if it is that.
  var problems: [String] = []

  init(message: String) { self.message = message }

  init(strict problems: [String]) {
    self.problems = problems
    message = "strict decoding error: " + problems.joined(separator: ", ")
  }
}

extension String {
  fileprivate func replacingFirst(_ text: String, with other: String) -> String {
    guard let range = firstRange(of: text) else { return self }
    return String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
  }

  private func firstRange(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
