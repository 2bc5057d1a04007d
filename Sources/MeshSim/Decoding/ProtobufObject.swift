import KubeModel
import Seams

/// Reads objects in Kubernetes' protobuf form, as typed Go clients send them.
struct ProtobufObject {
  /// Before an object: its kind, its version, and its bytes follow in a `runtime.Unknown`.
  static let magic: [UInt8] = [0x6B, 0x38, 0x73, 0x00]
  /// The deepest nesting of messages.
  private static let depthLimit = 200

  private let table: TypeTable

  /// Reads a body.
  ///
  /// - Throws: `DecodingError` for what is no such body, or of a kind without a type.
  static func read(_ body: [UInt8]) throws(DecodingError) -> JSONValue {
    guard body.starts(with: magic) else {
      throw DecodingError(
        message: "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]")
    }
    var apiVersion = ""
    var kind = ""
    var raw: ArraySlice<UInt8> = []
    var reader = ProtobufReader(body[magic.count...])
    while let field = try reader.next() {
      guard case .bytes(let bytes) = field.wire else { continue }
      switch field.number {
      case 1:
        var meta = ProtobufReader(bytes)
        while let field = try meta.next() {
          guard case .bytes(let text) = field.wire else { continue }
          if field.number == 1 { apiVersion = String(decoding: text, as: UTF8.self) }
          if field.number == 2 { kind = String(decoding: text, as: UTF8.self) }
        }
      case 2: raw = bytes
      default: break
      }
    }
    guard let index = TypeTable.builtIn.index(apiVersion: apiVersion, kind: kind) else {
      throw DecodingError(message: "no kind \"\(kind)\" is registered for version \"\(apiVersion)\"")
    }
    var object = try ProtobufObject(table: .builtIn).message(index, raw, depth: 0)
    object["apiVersion"] = .string(apiVersion)
    object["kind"] = .string(kind)
    return .object(object)
  }

  private func message(_ index: Int, _ bytes: ArraySlice<UInt8>, depth: Int) throws(DecodingError)
    -> JSONObject
  {
    guard depth < ProtobufObject.depthLimit else {
      throw DecodingError(message: "messages are nested deeper than \(ProtobufObject.depthLimit)")
    }
    let fields = table.structs[index].fields
    var values: [JSONValue?] = Array(repeating: nil, count: fields.count)
    var inlined: [JSONObject.Member] = []
    var reader = ProtobufReader(bytes)
    while let (number, wire) = try reader.next() {
      guard let position = fields.firstIndex(where: { $0.number == number }) else { continue }
      let field = fields[position]
      if field.isInlined {
        guard case .structure(let inner) = field.type, case .bytes(let bytes) = wire else { continue }
        inlined += try message(inner, bytes, depth: depth + 1).members
        continue
      }
      switch field.type {
      case .list(let inner):
        var list = values[position]?.array ?? []
        values[position] = nil
        list += try elements(inner, wire, depth)
        values[position] = .array(list)
      case .map(let inner):
        guard case .bytes(let bytes) = wire else { continue }
        let (key, value) = try entry(inner, bytes, depth)
        var map = values[position]?.object ?? JSONObject()
        values[position] = nil
        map[key] = value
        values[position] = .object(map)
      default: values[position] = try value(field.type, wire, depth)
      }
    }
    let own = zip(fields, values).compactMap { field, value in value.map { (field.name, $0) } }
    return JSONObject(own + inlined.map { ($0.key, $0.value) })
  }

  private func elements(_ type: TypeTable.FieldType, _ wire: ProtobufReader.Wire, _ depth: Int)
    throws(DecodingError) -> [JSONValue]
  {
    guard case .integer = type, case .bytes(let bytes) = wire else { return [try value(type, wire, depth)] }
    return try ProtobufReader.packed(bytes).map { .int(Int64(bitPattern: $0)) }
  }

  private func entry(_ type: TypeTable.FieldType, _ bytes: ArraySlice<UInt8>, _ depth: Int)
    throws(DecodingError) -> (String, JSONValue)
  {
    var key = ""
    var value = JSONValue.null
    var reader = ProtobufReader(bytes)
    while let field = try reader.next() {
      if field.number == 1, case .bytes(let text) = field.wire { key = String(decoding: text, as: UTF8.self) }
      if field.number == 2 { value = try self.value(type, field.wire, depth) }
    }
    if value.isNull {
      // An entry without a value has the empty one.
      if case .string = type { value = "" }
      if case .bytes = type { value = "" }
    }
    return (key, value)
  }

  private func value(_ type: TypeTable.FieldType, _ wire: ProtobufReader.Wire, _ depth: Int)
    throws(DecodingError) -> JSONValue
  {
    switch (type, wire) {
    case (.integer, .varint(let number)): return .int(Int64(bitPattern: number))
    case (.boolean, .varint(let number)): return .bool(number != 0)
    case (.number, .fixed64(let bits)): return .double(Double(bitPattern: bits))
    case (.number, .fixed32(let bits)): return .double(Double(Float(bitPattern: bits)))
    case (.string, .bytes(let bytes)): return .string(String(decoding: bytes, as: UTF8.self))
    case (.bytes, .bytes(let bytes)): return .string(Base64Text.encode(bytes))
    case (.structure(let index), .bytes(let bytes)):
      return .object(try message(index, bytes, depth: depth + 1))
    case (.quantity, .bytes(let bytes)): return .string(try text(bytes) ?? "0")
    case (.time, .bytes(let bytes)): return try time(bytes) { $0.rfc3339 }
    case (.microTime, .bytes(let bytes)): return try time(bytes) { $0.rfc3339Micro }
    case (.intOrString, .bytes(let bytes)): return try intOrString(bytes)
    case (.rawExtension, .bytes(let bytes)), (.fieldsV1, .bytes(let bytes)), (.json, .bytes(let bytes)):
      return try embedded(bytes)
    case (.items(let inner), .bytes(let bytes)):
      return .array(try repeated(inner, number: 1, bytes, depth))
    case (.schemaOrList, .bytes(let bytes)), (.schemaOrFlag, .bytes(let bytes)),
      (.schemaOrStrings, .bytes(let bytes)):
      return try schemaOr(type, bytes, depth)
    default: return .null
    }
  }

  private func repeated(_ type: TypeTable.FieldType, number: Int, _ bytes: ArraySlice<UInt8>, _ depth: Int)
    throws(DecodingError) -> [JSONValue]
  {
    var list: [JSONValue] = []
    var reader = ProtobufReader(bytes)
    while let field = try reader.next() {
      if field.number == number { list.append(try value(type, field.wire, depth)) }
    }
    return list
  }

  /// The first field of a message, as text.
  private func text(_ bytes: ArraySlice<UInt8>) throws(DecodingError) -> String? {
    var reader = ProtobufReader(bytes)
    while let field = try reader.next() {
      if field.number == 1, case .bytes(let text) = field.wire {
        return String(decoding: text, as: UTF8.self)
      }
    }
    return nil
  }

  /// JSON in a message; null when there is none.
  private func embedded(_ bytes: ArraySlice<UInt8>) throws(DecodingError) -> JSONValue {
    guard let text = try text(bytes), !text.isEmpty else { return .null }
    guard let value = try? JSONValue(json: text) else {
      throw DecodingError(message: "json: invalid text in a raw field")
    }
    return value
  }

  /// Seconds and nanoseconds; an empty message is no time.
  private func time(_ bytes: ArraySlice<UInt8>, _ written: (Timestamp) -> String) throws(DecodingError)
    -> JSONValue
  {
    if bytes.isEmpty { return .null }
    var seconds: Int64 = 0
    var nanoseconds: Int64 = 0
    var reader = ProtobufReader(bytes)
    while let field = try reader.next() {
      guard case .varint(let number) = field.wire else { continue }
      if field.number == 1 { seconds = Int64(bitPattern: number) }
      if field.number == 2 { nanoseconds = Int64(bitPattern: number) }
    }
    // The years that RFC 3339 can write.
    guard (-62_135_596_800..<253_402_300_800).contains(seconds), (0..<1_000_000_000).contains(nanoseconds)
    else {
      throw DecodingError(message: "proto: a time out of range")
    }
    return .string(written(Timestamp(microseconds: seconds * 1_000_000 + nanoseconds / 1_000)))
  }

  private func intOrString(_ bytes: ArraySlice<UInt8>) throws(DecodingError) -> JSONValue {
    var isText = false
    var number: Int64 = 0
    var text = ""
    var reader = ProtobufReader(bytes)
    while let field = try reader.next() {
      switch (field.number, field.wire) {
      case (1, .varint(let type)): isText = type == 1
      case (2, .varint(let value)): number = Int64(Int32(truncatingIfNeeded: value))
      case (3, .bytes(let value)): text = String(decoding: value, as: UTF8.self)
      default: break
      }
    }
    return isText ? .string(text) : .int(number)
  }

  /// A schema, or what may stand in its place.
  private func schemaOr(_ type: TypeTable.FieldType, _ bytes: ArraySlice<UInt8>, _ depth: Int)
    throws(DecodingError) -> JSONValue
  {
    guard let schema = table.index(of: "JSONSchemaProps") else { return .null }
    var other = JSONValue.null
    var list: [JSONValue] = []
    var reader = ProtobufReader(bytes)
    while let (number, wire) = try reader.next() {
      switch (type, number, wire) {
      case (.schemaOrFlag, 1, .varint(let flag)): other = .bool(flag != 0)
      case (.schemaOrFlag, 2, .bytes(let bytes)), (.schemaOrList, 1, .bytes(let bytes)),
        (.schemaOrStrings, 1, .bytes(let bytes)):
        return .object(try message(schema, bytes, depth: depth + 1))
      case (.schemaOrList, 2, .bytes(let bytes)):
        list.append(.object(try message(schema, bytes, depth: depth + 1)))
      case (.schemaOrStrings, 2, .bytes(let bytes)):
        list.append(.string(String(decoding: bytes, as: UTF8.self)))
      default: break
      }
    }
    return list.isEmpty ? other : .array(list)
  }
}

extension TypeTable {
  /// The struct of a kind.
  func index(apiVersion: String, kind: String) -> Int? {
    let schema = Schema.builtIn
    guard case .structure(let structure) = schema.root(apiVersion: apiVersion, kind: kind).content else {
      return index(of: kind)
    }
    return index(of: schema.structures[structure].name)
  }
}
