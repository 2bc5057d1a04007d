import KubeModel

extension StatusError {
  /// The answer to an object with wrong fields: the message says each thing once, the causes as often as found.
  static func invalid(_ kind: ResourceKind, _ name: String, _ errors: [FieldError]) -> StatusError {
    var texts: [String] = []
    for error in errors {
      let text = error.field.isEmpty ? error.message : "\(error.field): \(error.message)"
      if !texts.contains(text) { texts.append(text) }
    }
    let list = texts.count == 1 ? texts[0] : "[" + texts.joined(separator: ", ") + "]"
    var details = JSONObject([("kind", .string(kind.kind))])
    if !name.isEmpty { details["name"] = .string(name) }
    if !kind.group.isEmpty { details["group"] = .string(kind.group) }
    details["causes"] = .array(
      errors.map {
        [
          "reason": .string($0.reason.rawValue), "message": .string($0.message), "field": .string($0.field),
        ]
      })
    let qualified = kind.group.isEmpty ? kind.kind : "\(kind.kind).\(kind.group)"
    return StatusError(
      code: 422, reason: "Invalid", message: "\(qualified) \"\(name)\" is invalid: \(list)", details: details)
  }
}
