import KubeModel

extension FieldSet {
  /// The paths as messages show them, such as `.spec.containers[name="a"].image`: at each level first its own.
  var paths: [String] {
    var paths: [String] = []
    FieldSet.appendPaths(of: tree.members[...], prefix: "", to: &paths)
    return paths
  }

  private static func appendPaths(
    of members: ArraySlice<JSONObject.Member>, prefix: String, to paths: inout [String]
  ) {
    for member in members where isMember(member.value) { paths.append(prefix + shown(member.key)) }
    for member in members {
      let below = children(member.value)
      if !below.isEmpty { appendPaths(of: below, prefix: prefix + shown(member.key), to: &paths) }
    }
  }

  /// A step of a path as messages show it.
  static func shown(_ key: String) -> String {
    let rest = String(key.dropFirst(2))
    switch key.prefix(2) {
    case "f:": return "." + rest
    case "k:":
      let members = (try? JSONValue(json: rest))?.object?.members ?? []
      return "[" + members.map { "\($0.key)=\($0.value.jsonText())" }.joined(separator: ",") + "]"
    case "v:": return "[=\(rest)]"
    default: return "[\(rest)]"
    }
  }

  /// The set with each step in its one form and what is no step left out: for sets that clients write.
  func normalized() -> FieldSet { FieldSet(FieldSet.normalized(tree)) }

  private static func normalized(_ object: JSONObject) -> JSONObject {
    JSONObject(
      object.members.compactMap { member in
        if member.key == "." { return (member.key, leaf) }
        let value = JSONValue.object(normalized(member.value.object ?? JSONObject()))
        switch member.key.prefix(2) {
        case "f:", "i:": return (member.key, value)
        case "k:", "v:":
          guard let part = try? JSONValue(json: String(member.key.dropFirst(2))) else { return nil }
          return (member.key.prefix(2) + part.jsonText(), value)
        default: return nil
        }
      })
  }
}
