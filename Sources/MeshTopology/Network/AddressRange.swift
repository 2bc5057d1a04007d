/// A range of IPv4 addresses in CIDR notation, such as `10.1.0.0/16`.
public struct AddressRange: Hashable, Sendable, CustomStringConvertible {
  /// Why a text is not a range.
  package enum Fault: Error, Hashable {
    /// The text has no form `A.B.C.D/N`.
    case malformed
    /// Bits after the prefix are set; the range that was probably meant.
    case hostBits(AddressRange)
  }

  /// The first address, as a number.
  public let first: UInt32
  /// The number of leading bits that all addresses share, 0...32.
  public let prefixLength: Int

  /// Reads CIDR notation; `nil` when the text is not, or when bits after the prefix are set.
  public init?(_ text: String) {
    guard case .success(let range) = AddressRange.parse(text) else { return nil }
    self = range
  }

  private init(first: UInt32, prefixLength: Int) {
    self.first = first
    self.prefixLength = prefixLength
  }

  /// Reads CIDR notation, and says what is wrong.
  package static func parse(_ text: String) -> Result<AddressRange, Fault> {
    let halves = text.split(separator: "/", omittingEmptySubsequences: false)
    guard halves.count == 2, let length = decimal(halves[1], upTo: 32) else { return .failure(.malformed) }
    let octets = halves[0].split(separator: ".", omittingEmptySubsequences: false)
    guard octets.count == 4 else { return .failure(.malformed) }
    var address: UInt32 = 0
    for octet in octets {
      guard let value = decimal(octet, upTo: 255) else { return .failure(.malformed) }
      address = address << 8 | UInt32(value)
    }
    let range = AddressRange(first: address & mask(length), prefixLength: length)
    return range.first == address ? .success(range) : .failure(.hostBits(range))
  }

  /// The last address, as a number.
  public var last: UInt32 { first | ~AddressRange.mask(prefixLength) }

  /// The number of addresses.
  public var count: Int { 1 << (32 - prefixLength) }

  /// Whether every address of `other` is in this range.
  public func contains(_ other: AddressRange) -> Bool { first <= other.first && other.last <= last }

  /// Whether some address is in both ranges.
  public func overlaps(_ other: AddressRange) -> Bool { first <= other.last && other.first <= last }

  public var description: String {
    let octets = [24, 16, 8, 0].map { String(first >> UInt32($0) & 255) }
    return octets.joined(separator: ".") + "/\(prefixLength)"
  }

  private static func mask(_ length: Int) -> UInt32 { length == 0 ? 0 : UInt32.max << UInt32(32 - length) }

  /// A decimal number without sign or leading zero, which some readers take for octal.
  private static func decimal(_ text: Substring, upTo limit: Int) -> Int? {
    guard (1...3).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }),
      text == "0" || !text.hasPrefix("0"), let value = Int(text), value <= limit
    else { return nil }
    return value
  }
}
