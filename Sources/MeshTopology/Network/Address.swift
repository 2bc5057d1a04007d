/// An IPv4 or IPv6 address, such as `10.0.0.1` or `2001:db8::1`.
///
/// All IPv4 addresses sort before all IPv6 addresses.
public struct Address: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The version of the Internet Protocol.
  public let family: AddressFamily
  /// The address as a number.
  public let number: UInt128

  /// Reads an address in the text forms of RFC 4291, section 2.2.
  ///
  /// - Returns: `nil` for anything else, for a zone (`fe80::1%eth0`), which means something on one machine
  ///   only, and for an IPv4-mapped address (`::ffff:10.0.0.1`): two spellings of one address would compare
  ///   as different.
  public init?(parsing text: String) { self.init(text[...]) }

  init?(_ text: Substring) {
    // The longest form is 45 characters; what is longer needs no reading.
    guard text.utf8.count <= 45 else { return nil }
    if let number = AddressText.ipv4(text) {
      self.init(unchecked: UInt128(number), family: .ipv4)
    } else if let number = AddressText.ipv6(text), number >> 32 != 0xFFFF {
      self.init(unchecked: number, family: .ipv6)
    } else {
      return nil
    }
  }

  /// The address with this number; `nil` when the family has fewer bits.
  public init?(family: AddressFamily, number: UInt128) {
    guard number <= family.highest else { return nil }
    self.family = family
    self.number = number
  }

  init(unchecked number: UInt128, family: AddressFamily) {
    self.family = family
    self.number = number
  }

  /// The canonical text, for IPv6 that of RFC 5952.
  public var description: String {
    switch family {
    case .ipv4: AddressText.ipv4Text(UInt32(truncatingIfNeeded: number))
    case .ipv6: AddressText.ipv6Text(number)
    }
  }

  public static func < (left: Address, right: Address) -> Bool {
    (left.family.bits, left.number) < (right.family.bits, right.number)
  }
}
