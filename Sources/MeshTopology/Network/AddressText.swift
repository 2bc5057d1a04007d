/// The text forms of addresses.
enum AddressText {
  /// Four decimal numbers of 0...255 with dots between them.
  static func ipv4(_ text: Substring) -> UInt32? {
    let octets = text.split(separator: ".", omittingEmptySubsequences: false)
    guard octets.count == 4 else { return nil }
    var address: UInt32 = 0
    for octet in octets {
      guard let value = decimal(octet, upTo: 255) else { return nil }
      address = address << 8 | UInt32(value)
    }
    return address
  }

  /// The forms of RFC 4291, section 2.2: eight groups, `::` for one run of zero groups, and an IPv4 address
  /// in place of the last two groups.
  static func ipv6(_ text: Substring) -> UInt128? {
    var pieces = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (3...9).contains(pieces.count) else { return nil }
    // A colon at an end is only right as half of `::`, which then leaves one empty piece.
    if pieces.first == "" {
      pieces.removeFirst()
      guard pieces.first == "" else { return nil }
    }
    if pieces.last == "" {
      pieces.removeLast()
      guard pieces.last == "" else { return nil }
    }
    var groups: [UInt16] = []
    var gap: Int?
    for (index, piece) in pieces.enumerated() {
      if piece.isEmpty {
        guard gap == nil else { return nil }
        gap = groups.count
      } else if index == pieces.count - 1, piece.contains(".") {
        guard let tail = ipv4(piece) else { return nil }
        groups += [UInt16(tail >> 16), UInt16(truncatingIfNeeded: tail)]
      } else if let group = group(piece) {
        groups.append(group)
      } else {
        return nil
      }
    }
    if let gap {
      guard groups.count < 8 else { return nil }
      groups.insert(contentsOf: repeatElement(0, count: 8 - groups.count), at: gap)
    }
    guard groups.count == 8 else { return nil }
    return groups.reduce(0) { $0 << 16 | UInt128($1) }
  }

  /// A decimal number without sign or leading zero, which some readers take for octal.
  static func decimal(_ text: Substring, upTo limit: Int) -> Int? {
    guard (1...3).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }),
      text == "0" || !text.hasPrefix("0"), let value = Int(text), value <= limit
    else { return nil }
    return value
  }

  private static func group(_ text: Substring) -> UInt16? {
    // The length bounds it, and a sign, which the radix would allow, is no digit.
    guard (1...4).contains(text.utf8.count), text.utf8.first != 43, text.utf8.first != 45 else { return nil }
    return UInt16(text, radix: 16)
  }

  /// `A.B.C.D`.
  static func ipv4Text(_ address: UInt32) -> String {
    [24, 16, 8, 0].map { String(address >> UInt32($0) & 255) }.joined(separator: ".")
  }

  /// The form of RFC 5952, section 4: small letters, no leading zeros, `::` for the longest run of two zero
  /// groups or more, the first one of equals.
  static func ipv6Text(_ address: UInt128) -> String {
    let groups = (0..<8).map { UInt16(truncatingIfNeeded: address >> UInt128(112 - 16 * $0)) }
    let texts = groups.map { String($0, radix: 16) }
    guard let run = longestZeroRun(groups) else { return texts.joined(separator: ":") }
    return texts[..<run.lowerBound].joined(separator: ":") + "::"
      + texts[run.upperBound...].joined(separator: ":")
  }

  private static func longestZeroRun(_ groups: [UInt16]) -> Range<Int>? {
    var longest = 0..<1
    var start = 0
    for (index, group) in groups.enumerated() {
      if group != 0 {
        start = index + 1
      } else if index + 1 - start > longest.count {
        longest = start..<index + 1
      }
    }
    return longest.count > 1 ? longest : nil
  }
}
