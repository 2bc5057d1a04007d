import KubeModel

/// JSON merge patch (RFC 7396) as the server's library applies it.
enum MergePatch {
  static func apply(_ patch: JSONValue, to target: JSONValue) -> JSONValue {
    guard case .object(let changes) = patch else { return patch }
    guard case .object(var object) = target else { return withoutNulls(patch) }
    for member in changes.members {
      if member.value.isNull {
        object[member.key] = nil
      } else if let old = object[member.key], !old.isNull {
        object[member.key] = old.object == nil ? withoutNulls(member.value) : apply(member.value, to: old)
      } else {
        object[member.key] = withoutNulls(member.value)
      }
    }
    return .object(object)
  }

  /// A null in what is new removes nothing.
  private static func withoutNulls(_ value: JSONValue) -> JSONValue {
    switch value {
    case .object(let object):
      return .object(
        JSONObject(
          sorted: object.members.filter { !$0.value.isNull }.map {
            JSONObject.Member(key: $0.key, value: withoutNulls($0.value))
          }))
    case .array(let array): return .array(array.map(withoutNulls))
    default: return value
    }
  }
}
