/// Any JSON value, as the Kubernetes API exchanges it.
///
/// Integers and other numbers are kept apart, because Kubernetes does: `replicas: 3` is not `3.0`.
public indirect enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case double(Double)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)
}

extension JSONValue {
  /// The object, if it is one.
  public var object: JSONObject? {
    if case .object(let object) = self { object } else { nil }
  }

  /// The elements, if it is an array.
  public var array: [JSONValue]? {
    if case .array(let array) = self { array } else { nil }
  }

  /// The string, if it is one.
  public var string: String? {
    if case .string(let string) = self { string } else { nil }
  }

  /// The integer, if it is one.
  public var int: Int64? {
    if case .int(let int) = self { int } else { nil }
  }

  /// The number, integer or not, if it is one.
  public var number: Double? {
    switch self {
    case .int(let int): Double(int)
    case .double(let double): double
    default: nil
    }
  }

  /// The Boolean, if it is one.
  public var bool: Bool? {
    if case .bool(let bool) = self { bool } else { nil }
  }

  /// Whether it is `null`.
  public var isNull: Bool { self == .null }

  /// What JSON calls this type of value, for messages.
  public var typeName: String {
    switch self {
    case .null: "null"
    case .bool: "a Boolean"
    case .int: "an integer"
    case .double: "a number"
    case .string: "a string"
    case .array: "a list"
    case .object: "a mapping"
    }
  }

  /// The member of an object called `key`; `nil` when absent or when this is not an object.
  ///
  /// Setting a member turns `null` into an object; on any other value it is ignored.
  public subscript(key: String) -> JSONValue? {
    get { object?[key] }
    set {
      switch self {
      case .object(var object):
        self = .null  // gives up this reference, so that the change below copies nothing
        object[key] = newValue
        self = .object(object)
      case .null where newValue != nil:
        var object = JSONObject()
        object[key] = newValue
        self = .object(object)
      default: break
      }
    }
  }

  /// The value under a path of object keys.
  public subscript(path keys: String...) -> JSONValue? { self[path: keys[...]] }

  /// The value under a path of object keys.
  public subscript(path keys: ArraySlice<String>) -> JSONValue? {
    var value = self
    for key in keys {
      guard let next = value[key] else { return nil }
      value = next
    }
    return value
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int64) { self = .int(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(JSONObject(elements))
  }
}
