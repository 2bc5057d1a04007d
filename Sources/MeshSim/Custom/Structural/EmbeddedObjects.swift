import KubeModel

/// Objects inside objects (`x-kubernetes-embedded-resource`) have a kind, a version and metadata of their own.
struct EmbeddedObjects {
  private(set) var problems = FieldErrors()

  static func problems(of object: JSONObject, _ schema: StructuralSchema) -> FieldErrors {
    problems(of: .object(object), schema, FieldPath(), isResource: false)
  }

  /// - Parameter isResource: whether the value itself is to be checked as an object with a kind.
  static func problems(
    of value: JSONValue, _ schema: StructuralSchema, _ path: FieldPath, isResource: Bool
  ) -> FieldErrors {
    guard schema.contents.contains(.embedded) || isResource else { return FieldErrors() }
    var check = EmbeddedObjects()
    check.value(value, schema, path, isResource: isResource)
    return check.problems
  }

  private mutating func value(
    _ value: JSONValue, _ schema: StructuralSchema, _ path: FieldPath, isResource: Bool = false
  ) {
    guard schema.contents.contains(.embedded) || isResource else { return }
    switch value {
    case .object(let object):
      if schema.isEmbedded || isResource { resource(object, path) }
      for member in object.members {
        if let property = schema.property(member.key) {
          self.value(member.value, property, path[member.key])
        } else if case .schema(let inner)? = schema.additional {
          self.value(member.value, inner, path[key: member.key])
        }
      }
    case .array(let array):
      guard let items = schema.items else { return }
      for index in array.indices { self.value(array[index], items, path[index]) }
    default: break
    }
  }

  private mutating func resource(_ object: JSONObject, _ path: FieldPath) {
    for name in ["apiVersion", "kind"] {
      guard let value = object[name] else {
        problems.required(path[name])
        continue
      }
      guard let text = value.string else {
        problems.invalid(path[name], value, "must be a string")
        continue
      }
      if text.isEmpty {
        problems.invalid(path[name], value, "must not be empty")
      } else if name == "kind" {
        let wrong = NameForm.dns1035Label.problems(of: text.lowercased())
        if !wrong.isEmpty {
          let words = wrong.joined(separator: ",")
          problems.invalid(path[name], value, "may have mixed case, but should otherwise match: \(words)")
        }
      } else if text.filter({ $0 == "/" }).count > 1 {
        problems.invalid(path[name], value, "unexpected GroupVersion string: \(text)")
      }
    }
    guard let metadata = object["metadata"] else { return }
    guard metadata.object != nil else {
      problems.invalid(path["metadata"], metadata, "must be an object")
      return
    }
    if let name = metadata["name"]?.string, !name.isEmpty {
      for words in NameForm.pathSegment.problems(of: name) {
        problems.invalid(path["metadata"]["name"], .string(name), words)
      }
    }
  }
}
