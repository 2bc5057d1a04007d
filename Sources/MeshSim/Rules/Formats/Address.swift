/// IP addresses and ranges of them.
struct Address: Hashable, Sendable {
  /// 4 or 16 bytes.
  let bytes: [UInt8]

  var isIPv6: Bool { bytes.count == 16 }

  /// Reads an address; `isLenient` allows leading zeros in IPv4, as old fields do.
  init?(_ text: String, isLenient: Bool = true) {
    if text.contains(":") {
      guard let bytes = Address.version6(text) else { return nil }
      self.bytes = bytes
    } else {
      guard let bytes = Address.version4(text, isLenient: isLenient) else { return nil }
      self.bytes = bytes
    }
  }

  /// What is wrong with a text that must be an address.
  static func problems(of text: String) -> [String] {
    Address(text, isLenient: false) == nil
      ? ["must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"] : []
  }

  /// What is wrong with a text that must be a range.
  static func rangeProblems(of text: String) -> [String] {
    range(text) == nil ? ["must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"] : []
  }

  /// An address with the number of leading bits that count.
  static func range(_ text: String) -> (address: Address, bits: Int)? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let address = Address(String(parts[0])), let bits = Int(parts[1]),
      parts[1].utf8.allSatisfy({ (48...57).contains($0) }), bits >= 0, bits <= address.bytes.count * 8
    else { return nil }
    return (address, bits)
  }

  /// Whether the first `bits` bits of both are the same.
  func shares(_ bits: Int, with other: Address) -> Bool {
    guard bytes.count == other.bytes.count else { return false }
    for index in 0..<(bits / 8) where bytes[index] != other.bytes[index] { return false }
    let rest = bits % 8
    guard rest > 0 else { return true }
    let mask = UInt8(truncatingIfNeeded: 0xFF00 >> rest)
    return bytes[bits / 8] & mask == other.bytes[bits / 8] & mask
  }

  /// What is wrong with an address that endpoints or external clients must reach.
  static func specialProblems(of text: String) -> [String] {
    guard let address = Address(text) else { return ["must be a valid IP address"] }
    let bytes = address.bytes
    var problems: [String] = []
    if bytes.allSatisfy({ $0 == 0 }) { problems.append("may not be unspecified (\(text))") }
    if address.isIPv6 ? bytes.dropLast().allSatisfy({ $0 == 0 }) && bytes[15] == 1 : bytes[0] == 127 {
      problems.append("may not be in the loopback range (127.0.0.0/8, ::1/128)")
    }
    if address.isIPv6 ? bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80 : bytes[0] == 169 && bytes[1] == 254 {
      problems.append("may not be in the link-local range (169.254.0.0/16, fe80::/10)")
    }
    if address.isIPv6
      ? bytes[0] == 0xFF && bytes[1] & 0x0F == 2 : bytes[0] == 224 && bytes[1] == 0 && bytes[2] == 0
    {
      problems.append("may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)")
    }
    return problems
  }

  private static func version4(_ text: String, isLenient: Bool) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var bytes: [UInt8] = []
    for part in parts {
      guard !part.isEmpty, part.utf8.allSatisfy({ (48...57).contains($0) }), let byte = UInt8(part),
        isLenient || part.count == 1 || part.first != "0"
      else { return nil }
      bytes.append(byte)
    }
    return bytes
  }

  private static func version6(_ text: String) -> [UInt8]? {
    func groups(_ text: Substring) -> [UInt8]? {
      guard !text.isEmpty else { return [] }
      var bytes: [UInt8] = []
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      for (index, part) in parts.enumerated() {
        if part.contains("."), index == parts.count - 1 {
          guard let last = version4(String(part), isLenient: false) else { return nil }
          bytes += last
          continue
        }
        guard (1...4).contains(part.count), let group = UInt16(part, radix: 16) else { return nil }
        bytes += [UInt8(group >> 8), UInt8(group & 0xFF)]
      }
      return bytes
    }
    let halves = text.split(separator: "::", omittingEmptySubsequences: false)
    if halves.count == 1 { return groups(halves[0]).flatMap { $0.count == 16 ? $0 : nil } }
    guard halves.count == 2, let head = groups(halves[0]), let tail = groups(halves[1]),
      head.count + tail.count <= 14
    else { return nil }
    return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
  }
}
