import KubeModel

/// A set of field paths, as one manager of an object owns them.
///
/// A path in the set stands for the field itself; its descendants are in the set only when they are
/// listed too.
struct FieldSet: Hashable, Sendable {
  /// Whether the path that leads here is in the set (`.` in managedFields).
  var isMember = false
  /// What is below, by path element.
  var children: [PathElement: FieldSet] = [:]

  var isEmpty: Bool { !isMember && children.isEmpty }

  /// The set of everything that `value` holds, by the rules of structured merge.
  init(of value: JSONValue, form: MergeForm, schema: MergeSchema) {
    switch (form, value) {
    case (.structure, .object(let object)), (.deduced, .object(let object)):
      for member in object.members {
        let inner = schema.member(member.key, of: form, value: member.value)
        var child = FieldSet(of: member.value, form: inner, schema: schema)
        if member.value.isNull || member.value.object?.isEmpty == true { child.isMember = true }
        if child.isEmpty, case .atomic = inner { child.isMember = true }
        children[.field(member.key)] = child.isEmpty ? FieldSet(isMember: true) : child
      }
    case (.map, .object(let object)):
      for member in object.members {
        let inner = schema.member(member.key, of: form, value: member.value)
        var child = FieldSet(of: member.value, form: inner, schema: schema)
        child.isMember = true
        children[.field(member.key)] = child
      }
    case (.set, .array(let array)):
      for element in array { children[.value(element)] = FieldSet(isMember: true) }
    case (.keyedList(let keys, let inner), .array(let array)):
      for element in array {
        var child = FieldSet(of: element, form: inner, schema: schema)
        child.isMember = true
        children[.key(ListKey.of(element, keys: keys))] = child
      }
    default: isMember = true
    }
  }

  init(isMember: Bool = false) { self.isMember = isMember }

  /// Removes what no procedure may own: the identity of the object and what the server keeps.
  func withoutServerFields() -> FieldSet {
    var set = self
    for name in ["apiVersion", "kind"] { set.children[.field(name)] = nil }
    guard var metadata = set.children[.field("metadata")] else { return set }
    for name in [
      "name", "namespace", "uid", "resourceVersion", "generation", "creationTimestamp", "managedFields",
      "selfLink", "deletionTimestamp", "deletionGracePeriodSeconds",
    ] { metadata.children[.field(name)] = nil }
    metadata.isMember = false
    set.children[.field("metadata")] = metadata.isEmpty ? nil : metadata
    return set
  }

  func union(_ other: FieldSet) -> FieldSet {
    var result = self
    result.isMember = isMember || other.isMember
    for (element, child) in other.children {
      result.children[element] = result.children[element]?.union(child) ?? child
    }
    return result
  }

  func subtracting(_ other: FieldSet) -> FieldSet {
    var result = FieldSet(isMember: isMember && !other.isMember)
    for (element, child) in children {
      let rest = other.children[element].map(child.subtracting) ?? child
      if !rest.isEmpty { result.children[element] = rest }
    }
    return result
  }

  func intersection(_ other: FieldSet) -> FieldSet {
    var result = FieldSet(isMember: isMember && other.isMember)
    for (element, child) in children {
      guard let match = other.children[element] else { continue }
      let common = child.intersection(match)
      if !common.isEmpty { result.children[element] = common }
    }
    return result
  }

  /// The member paths in order, each as in a conflict's message.
  var conflictPaths: [String] {
    var paths: [String] = []
    appendPaths(prefix: "", to: &paths)
    return paths
  }

  private func appendPaths(prefix: String, to paths: inout [String]) {
    if isMember { paths.append(prefix) }
    for (element, child) in children.sorted(by: { $0.key < $1.key }) {
      child.appendPaths(prefix: prefix + element.conflictText, to: &paths)
    }
  }

  // MARK: managedFields

  /// Reads `fieldsV1`.
  init(fieldsV1 value: JSONValue) {
    for member in value.object?.members ?? [] {
      if member.key == "." {
        isMember = true
      } else if let element = PathElement(managedFieldsKey: member.key) {
        var child = FieldSet(fieldsV1: member.value)
        if child.isEmpty { child.isMember = true }
        children[element] = child
      }
    }
  }

  /// The set as `fieldsV1`.
  var fieldsV1: JSONValue {
    var object = JSONObject()
    if isMember, !children.isEmpty { object["."] = [:] }
    for (element, child) in children { object[element.managedFieldsKey] = child.fieldsV1 }
    return .object(object)
  }
}

/// What tells the elements of a keyed list apart.
enum ListKey {
  /// The values of `keys` in `element`; `protocol` counts as TCP when it is not written.
  static func of(_ element: JSONValue, keys: [String]) -> JSONObject {
    var key = JSONObject()
    for name in keys {
      key[name] = element[name] ?? (name == "protocol" ? "TCP" : nil)
    }
    return key
  }
}
