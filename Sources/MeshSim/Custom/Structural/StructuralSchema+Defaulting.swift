import KubeModel

/// What a schema fills into objects, and the nulls that it takes away.
enum SchemaDefaults {
  /// Fills in what `object` leaves open; a null that may not be counts as absent.
  static func fill(_ object: inout JSONObject, _ schema: StructuralSchema) {
    guard schema.contents.contains(.defaults) else { return }
    for property in schema.properties {
      guard let value = property.schema.defaultValue else { continue }
      let present = object[property.name]
      if present == nil || (present == .null && !property.schema.isNullable) { object[property.name] = value }
    }
    for member in object.members {
      guard let inner = schema.member(member.key) else { continue }
      let isMissing = member.value == .null && !inner.isNullable && schema.property(member.key) == nil
      if isMissing {
        object[member.key] = inner.defaultValue ?? .null
      } else if !inner.contents.contains(.defaults) || isScalar(member.value) {
        continue
      }
      object.update(member.key) { (slot: inout JSONValue?) in
        guard var value = slot else { return }
        slot = .null
        fill(&value, inner)
        slot = value
      }
    }
  }

  static func fill(_ value: inout JSONValue, _ schema: StructuralSchema?) {
    guard let schema, schema.contents.contains(.defaults) else { return }
    switch value {
    case .object(var object):
      value = .null
      fill(&object, schema)
      value = .object(object)
    case .array(var array):
      value = .null
      for index in array.indices {
        if array[index] == .null, let items = schema.items, !items.isNullable {
          array[index] = items.defaultValue ?? .null
        }
        fill(&array[index], schema.items)
      }
      value = .array(array)
    default: break
    }
  }

  /// Takes away nulls that may not be and that no default replaces.
  static func dropNulls(_ object: inout JSONObject, _ schema: StructuralSchema?) {
    for member in object.members {
      let inner = schema?.member(member.key)
      switch member.value {
      case .null: if let inner, !inner.isNullable, inner.defaultValue == nil { object[member.key] = nil }
      case .object, .array:
        guard hasNull(member.value) else { continue }
        object.update(member.key) { (slot: inout JSONValue?) in
          guard var value = slot else { return }
          slot = .null
          dropNulls(&value, inner)
          slot = value
        }
      default: break
      }
    }
  }

  private static func dropNulls(_ value: inout JSONValue, _ schema: StructuralSchema?) {
    switch value {
    case .object(var object):
      value = .null
      dropNulls(&object, schema)
      value = .object(object)
    case .array(var array):
      value = .null
      for index in array.indices { dropNulls(&array[index], schema?.items) }
      value = .array(array)
    default: break
    }
  }

  private static func hasNull(_ value: JSONValue) -> Bool {
    switch value {
    case .null: true
    case .object(let object): object.members.contains { hasNull($0.value) }
    case .array(let array): array.contains(where: hasNull)
    default: false
    }
  }

  private static func isScalar(_ value: JSONValue) -> Bool { value.object == nil && value.array == nil }
}
