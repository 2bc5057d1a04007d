import KubeModel

/// Values and types as Go's `fmt` prints them, because messages of the server show them.
enum GoText {
  /// A value with `%v`: `map[a:1 b:[x y]]`.
  static func value(_ value: JSONValue) -> String {
    switch value {
    case .null: "<nil>"
    case .bool(let flag): flag ? "true" : "false"
    case .int(let int): String(int)
    case .double(let double): number(double)
    case .string(let string): string
    case .array(let array): "[" + array.map(GoText.value).joined(separator: " ") + "]"
    case .object(let object):
      "map[" + object.members.map { "\($0.key):\(GoText.value($0.value))" }.joined(separator: " ") + "]"
    }
  }

  /// A value with `%#v`, as an `interface{}`.
  static func source(_ value: JSONValue) -> String {
    switch value {
    case .null: "interface {}(nil)"
    case .bool, .int, .double: GoText.value(value)
    case .string: value.jsonText()
    case .array(let array): "[]interface {}{" + array.map(source).joined(separator: ", ") + "}"
    case .object(let object):
      "map[string]interface {}{"
        + object.members.map { "\(JSONValue.string($0.key).jsonText()):\(source($0.value))" }
        .joined(separator: ", ") + "}"
    }
  }

  /// The Go type of values of a shape: `[]v1.Container`.
  static func type(of shape: Shape, in schema: Schema) -> String {
    switch shape.content {
    case .string: "string"
    case .bytes: "[]uint8"
    case .integer(let bits): "int\(bits)"
    case .number: "float64"
    case .boolean: "bool"
    case .quantity: "resource.Quantity"
    case .time: "v1.Time"
    case .microTime: "v1.MicroTime"
    case .intOrString: "intstr.IntOrString"
    case .anything: "interface {}"
    case .structure(let index): "v1." + plainName(schema.structures[index].name)
    case .map(let inner): "map[string]" + type(of: inner, in: schema)
    case .list(let inner): "[]" + type(of: inner, in: schema)
    }
  }

  /// The Go type of a value that has no schema.
  static func type(of value: JSONValue) -> String {
    switch value {
    case .null: "<nil>"
    case .bool: "bool"
    case .int: "int64"
    case .double: "float64"
    case .string: "string"
    case .array: "[]interface {}"
    case .object: "map[string]interface {}"
    }
  }

  /// A struct's name without what tells it from others of the name.
  static func plainName(_ name: String) -> String { String(name.prefix { $0 != "@" }) }

  static func number(_ double: Double) -> String {
    if double == double.rounded(), abs(double) < 1e15 { return String(Int64(double)) }
    return "\(double)"
  }
}

extension JSONValue {
  /// What Go calls a JSON value of this kind.
  var goKind: String {
    switch self {
    case .null: "null"
    case .bool: "bool"
    case .int, .double: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }
}
