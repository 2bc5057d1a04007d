/// An IP address of version 4 or 6.
struct IPAddress: Hashable, Sendable, CustomStringConvertible {
  /// Four or sixteen.
  let bytes: [UInt8]

  var isV4: Bool { bytes.count == 4 }

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// Reads an address; `nil` for one with a zone, with leading zeros, or of version 4 inside version 6.
  init?(_ text: String) {
    if text.contains(":") {
      guard let bytes = IPAddress.six(text) else { return nil }
      self.bytes = bytes
    } else {
      guard let bytes = IPAddress.four(text[...]) else { return nil }
      self.bytes = bytes
    }
  }

  private static func four(_ text: Substring) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    let bytes = parts.compactMap { part -> UInt8? in
      guard part.utf8.allSatisfy({ (48...57).contains($0) }), part.count == 1 || !part.hasPrefix("0") else {
        return nil
      }
      return UInt8(part)
    }
    return bytes.count == 4 ? bytes : nil
  }

  private static func six(_ text: String) -> [UInt8]? {
    let halves = text.split(separator: "::", maxSplits: 1, omittingEmptySubsequences: false)
    guard !text.contains(":::"), text.components(of: "::") <= 1 else { return nil }
    guard let head = groups(halves[0]), let tail = halves.count > 1 ? groups(halves[1]) : [] else {
      return nil
    }
    let missing = 16 - head.count - tail.count
    guard halves.count > 1 ? missing >= 2 : missing == 0 else { return nil }
    return head + [UInt8](repeating: 0, count: missing) + tail
  }

  private static func groups(_ text: Substring) -> [UInt8]? {
    if text.isEmpty { return [] }
    var bytes: [UInt8] = []
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if index == parts.count - 1, part.contains("."), let four = four(part) {
        bytes += four
      } else {
        guard (1...4).contains(part.utf8.count), let group = UInt16(part, radix: 16), !part.hasPrefix("+")
        else {
          return nil
        }
        bytes += [UInt8(group >> 8), UInt8(group & 255)]
      }
    }
    return bytes
  }

  /// Whether it is an address of version 4 in the clothes of version 6.
  var isMapped: Bool {
    bytes.count == 16 && bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 255 && bytes[11] == 255
  }

  /// The canonical form (RFC 5952).
  var description: String {
    if isV4 { return bytes.map { String($0) }.joined(separator: ".") }
    let groups = stride(from: 0, to: 16, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
    var best = 0..<0
    var start: Int?
    for index in 0...8 {
      if index < 8, groups[index] == 0 {
        if start == nil { start = index }
      } else if let from = start {
        if index - from > best.count, index - from > 1 { best = from..<index }
        start = nil
      }
    }
    func text(_ range: Range<Int>) -> String {
      groups[range].map { String($0, radix: 16) }.joined(separator: ":")
    }
    return best.isEmpty ? text(0..<8) : text(0..<best.lowerBound) + "::" + text(best.upperBound..<8)
  }

  var isUnspecified: Bool { bytes.allSatisfy { $0 == 0 } }
  var isLoopback: Bool { isV4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] == 1 }
  var isLinkLocalMulticast: Bool {
    isV4 ? bytes[0] == 224 && bytes[1] == 0 && bytes[2] == 0 : bytes[0] == 255 && bytes[1] & 15 == 2
  }
  var isLinkLocalUnicast: Bool {
    isV4 ? bytes[0] == 169 && bytes[1] == 254 : bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80
  }
  var isMulticast: Bool { isV4 ? bytes[0] & 0xF0 == 0xE0 : bytes[0] == 255 }
  var isGlobalUnicast: Bool {
    let isBroadcast = isV4 && bytes.allSatisfy { $0 == 255 }
    return !isBroadcast && !isUnspecified && !isLoopback && !isMulticast && !isLinkLocalUnicast
  }
}

/// A block of addresses, such as `10.0.0.0/8`.
struct AddressBlock: Hashable, Sendable, CustomStringConvertible {
  let address: IPAddress
  let prefixLength: Int

  init(address: IPAddress, prefixLength: Int) {
    self.address = address
    self.prefixLength = prefixLength
  }

  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let address = IPAddress(String(parts[0])), let length = Int(parts[1]),
      parts[1].utf8.allSatisfy({ (48...57).contains($0) }), parts[1].count == 1 || !parts[1].hasPrefix("0"),
      length <= address.bytes.count * 8
    else { return nil }
    self.init(address: address, prefixLength: length)
  }

  var description: String { "\(address)/\(prefixLength)" }

  /// The block with the bits after the prefix cleared.
  var masked: AddressBlock {
    let bytes = address.bytes.enumerated().map { index, byte -> UInt8 in
      let kept = max(0, min(8, prefixLength - index * 8))
      return kept == 0 ? 0 : byte & (0xFF << UInt8(8 - kept))
    }
    return AddressBlock(address: IPAddress(bytes: bytes), prefixLength: prefixLength)
  }

  func contains(_ other: IPAddress) -> Bool {
    other.bytes.count == address.bytes.count
      && AddressBlock(address: other, prefixLength: prefixLength).masked.address == masked.address
  }

  func contains(_ other: AddressBlock) -> Bool {
    other.prefixLength >= prefixLength && contains(other.address)
  }
}

extension String {
  /// How often a text occurs.
  fileprivate func components(of separator: String) -> Int { ranges(of: separator).count }
}
