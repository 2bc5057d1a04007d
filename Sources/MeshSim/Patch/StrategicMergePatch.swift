import KubeModel

/// Kubernetes' strategic merge patch: lists of structs merge by a key, directives delete, replace and order.
enum StrategicMergePatch {
  /// - Throws: 400 for a directive of a wrong form, 500 (as the server answers) for a patch that does not fit.
  static func apply(_ patch: JSONValue, to value: JSONValue, shape: Shape, schema: Schema)
    throws(StatusError) -> JSONValue
  {
    guard let changes = patch.object, let object = value.object else {
      throw .badRequest(
        "json: cannot unmarshal \(patch.goKind) into Go value of type map[string]interface {}")
    }
    return .object(try StrategicMerge(schema: schema).merge(changes, into: object, shape))
  }
}

/// One merge with what it knows of the types.
struct StrategicMerge {
  static let directive = "$patch"
  static let retainKeys = "$retainKeys"
  static let deletionPrefix = "$deleteFromPrimitiveList"
  static let orderPrefix = "$setElementOrder"

  let schema: Schema

  func merge(_ patch: JSONObject, into original: JSONObject, _ shape: Shape) throws(StatusError) -> JSONObject
  {
    if let directive = patch[StrategicMerge.directive] {
      switch directive.string {
      case "replace":
        var replacement = patch
        replacement[StrategicMerge.directive] = nil
        return replacement
      case "delete": return JSONObject()
      default:
        throw .internalError(
          "unknown patch type: \(GoText.value(directive)) in map: \(GoText.value(.object(patch)))")
      }
    }
    var (original, patch) = (original, patch)
    try retainKeys(&original, &patch)
    try mergeOrderedLists(&original, &patch, shape)
    for member in patch.members { try merge(member.key, member.value, into: &original, shape) }
    return original
  }

  private func merge(_ key: String, _ new: JSONValue, into original: inout JSONObject, _ shape: Shape)
    throws(StatusError)
  {
    let isDeletion = key.hasPrefix(StrategicMerge.deletionPrefix)
    let name =
      isDeletion
      ? try listName(key, StrategicMerge.deletionPrefix, "invalid patch format of primitive list") : key
    if new.isNull {
      original[name] = nil
      return
    }
    guard let old = original[name], old.hasSameGoType(as: new) else {
      if !isDeletion { original[name] = StrategicMerge.withoutDirectives(StrategicMerge.withoutNulls(new)) }
      return
    }
    switch (old, new) {
    case (.object(let object), .object(let changes)):
      let inner = try member(name, of: shape)
      original[name] = .object(inner.patch.replaces ? changes : try merge(changes, into: object, inner))
    case (.array(let array), .array(let changes)):
      let inner = try member(name, of: shape)
      guard inner.patch.merges || isDeletion else {
        original[name] = new
        return
      }
      original[name] = .array(try mergeList(changes, into: array, inner, isDeletion: isDeletion))
    default: original[name] = new
    }
  }

  /// The shape of a member of a struct or map.
  func member(_ name: String, of shape: Shape) throws(StatusError) -> Shape {
    if let member = schema.member(name, of: shape) { return member }
    let type = GoText.type(of: shape, in: schema)
    throw .internalError(
      "unable to find api field in struct \(type.dropPrefix("v1.")) for the json field \"\(name)\"")
  }

  func listName(_ key: String, _ prefix: String, _ problem: String) throws(StatusError) -> String {
    let parts = key.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0] == prefix else { throw .badRequest(problem) }
    return String(parts[1])
  }

  /// Clears the members that the directive does not name.
  private func retainKeys(_ original: inout JSONObject, _ patch: inout JSONObject) throws(StatusError) {
    guard let directive = patch[StrategicMerge.retainKeys] else { return }
    patch[StrategicMerge.retainKeys] = nil
    let problem = StatusError.badRequest("invalid patch format of retainKeys")
    guard let keys = directive.array else { throw problem }
    let retained = Set(keys.compactMap(\.string))
    for member in patch.members where !member.value.isNull && !retained.contains(member.key) {
      guard
        member.key.hasPrefix(StrategicMerge.deletionPrefix)
          || member.key.hasPrefix(StrategicMerge.orderPrefix)
      else { throw problem }
    }
    original = JSONObject(sorted: original.members.filter { retained.contains($0.key) })
  }

  // MARK: Values that are new

  /// A value without the objects that hold a directive; nil when it is one itself.
  static func withoutDirectives(_ value: JSONValue) -> JSONValue? {
    switch value {
    case .object(let object):
      if object[directive] != nil { return nil }
      return .object(
        JSONObject(
          sorted: object.members.compactMap { member in
            withoutDirectives(member.value).map { JSONObject.Member(key: member.key, value: $0) }
          }))
    case .array(let array): return .array(array.compactMap(withoutDirectives))
    default: return value
    }
  }

  static func withoutNulls(_ value: JSONValue) -> JSONValue {
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

extension JSONValue {
  /// Whether Go holds both in the same type.
  func hasSameGoType(as other: JSONValue) -> Bool {
    switch (self, other) {
    case (.null, .null), (.bool, .bool), (.int, .int), (.double, .double), (.string, .string),
      (.array, .array), (.object, .object):
      true
    default: false
    }
  }
}

extension String {
  fileprivate func dropPrefix(_ prefix: String) -> String {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self
  }
}
