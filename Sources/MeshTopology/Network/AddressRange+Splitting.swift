extension AddressRange {
  /// The lower and the upper half; `nil` for a single address.
  public var halves: (lower: AddressRange, upper: AddressRange)? {
    guard hostBits > 0 else { return nil }
    let bit: UInt128 = 1 << UInt128(hostBits - 1)
    return (
      AddressRange(around: first, prefixLength: prefixLength + 1, family: family),
      AddressRange(around: first | bit, prefixLength: prefixLength + 1, family: family)
    )
  }

  /// The ranges of `prefixLength` that make up this one, lowest first; none when they would be larger than
  /// this one or smaller than an address.
  ///
  /// They are made one by one: a /0 may well be asked for its first few /64.
  public func subranges(prefixLength: Int) -> Subranges {
    Subranges(range: self, prefixLength: prefixLength)
  }

  /// The fewest ranges that together are this one without `other`, lowest first; this one alone when they
  /// share nothing.
  public func subtracting(_ other: AddressRange) -> [AddressRange] {
    guard overlaps(other) else { return [self] }
    // Of two ranges that share addresses, one holds the other.
    guard !other.contains(self), let (lower, upper) = halves else { return [] }
    return lower.subtracting(other) + upper.subtracting(other)
  }

  /// The ranges of one length that make up a larger one.
  public struct Subranges: Sequence, IteratorProtocol, Sendable {
    private let family: AddressFamily
    private let prefixLength: Int
    private let last: UInt128
    private var position: UInt128?

    init(range: AddressRange, prefixLength: Int) {
      family = range.family
      self.prefixLength = prefixLength
      last = range.last
      let isPossible = range.prefixLength <= prefixLength && prefixLength <= range.family.bits
      position = isPossible ? range.first : nil
    }

    public mutating func next() -> AddressRange? {
      guard let start = position else { return nil }
      let range = AddressRange(around: start, prefixLength: prefixLength, family: family)
      position = range.last < last ? range.last + 1 : nil
      return range
    }
  }
}
