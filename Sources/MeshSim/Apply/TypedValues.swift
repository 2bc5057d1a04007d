import KubeModel

/// How the parts of values merge and who can own them: Kubernetes' structured merge over shapes.
///
/// The rules, with their corner cases, are those of structured-merge-diff v6: a null is a value of its own, a
/// container that is empty on both sides is a leaf, and a container that came is a member of what was added.
struct TypedValues {
  let schema: Schema

  /// What a value is to the merge.
  enum Part {
    /// It is owned and replaced as a whole.
    case leaf
    case structure(Int)
    case map(Shape)
    /// Without a schema: objects merge, everything else is a leaf.
    case deduced
    case set
    case keyed([String], Shape)
  }

  func part(_ shape: Shape) -> Part {
    switch shape.content {
    case .structure(let index):
      return shape.isAtomic || schema.structures[index].isAtomic ? .leaf : .structure(index)
    case .map(let inner): return shape.isAtomic ? .leaf : .map(inner)
    case .anything: return shape.isAtomic ? .leaf : .deduced
    case .list(let inner):
      switch shape.listType {
      case .atomic: return .leaf
      case .set: return .set
      case .map(let keys): return .keyed(keys, inner)
      }
    default: return .leaf
    }
  }

  /// The shape of a member of an object; one without a schema for what is not declared.
  func member(_ key: String, of part: Part) -> Shape {
    switch part {
    case .structure(let index): schema.structures[index].field(key)?.shape ?? Shape(.anything)
    case .map(let inner): inner
    default: Shape(.anything)
    }
  }

  /// Whether a member of an object is a declared field.
  func declares(_ key: String, _ part: Part) -> Bool {
    guard case .structure(let index) = part else { return false }
    return schema.structures[index].field(key) != nil
  }

  /// The step that leads to an element of a list, as in `fieldsV1`; nil for one that no key tells.
  func step(to element: JSONValue, _ part: Part) -> String? {
    switch part {
    case .set:
      switch element {
      case .object, .array, .null: return nil
      default: return "v:" + element.jsonText()
      }
    case .keyed(let keys, let inner):
      guard case .object(let object) = element else { return nil }
      if keys.count == 1, case .string(let text)? = object[keys[0]], text.isPlain {
        return "k:{\"\(keys[0])\":\"\(text)\"}"
      }
      var key = JSONObject()
      for name in keys {
        if let value = object[name] {
          key[name] = value
        } else if case .structure(let index) = inner.content,
          let value = schema.structures[index].field(name)?.shape.defaultValue
        {
          key[name] = value
        }
      }
      return key.isEmpty ? nil : "k:" + JSONValue.object(key).jsonText()
    default: return nil
    }
  }

  /// The steps to the elements of a list; elements that none leads to have nil.
  func steps(_ list: [JSONValue], _ part: Part) -> [String?] { list.map { step(to: $0, part) } }
}

extension String {
  /// Whether JSON writes the text as it is.
  fileprivate var isPlain: Bool {
    utf8.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
  }
}
