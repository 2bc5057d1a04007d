/// Reads the wire format of protobuf from a part of a buffer. Every length is checked against what is left.
struct ProtobufReader {
  /// A value as the wire has it.
  enum Wire {
    case varint(UInt64)
    case fixed64(UInt64)
    case fixed32(UInt32)
    case bytes(ArraySlice<UInt8>)
  }

  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// The next field of a message; nil at its end.
  ///
  /// - Throws: `DecodingError` for what is no message.
  mutating func next() throws(DecodingError) -> (number: Int, wire: Wire)? {
    guard !rest.isEmpty else { return nil }
    let tag = try varint()
    let number = Int(truncatingIfNeeded: tag >> 3)
    guard number > 0 else {
      throw DecodingError(message: "proto: illegal tag \(number) (wire type \(tag & 7))")
    }
    switch tag & 7 {
    case 0: return (number, .varint(try varint()))
    case 1: return (number, .fixed64(try fixed(8)))
    case 2:
      let length = try varint()
      guard length <= UInt64(rest.count) else { throw ProtobufReader.truncated }
      return (number, .bytes(take(Int(length))))
    case 5: return (number, .fixed32(UInt32(truncatingIfNeeded: try fixed(4))))
    default: throw DecodingError(message: "proto: illegal wireType \(tag & 7)")
    }
  }

  /// The numbers of a packed field.
  static func packed(_ bytes: ArraySlice<UInt8>) throws(DecodingError) -> [UInt64] {
    var reader = ProtobufReader(bytes)
    var numbers: [UInt64] = []
    while !reader.rest.isEmpty { numbers.append(try reader.varint()) }
    return numbers
  }

  private static let truncated = DecodingError(message: "unexpected EOF")

  private mutating func take(_ count: Int) -> ArraySlice<UInt8> {
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  private mutating func varint() throws(DecodingError) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while let byte = rest.popFirst() {
      guard shift < 64 else { throw DecodingError(message: "proto: integer overflow") }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    throw ProtobufReader.truncated
  }

  private mutating func fixed(_ count: Int) throws(DecodingError) -> UInt64 {
    guard rest.count >= count else { throw ProtobufReader.truncated }
    return take(count).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
