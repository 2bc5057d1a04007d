import KubeModel

/// The ways in which a PATCH changes an object that is there; applying a configuration is another matter.
enum ObjectPatch: String, Sendable {
  case json = "application/json-patch+json"
  case merge = "application/merge-patch+json"
  case strategic = "application/strategic-merge-patch+json"

  /// The object that the patch makes of `live`, in the form in which the server holds objects.
  ///
  /// - Throws: the server's answer to a body that is no patch, does not apply, or makes what is no such object.
  func apply(_ body: [UInt8], to live: JSONValue, shape: Shape, schema: Schema, validation: FieldValidation)
    throws(StatusError) -> (value: JSONValue, warnings: [String])
  {
    let (patch, problems) = try read(body, validation)
    let patched: JSONValue
    switch self {
    case .json: patched = try JSONPatch.apply(patch, to: live)
    case .merge: patched = MergePatch.apply(patch, to: live)
    case .strategic:
      patched = try StrategicMergePatch.apply(patch, to: live, shape: shape, schema: schema)
    }
    let shown = self == .strategic ? JSONValue.string(GoText.value(patch)) : .string(patched.jsonText())
    do throws(DecodingError) {
      let (value, warnings) = try ObjectDecoding.held(
        patched, outline: nil, body: nil, shape, schema, validation)
      guard validation == .strict, !problems.isEmpty else { return (value, problems + warnings) }
      throw DecodingError(strict: problems)
    } catch {
      let all =
        error.problems.isEmpty || error.problems == problems ? error.problems : problems + error.problems
      throw ObjectPatch.invalid(shown, all.isEmpty ? error.message : DecodingError(strict: all).message)
    }
  }

  /// Reads the patch itself, and what is written twice in it.
  private func read(_ body: [UInt8], _ validation: FieldValidation) throws(StatusError) -> (
    JSONValue, [String]
  ) {
    let outline: JSONOutline
    do {
      if let value = try? JSONValue(json: body), self != .json {
        return (try checked(value, validation), [])
      }
      outline = try JSONOutline(json: body)
    } catch let error as StatusError {
      throw error
    } catch {
      let text = BodyText.problem(of: body, error)
      throw .badRequest(self == .strategic ? text : "error decoding patch: \(text)")
    }
    let value = try checked(outline.json, validation)
    guard validation != .ignore else { return (value, []) }
    guard self == .json else { return (value, StrictProblems.duplicates(in: outline)) }
    return (value, ObjectPatch.unknownFields(of: outline).map { "json patch " + $0 })
  }

  private func checked(_ value: JSONValue, _ validation: FieldValidation) throws(StatusError) -> JSONValue {
    switch self {
    case .json:
      if value.array != nil { return value }
      throw .badRequest(
        "error decoding patch: json: cannot unmarshal \(value.goKind) into Go value of type "
          + "[]handlers.jsonPatchOp")
    case .merge, .strategic:
      if value.object != nil { return value }
      let text = "json: cannot unmarshal \(value.goKind) into Go value of type map[string]interface {}"
      throw .badRequest(self == .strategic ? text : "error decoding patch: \(text)")
    }
  }

  /// Operations have four fields.
  private static func unknownFields(of outline: JSONOutline) -> [String] {
    guard case .array(let operations) = outline else { return [] }
    var problems: [String] = []
    for (index, operation) in operations.enumerated() {
      guard case .object(let members) = operation else { continue }
      var seen: Set<String> = []
      for member in members {
        if !["op", "from", "path", "value"].contains(member.key) {
          problems.append("unknown field \"[\(index)].\(member.key)\"")
        } else if !seen.insert(member.key).inserted {
          problems.append("duplicate field \"[\(index)].\(member.key)\"")
        }
      }
    }
    return problems
  }

  /// The refusal of what a patch makes of an object.
  static func invalid(_ value: JSONValue, _ problem: String) -> StatusError {
    let message = "Invalid value: \(value.jsonText()): \(problem)"
    return StatusError(
      code: 422, reason: "Invalid", message: " \"\" is invalid: patch: \(message)",
      details: [
        "causes": [["reason": "FieldValueInvalid", "message": .string(message), "field": "patch"]]
      ])
  }
}
