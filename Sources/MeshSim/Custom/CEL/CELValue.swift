import KubeModel
import Seams

/// A value of the Common Expression Language.
///
/// Objects and lists of a custom resource stay as they are until an expression looks into them.
indirect enum CELValue: Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  case double(Double)
  case string(String)
  case bytes([UInt8])
  /// Nanoseconds.
  case duration(Int64)
  case timestamp(Timestamp)
  case list([CELValue])
  case map(CELMap)
  case object(JSONObject, StructuralSchema?)
  case array([JSONValue], StructuralSchema?)
  case optional(CELValue?)
  case type(String)
  case quantity(ExactQuantity)
  case url(WebAddress)
  case address(IPAddress)
  case block(AddressBlock)
  case version(SemanticVersion)
  case format(String)

  /// A value of an object, with the types that its schema gives it.
  init(_ json: JSONValue, _ schema: StructuralSchema? = nil) {
    switch json {
    case .null: self = .null
    case .bool(let bool): self = .bool(bool)
    case .int(let int):
      self = schema?.type == "number" && schema?.isIntOrString == false ? .double(Double(int)) : .int(int)
    case .double(let double):
      let isWhole = double == double.rounded() && double.magnitude < 9e18
      self = schema?.type == "integer" && isWhole ? .int(Int64(double)) : .double(double)
    case .string(let text): self = CELValue.text(text, schema)
    case .array(let array): self = .array(array, schema)
    case .object(let object): self = .object(object, schema)
    }
  }

  private static func text(_ text: String, _ schema: StructuralSchema?) -> CELValue {
    guard let schema, schema.type == "string" else { return .string(text) }
    switch schema.format {
    case "date-time": return Timestamp(rfc3339: text).map { .timestamp($0) } ?? .string(text)
    case "date": return Timestamp(rfc3339: text + "T00:00:00Z").map { .timestamp($0) } ?? .string(text)
    case "duration": return GoDuration.nanoseconds(lenient: text).map { .duration($0) } ?? .string(text)
    case "byte": return (try? Base64Text.decode(text).get()).map { .bytes($0) } ?? .string(text)
    default: return .string(text)
    }
  }

  /// The name of its type, as `type()` and messages tell it.
  var typeName: String {
    switch self {
    case .null: "null_type"
    case .bool: "bool"
    case .int: "int"
    case .uint: "uint"
    case .double: "double"
    case .string: "string"
    case .bytes: "bytes"
    case .duration: "google.protobuf.Duration"
    case .timestamp: "google.protobuf.Timestamp"
    case .list, .array: "list"
    case .map: "map"
    case .object(_, let schema): schema?.properties.isEmpty == false ? "object" : "map"
    case .optional: "optional_type"
    case .type: "type"
    case .quantity: "kubernetes.Quantity"
    case .url: "kubernetes.URL"
    case .address: "net.IP"
    case .block: "net.CIDR"
    case .version: "kubernetes.Semver"
    case .format: "kubernetes.NamedFormat"
    }
  }

  /// The elements of a list of either form.
  var elements: [CELValue]? {
    switch self {
    case .list(let elements): elements
    case .array(let array, let schema): array.map { CELValue($0, schema?.items) }
    default: nil
    }
  }

  /// How many elements, members or characters it has.
  var size: Int? {
    switch self {
    case .list(let elements): elements.count
    case .array(let array, _): array.count
    case .map(let map): map.entries.count
    case .object(let object, _): object.count
    case .string(let text): text.unicodeScalars.count
    case .bytes(let bytes): bytes.count
    default: nil
    }
  }

  /// The keys of a map, or the fields of an object.
  var keys: [CELValue]? {
    switch self {
    case .map(let map): map.entries.map(\.key)
    case .object(let object, _): object.members.map { .string($0.key) }
    default: nil
    }
  }

  /// The member of a map or object; `nil` when there is none.
  func member(_ key: CELValue) -> CELValue? {
    switch self {
    case .map(let map): return map[key]
    case .object(let object, let schema):
      guard case .string(let name) = key, let value = object[name] else { return nil }
      return CELValue(value, schema?.member(name))
    default: return nil
    }
  }

  /// The field of an object by the name that expressions use for it.
  func field(_ name: String) -> CELValue? {
    guard case .object(let object, let schema) = self, let schema, !schema.properties.isEmpty || schema.isRoot
    else {
      return member(.string(name))
    }
    let key = CELName.unescaped(name)
    guard let value = object[key] else { return nil }
    return CELValue(value, schema.property(key))
  }
}

/// A map made by an expression, in the order of its entries.
struct CELMap: Sendable {
  struct Entry: Sendable {
    let key: CELValue
    let value: CELValue
  }

  private(set) var entries: [Entry] = []
  private var strings: [String: Int] = [:]

  subscript(key: CELValue) -> CELValue? {
    if case .string(let text) = key { return strings[text].map { entries[$0].value } }
    return entries.first { CELEquality.equal($0.key, key) }?.value
  }

  /// Adds an entry; false when the key is there already.
  mutating func insert(_ key: CELValue, _ value: CELValue) -> Bool {
    if self[key] != nil { return false }
    if case .string(let text) = key { strings[text] = entries.count }
    entries.append(Entry(key: key, value: value))
    return true
  }
}

/// Why an expression has no value.
struct CELError: Error, Equatable, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }

  static let noOverload = CELError("no such overload")
  static let costLimit = CELError("operation cancelled: actual cost limit exceeded")
  static func noSuchKey(_ key: String) -> CELError { CELError("no such key: \(key)") }
  static let overflow = CELError("integer overflow")
}

/// Names of fields that are no names in expressions are written otherwise: `self.__namespace__`, `self.a__dash__b`.
enum CELName {
  private static let reserved: Set<String> = [
    "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if",
    "import",
    "let", "loop", "package", "namespace", "return", "var", "void", "while",
  ]

  /// The name in expressions; `nil` for a field that expressions cannot name.
  static func escaped(_ name: String) -> String? {
    guard let first = name.utf8.first, !(48...57).contains(first) else { return nil }
    if reserved.contains(name) { return "__\(name)__" }
    var out = ""
    var rest = name[...]
    while let scalar = rest.unicodeScalars.first {
      if rest.hasPrefix("__") {
        out += "__underscores__"
        rest = rest.dropFirst(2)
        continue
      }
      switch scalar {
      case ".": out += "__dot__"
      case "-": out += "__dash__"
      case "/": out += "__slash__"
      case _ where CharacterSet.isWord(scalar): out.unicodeScalars.append(scalar)
      default: return nil
      }
      rest = rest.dropFirst()
    }
    return out
  }

  /// The field that a name in an expression means.
  static func unescaped(_ name: String) -> String {
    guard name.contains("__") else { return name }
    if name.hasPrefix("__"), name.hasSuffix("__"), name.count > 4 {
      let inner = String(name.dropFirst(2).dropLast(2))
      if reserved.contains(inner) { return inner }
    }
    return name.replacing("__dot__", with: ".").replacing("__dash__", with: "-").replacing(
      "__slash__", with: "/"
    )
    .replacing("__underscores__", with: "__")
  }
}
