import KubeModel

/// Lists of type `set` and `map` hold each element, or each key, once.
struct ListUniqueness {
  private(set) var problems = FieldErrors()

  static func problems(of object: JSONObject, _ schema: StructuralSchema) -> FieldErrors {
    guard schema.contents.contains(.uniqueLists) else { return FieldErrors() }
    var check = ListUniqueness()
    check.members(of: object, schema, FieldPath())
    return check.problems
  }

  private mutating func members(of object: JSONObject, _ schema: StructuralSchema, _ path: FieldPath) {
    for member in object.members {
      if let property = schema.property(member.key) {
        value(member.value, property, path[member.key])
      }
      if case .schema(let inner)? = schema.additional { value(member.value, inner, path[key: member.key]) }
    }
  }

  private mutating func value(_ value: JSONValue, _ schema: StructuralSchema, _ path: FieldPath) {
    guard schema.contents.contains(.uniqueLists) else { return }
    switch value {
    case .object(let object): members(of: object, schema, path)
    case .array(let array):
      if schema.listType == "set" {
        for index in ListUniqueness.repeats(array) { problems.duplicate(path[index], array[index]) }
      } else if schema.listType == "map" {
        keyedList(array, schema, path)
      }
      guard let items = schema.items, items.contents.contains(.uniqueLists) else { return }
      for index in array.indices { self.value(array[index], items, path[index]) }
    default: break
    }
  }

  private mutating func keyedList(_ array: [JSONValue], _ schema: StructuralSchema, _ path: FieldPath) {
    for (index, element) in array.enumerated() where element.object == nil && element != .null {
      problems.invalid(path[index], element, "must be an object for an array of list-type map")
      return
    }
    let keys = array.map { element in
      JSONValue.object(JSONObject(schema.listKeys.compactMap { key in element[key].map { (key, $0) } }))
    }
    for index in ListUniqueness.repeats(keys) { problems.duplicate(path[index], keys[index]) }
  }

  /// The place of the second of equal values; further ones are not told.
  private static func repeats(_ values: [JSONValue]) -> [Int] {
    var times: [JSONValue: Int] = [:]
    var second: [Int] = []
    for (index, value) in values.enumerated() {
      let count = times[value, default: 0]
      if count == 1 { second.append(index) }
      times[value] = count + 1
    }
    return second
  }
}
