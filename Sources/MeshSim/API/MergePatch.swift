import KubeModel

/// JSON merge patch (RFC 7396).
enum MergePatch {
  static func apply(_ patch: JSONValue, to target: JSONValue) -> JSONValue {
    guard case .object(let changes) = patch else { return patch }
    var object = target.object ?? JSONObject()
    for member in changes.members {
      if member.value.isNull {
        object[member.key] = nil
      } else {
        object[member.key] = apply(member.value, to: object[member.key] ?? .null)
      }
    }
    return .object(object)
  }
}
