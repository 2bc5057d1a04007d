import Seams

extension CELEvaluator {
  /// Changes of type.
  func converted(_ name: String, _ values: [CELValue]) throws(CELError) -> CELValue? {
    guard values.count == 1 else { return nil }
    switch name {
    case "dyn": return values[0]
    case "type": return .type(values[0].typeName)
    case "int": return .int(try integer(values[0]))
    case "uint": return .uint(try unsigned(values[0]))
    case "double": return .double(try double(values[0]))
    case "string": return .string(try text(values[0]))
    case "bool": return .bool(try bool(values[0]))
    case "bytes":
      switch values[0] {
      case .bytes: return values[0]
      case .string(let text): return .bytes(Array(text.utf8))
      default: throw .noOverload
      }
    case "duration":
      switch values[0] {
      case .duration: return values[0]
      case .string(let text):
        guard let length = GoDuration.nanoseconds(text) else {
          throw CELError("time: invalid duration \(GoPrint.quoted(text))")
        }
        return .duration(length)
      default: throw .noOverload
      }
    case "timestamp":
      switch values[0] {
      case .timestamp: return values[0]
      case .int(let seconds):
        guard (-62_135_596_800...253_402_300_799).contains(seconds) else {
          throw CELError("timestamp overflow")
        }
        return .timestamp(Timestamp(seconds: seconds))
      case .string(let text):
        guard let time = Timestamp(rfc3339: text) else {
          throw CELError("parsing time \(GoPrint.quoted(text)) as \"2006-01-02T15:04:05Z07:00\"")
        }
        return .timestamp(time)
      default: throw .noOverload
      }
    default: return nil
    }
  }

  private func integer(_ value: CELValue) throws(CELError) -> Int64 {
    switch value {
    case .int(let int): return int
    case .uint(let int):
      guard let result = Int64(exactly: int) else { throw .overflow }
      return result
    case .double(let double):
      guard double > -0x1p63, double < 0x1p63 else { throw .overflow }
      return Int64(double)
    case .string(let text):
      guard let result = Int64(text), !text.hasPrefix("+") || text.count > 1 else {
        throw CELError("strconv.ParseInt: parsing \(GoPrint.quoted(text)): invalid syntax")
      }
      return result
    case .timestamp(let time):
      let seconds = time.microseconds / 1_000_000
      return time.microseconds % 1_000_000 < 0 ? seconds - 1 : seconds
    case .duration(let length): return length / 1_000_000_000
    default: throw .noOverload
    }
  }

  private func unsigned(_ value: CELValue) throws(CELError) -> UInt64 {
    let overflow = CELError("unsigned integer overflow")
    switch value {
    case .uint(let int): return int
    case .int(let int):
      guard let result = UInt64(exactly: int) else { throw overflow }
      return result
    case .double(let double):
      guard double >= 0, double < 0x1p64 else { throw overflow }
      return UInt64(double)
    case .string(let text):
      guard let result = UInt64(text), !text.hasPrefix("+") else {
        throw CELError("strconv.ParseUint: parsing \(GoPrint.quoted(text)): invalid syntax")
      }
      return result
    default: throw .noOverload
    }
  }

  private func double(_ value: CELValue) throws(CELError) -> Double {
    switch value {
    case .double(let double): return double
    case .int(let int): return Double(int)
    case .uint(let int): return Double(int)
    case .string(let text):
      let names: [String: Double] = ["NaN": .nan, "Inf": .infinity, "+Inf": .infinity, "-Inf": -.infinity]
      guard let result = names[text] ?? Double(text) else {
        throw CELError("strconv.ParseFloat: parsing \(GoPrint.quoted(text)): invalid syntax")
      }
      return result
    default: throw .noOverload
    }
  }

  func text(_ value: CELValue) throws(CELError) -> String {
    switch value {
    case .string(let text): return text
    case .bool(let bool): return String(bool)
    case .int(let int): return String(int)
    case .uint(let int): return String(int)
    case .double(let double): return GoPrint.number(double)
    case .bytes(let bytes):
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw CELError("invalid UTF-8 in bytes, cannot convert to string")
      }
      return text
    case .timestamp(let time): return CELEvaluator.rfc3339(time)
    case .duration(let length): return CELEvaluator.seconds(length) + "s"
    case .address(let address): return address.description
    case .block(let block): return block.description
    default: throw .noOverload
    }
  }

  /// With as many decimals as it needs.
  static func rfc3339(_ time: Timestamp) -> String {
    let fraction = time.microseconds % 1_000_000
    guard fraction != 0 else { return time.rfc3339 }
    var text = String(time.rfc3339Micro.dropLast())
    while text.hasSuffix("0") { text.removeLast() }
    return text + "Z"
  }

  /// A length in seconds.
  static func seconds(_ nanoseconds: Int64) -> String { GoPrint.plainNumber(Double(nanoseconds) / 1e9) }

  private func bool(_ value: CELValue) throws(CELError) -> Bool {
    switch value {
    case .bool(let bool): return bool
    case .string("true"), .string("TRUE"), .string("True"), .string("t"), .string("T"), .string("1"):
      return true
    case .string("false"), .string("FALSE"), .string("False"), .string("f"), .string("F"), .string("0"):
      return false
    case .string(let text):
      throw CELError("strconv.ParseBool: parsing \(GoPrint.quoted(text)): invalid syntax")
    default: throw .noOverload
    }
  }
}
