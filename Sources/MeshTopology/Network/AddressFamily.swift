/// A version of the Internet Protocol.
public enum AddressFamily: String, Hashable, Sendable, CaseIterable {
  /// Addresses of 32 bits, such as `10.0.0.1`.
  case ipv4 = "IPv4"
  /// Addresses of 128 bits, such as `2001:db8::1`.
  case ipv6 = "IPv6"

  /// The number of bits of an address.
  public var bits: Int { self == .ipv4 ? 32 : 128 }

  /// The highest address, as a number.
  var highest: UInt128 { UInt128.max >> UInt128(128 - bits) }

  /// The bits of an address that lie after a prefix of `length`, all set.
  func hostMask(_ length: Int) -> UInt128 {
    // A shift by all 128 bits gives zero, as smart shifts do.
    highest & ~(UInt128.max << UInt128(bits - length))
  }
}
