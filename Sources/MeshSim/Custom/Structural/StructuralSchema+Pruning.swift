import KubeModel

/// Fields that a schema does not have are dropped, silently or with their paths.
struct Pruning {
  /// The paths of what was dropped, such as `spec.parts[0].odd`.
  private(set) var unknown: [String] = []
  private var trail: [String] = []

  private static let typeFields: Set<String> = ["apiVersion", "kind", "metadata"]

  /// Prunes a whole object, the fields that all objects have excepted.
  static func prune(_ object: inout JSONObject, _ schema: StructuralSchema) -> [String] {
    var pruning = Pruning()
    pruning.members(of: &object, schema, isResource: true)
    return pruning.unknown.sorted()
  }

  /// Prunes a part of an object.
  static func prune(_ value: inout JSONValue, _ schema: StructuralSchema?) {
    var pruning = Pruning()
    pruning.value(&value, schema)
  }

  private mutating func value(_ value: inout JSONValue, _ schema: StructuralSchema?) {
    switch value {
    case .object(var object):
      guard needsWalk(schema) else { return }
      value = .null
      members(of: &object, schema, isResource: schema?.isEmbedded ?? false)
      value = .object(object)
    case .array(var array):
      let isOpen = schema?.preservesUnknown ?? false
      if isOpen, schema?.items == nil { return }
      // Lists of scalars have nothing to prune.
      guard array.contains(where: { $0.object != nil || $0.array != nil }) else { return }
      value = .null
      for index in array.indices {
        let depth = trail.count
        append(index: index)
        self.value(&array[index], schema?.items, insideOpenList: isOpen)
        trail.removeSubrange(depth...)
      }
      value = .array(array)
    default: break
    }
  }

  /// Elements of an open list are only pruned where their own schema says so.
  private mutating func value(_ value: inout JSONValue, _ schema: StructuralSchema?, insideOpenList: Bool) {
    if insideOpenList, schema == nil { return }
    self.value(&value, schema)
  }

  private func needsWalk(_ schema: StructuralSchema?) -> Bool {
    guard let schema, schema.preservesUnknown else { return true }
    return !schema.properties.isEmpty || schema.additional != nil
  }

  private mutating func members(of object: inout JSONObject, _ schema: StructuralSchema?, isResource: Bool) {
    let isOpen = schema?.preservesUnknown ?? false
    for member in object.members {
      if isResource, Pruning.typeFields.contains(member.key) { continue }
      let inner: StructuralSchema?
      if let property = schema?.property(member.key) {
        inner = property
      } else if case .schema(let additional)? = schema?.additional {
        inner = additional
      } else if schema?.additional != nil {
        inner = nil
      } else {
        if isOpen { continue }
        if !trail.isEmpty || !Pruning.typeFields.contains(member.key) {
          unknown.append(trail.joined() + (trail.isEmpty ? "" : ".") + member.key)
        }
        object[member.key] = nil
        continue
      }
      guard member.value.object != nil || member.value.array != nil else { continue }
      let depth = trail.count
      append(key: member.key)
      object.update(member.key) { (slot: inout JSONValue?) in
        guard var value = slot else { return }
        slot = .null
        self.value(&value, inner)
        slot = value
      }
      trail.removeSubrange(depth...)
    }
  }

  private mutating func append(key: String) {
    if !trail.isEmpty { trail.append(".") }
    trail.append(key)
  }

  private mutating func append(index: Int) { trail.append("[\(index)]") }
}
