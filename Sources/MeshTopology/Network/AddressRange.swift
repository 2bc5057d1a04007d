/// A range of addresses in CIDR notation, such as `10.1.0.0/16` or `2001:db8::/32`.
///
/// All IPv4 ranges sort before all IPv6 ranges, then by first address, the larger range first.
public struct AddressRange: Hashable, Sendable, CustomStringConvertible {
  /// Why a text is not a range.
  package enum Fault: Error, Hashable {
    /// The text has neither the form `A.B.C.D/N` nor that of an IPv6 address, a slash and a length.
    case malformed
    /// Bits after the prefix are set; the range that was probably meant.
    case hostBits(AddressRange)
  }

  /// The version of the Internet Protocol.
  public let family: AddressFamily
  /// The first address, as a number.
  public let first: UInt128
  /// The number of leading bits that all addresses share, 0...32 for IPv4 and 0...128 for IPv6.
  public let prefixLength: Int

  /// Reads CIDR notation; `nil` when the text is not, or when bits after the prefix are set.
  ///
  /// Addresses are read as by ``Address``: no zones, nothing IPv4-mapped.
  public init?(parsing text: String) {
    guard case .success(let range) = AddressRange.parse(text) else { return nil }
    self = range
  }

  /// The range of `prefixLength` that `address` is in; `nil` when the family has fewer bits.
  public init?(around address: Address, prefixLength: Int) {
    guard (0...address.family.bits).contains(prefixLength) else { return nil }
    self.init(around: address.number, prefixLength: prefixLength, family: address.family)
  }

  init(around number: UInt128, prefixLength: Int, family: AddressFamily) {
    self.family = family
    self.first = number & ~family.hostMask(prefixLength)
    self.prefixLength = prefixLength
  }

  /// Reads CIDR notation, and says what is wrong.
  package static func parse(_ text: String) -> Result<AddressRange, Fault> {
    let halves = text.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
    guard halves.count == 2, let address = Address(halves[0]),
      let length = AddressText.decimal(halves[1], upTo: address.family.bits)
    else { return .failure(.malformed) }
    let range = AddressRange(around: address.number, prefixLength: length, family: address.family)
    return range.first == address.number ? .success(range) : .failure(.hostBits(range))
  }

  /// The last address, as a number.
  public var last: UInt128 { first | family.hostMask(prefixLength) }

  /// The first address.
  public var firstAddress: Address { Address(unchecked: first, family: family) }

  /// The last address.
  public var lastAddress: Address { Address(unchecked: last, family: family) }

  /// The number of bits after the prefix; the range has two to the power of this many addresses.
  public var hostBits: Int { family.bits - prefixLength }

  /// The number of addresses; one too few for `::/0`, whose 2^128 no number here can hold.
  public var count: UInt128 { hostBits == 128 ? .max : 1 << UInt128(hostBits) }

  /// Whether `address` is in this range; never when it is of the other family.
  public func contains(_ address: Address) -> Bool {
    family == address.family && first <= address.number && address.number <= last
  }

  /// Whether every address of `other` is in this range.
  public func contains(_ other: AddressRange) -> Bool {
    family == other.family && first <= other.first && other.last <= last
  }

  /// Whether some address is in both ranges.
  public func overlaps(_ other: AddressRange) -> Bool {
    family == other.family && first <= other.last && other.first <= last
  }

  public var description: String { "\(firstAddress)/\(prefixLength)" }
}

extension AddressRange: Comparable {
  public static func < (left: AddressRange, right: AddressRange) -> Bool {
    (left.family.bits, left.first, left.prefixLength) < (right.family.bits, right.first, right.prefixLength)
  }
}
