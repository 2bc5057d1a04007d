extension JSONValue {
  /// The value as JSON text in UTF-8: keys ascending, no white space.
  public func jsonBytes() -> [UInt8] {
    var writer = JSONWriter(indentation: nil)
    writer.write(self, depth: 0)
    return writer.bytes
  }

  /// The value as JSON text, on one line or indented by two spaces.
  public func jsonText(isPretty: Bool = false) -> String {
    var writer = JSONWriter(indentation: isPretty ? 2 : nil)
    writer.write(self, depth: 0)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

/// Appends JSON text to a buffer.
struct JSONWriter {
  let indentation: Int?
  var bytes: [UInt8] = []

  init(indentation: Int?) {
    self.indentation = indentation
    bytes.reserveCapacity(1_024)
  }

  mutating func write(_ value: JSONValue, depth: Int) {
    switch value {
    case .null: bytes += "null".utf8
    case .bool(let bool): bytes += (bool ? "true" : "false").utf8
    case .int(let int): write(int)
    case .double(let double): write(double)
    case .string(let string): write(string)
    case .array(let array):
      open("[")
      for index in array.indices {
        separate(isFirst: index == 0, depth: depth + 1)
        write(array[index], depth: depth + 1)
      }
      close("]", isEmpty: array.isEmpty, depth: depth)
    case .object(let object):
      open("{")
      for index in object.members.indices {
        separate(isFirst: index == 0, depth: depth + 1)
        write(object.members[index].key)
        bytes.append(UInt8(ascii: ":"))
        if indentation != nil { bytes.append(UInt8(ascii: " ")) }
        write(object.members[index].value, depth: depth + 1)
      }
      close("}", isEmpty: object.isEmpty, depth: depth)
    }
  }

  private mutating func open(_ bracket: Unicode.Scalar) { bytes.append(UInt8(ascii: bracket)) }

  private mutating func separate(isFirst: Bool, depth: Int) {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    breakLine(depth: depth)
  }

  private mutating func close(_ bracket: Unicode.Scalar, isEmpty: Bool, depth: Int) {
    if !isEmpty { breakLine(depth: depth) }
    bytes.append(UInt8(ascii: bracket))
  }

  private mutating func breakLine(depth: Int) {
    guard let indentation else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * indentation))
  }

  private mutating func write(_ int: Int64) {
    if int >= 0, int < 10 {
      bytes.append(UInt8(ascii: "0") + UInt8(int))
    } else {
      bytes += String(int).utf8
    }
  }

  /// JSON has no infinities: they, and NaN, are written as null, as other writers do.
  private mutating func write(_ double: Double) {
    guard double.isFinite else {
      bytes += "null".utf8
      return
    }
    bytes += "\(double)".utf8
  }

  private mutating func write(_ string: String) {
    bytes.append(UInt8(ascii: "\""))
    var string = string
    string.withUTF8 { text in
      var start = 0
      for index in text.indices {
        let byte = text[index]
        if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { continue }
        bytes.append(contentsOf: text[start..<index])
        start = index + 1
        writeEscape(byte)
      }
      bytes.append(contentsOf: text[start...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func writeEscape(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\n"): bytes.append(UInt8(ascii: "n"))
    case UInt8(ascii: "\r"): bytes.append(UInt8(ascii: "r"))
    case UInt8(ascii: "\t"): bytes.append(UInt8(ascii: "t"))
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    default:
      let digits = String(byte, radix: 16)
      bytes += "u00".utf8
      if digits.utf8.count == 1 { bytes.append(UInt8(ascii: "0")) }
      bytes += digits.utf8
    }
  }
}
