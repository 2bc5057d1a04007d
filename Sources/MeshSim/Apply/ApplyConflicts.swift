import KubeModel

/// Fields that other managers own and an apply would change.
struct ApplyConflicts: Error {
  /// Each owner with the paths that are contested, by their entries' order.
  private var contested: [(owner: String, fields: FieldSet)]

  init(_ entries: [ManagedFields.Entry], _ changed: FieldSet) {
    contested = entries.map { ($0.owner, $0.fields.intersection(changed)) }.filter { !$0.fields.isEmpty }
      .sorted { $0.owner < $1.owner }
  }

  var isEmpty: Bool { contested.isEmpty }

  /// The conflicts but those about some fields.
  func removing(_ allowed: FieldSet) -> ApplyConflicts {
    var rest = self
    rest.contested = contested.map { ($0.owner, $0.fields.subtracting(allowed)) }.filter {
      !$0.fields.isEmpty
    }
    return rest
  }

  /// The server's answer.
  var status: StatusError {
    let conflicts = contested.flatMap { owner, fields in fields.paths.map { (owner: owner, path: $0) } }
    let causes = conflicts.map { conflict -> JSONValue in
      [
        "reason": "FieldManagerConflict", "message": .string("conflict with \(conflict.owner)"),
        "field": .string(conflict.path),
      ]
    }
    let text: String
    if conflicts.count == 1 {
      text = "1 conflict: conflict with \(conflicts[0].owner): \(conflicts[0].path)"
    } else {
      let lines = contested.flatMap { owner, fields in
        ["conflicts with \(owner):"] + fields.paths.map { "- \($0)" }
      }
      text = "\(conflicts.count) conflicts: " + lines.joined(separator: "\n")
    }
    return StatusError(
      code: 409, reason: "Conflict", message: "Apply failed with " + text,
      details: JSONObject([("causes", .array(causes))]))
  }
}
