/// A block of IPv4 addresses.
struct PolicyAddresses: Hashable, Sendable {
  private let base: UInt32
  private let mask: UInt32

  /// `10.0.0.0/8`, or one address.
  init?(_ text: String) {
    let parts = text.split(separator: "/")
    guard let first = parts.first, let address = PolicyAddresses.number(first) else { return nil }
    let length = parts.count > 1 ? UInt32(parts[1]) : 32
    guard let length, length <= 32 else { return nil }
    mask = length == 0 ? 0 : ~UInt32(0) << (32 - length)
    base = address & mask
  }

  func contains(_ address: String) -> Bool {
    PolicyAddresses.number(address[...]).map { $0 & mask == base } ?? false
  }

  private static func number(_ text: Substring) -> UInt32? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).compactMap { UInt8($0) }
    guard parts.count == 4 else { return nil }
    return parts.reduce(0) { $0 << 8 | UInt32($1) }
  }
}
