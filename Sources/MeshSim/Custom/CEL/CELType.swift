import KubeModel

/// A type as the checker knows it.
indirect enum CELType: Hashable, Sendable, CustomStringConvertible {
  case dyn, null, bool, int, uint, double, string, bytes, duration, timestamp
  case list(CELType)
  case map(CELType, CELType)
  case optional(CELType)
  case type(CELType)
  case object(CELObjectType)
  case opaque(String)
  /// Stands for any type in a signature.
  case parameter(String)
  /// Of what is wrong already, so that it is told once.
  case error

  /// The type of values of a schema; `nil` for values that rules cannot see.
  static func of(schema: StructuralSchema, isRoot: Bool = false) -> CELType? {
    if schema.isIntOrString { return .dyn }
    if isRoot { return .object(CELObjectType(schema: schema, isRoot: true)) }
    switch schema.type {
    case "array": return schema.items.flatMap { of(schema: $0, isRoot: $0.isEmbedded) }.map { .list($0) }
    case "object":
      guard case .schema(let inner)? = schema.additional else {
        return .object(CELObjectType(schema: schema, isRoot: false))
      }
      return of(schema: inner, isRoot: inner.isEmbedded).map { .map(.string, $0) }
    case "string":
      switch schema.format {
      case "byte": return .bytes
      case "duration": return .duration
      case "date", "date-time": return .timestamp
      default: return .string
      }
    case "boolean": return .bool
    case "number": return .double
    case "integer": return .int
    default: return nil
    }
  }

  var description: String {
    switch self {
    case .dyn: "dyn"
    case .null: "null"
    case .bool: "bool"
    case .int: "int"
    case .uint: "uint"
    case .double: "double"
    case .string: "string"
    case .bytes: "bytes"
    case .duration: "google.protobuf.Duration"
    case .timestamp: "google.protobuf.Timestamp"
    case .list(let element): "list(\(element))"
    case .map(let key, let value): "map(\(key), \(value))"
    case .optional(let inner): "optional_type(\(inner))"
    case .type(let inner): "type(\(inner))"
    case .object: "object"
    case .opaque(let name): name
    case .parameter(let name): name
    case .error: "!error!"
    }
  }

  /// Whether null is one of its values.
  var takesNull: Bool {
    switch self {
    case .null, .dyn, .duration, .timestamp, .object, .opaque, .optional, .error: true
    default: false
    }
  }
}

/// The type of an object with fields.
struct CELObjectType: Hashable, Sendable {
  let schema: StructuralSchema
  /// Whether kind and metadata are known without being in the schema.
  let isRoot: Bool

  static func == (left: CELObjectType, right: CELObjectType) -> Bool { left.schema === right.schema }

  func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(schema)) }

  /// The type of the field that expressions call `name`; `nil` when there is none.
  func field(_ name: String) -> CELType? {
    let key = CELName.unescaped(name)
    guard CELName.escaped(key) == name else { return nil }
    if isRoot {
      switch key {
      case "kind", "apiVersion": return .string
      case "metadata": return .object(CELObjectType(schema: CELObjectType.metadata, isRoot: false))
      default: break
      }
    }
    return schema.property(key).flatMap { CELType.of(schema: $0, isRoot: $0.isEmbedded) }
  }

  /// What rules see of metadata.
  static let metadata = StructuralSchema([
    "type": "object",
    "properties": [
      "name": ["type": "string", "maxLength": 253], "generateName": ["type": "string", "maxLength": 252],
    ],
  ])
}
