/// Which addresses are taken, and where there is room for more.
///
/// Taking, giving back and looking up need as many steps as an address has bits, however many ranges are
/// taken. Equal plans have the same addresses taken, whatever ranges they were taken in.
public struct AddressPlan: Hashable, Sendable {
  private var blocks: [AddressFamily: AddressBlock] = [:]

  /// A plan in which `ranges` are taken; they may overlap.
  public init(taken ranges: some Sequence<AddressRange> = []) {
    for range in ranges { take(range) }
  }

  /// Takes the addresses of `range` that are still free.
  public mutating func take(_ range: AddressRange) { set(range, to: .taken) }

  /// Gives back the addresses of `range`.
  public mutating func release(_ range: AddressRange) { set(range, to: .free) }

  /// Whether no address of `range` is taken.
  public func isFree(_ range: AddressRange) -> Bool { block(range) == .free }

  /// The lowest free range of `prefixLength` that lies within `range`.
  ///
  /// - Returns: `nil` when there is none, and when `prefixLength` is not possible within `range`.
  public func nextFree(prefixLength: Int, within range: AddressRange) -> AddressRange? {
    guard prefixLength >= range.prefixLength, prefixLength <= range.family.bits,
      let first = block(range).lowestFree(prefixLength: prefixLength, within: range)
    else { return nil }
    return AddressRange(around: first, prefixLength: prefixLength, family: range.family)
  }

  /// Takes the lowest free range of `prefixLength` that lies within `range`, and returns it; `nil` when there
  /// is none.
  public mutating func takeNext(prefixLength: Int, within range: AddressRange) -> AddressRange? {
    guard let next = nextFree(prefixLength: prefixLength, within: range) else { return nil }
    take(next)
    return next
  }

  /// What is free within `range`, in the fewest ranges, lowest first.
  public func free(within range: AddressRange) -> [AddressRange] {
    block(range).parts(of: range, that: .free)
  }

  /// What is taken within `range`, in the fewest ranges, lowest first.
  public func taken(within range: AddressRange) -> [AddressRange] {
    block(range).parts(of: range, that: .taken)
  }

  private mutating func set(_ range: AddressRange, to state: AddressBlock) {
    let block = (blocks[range.family] ?? .free).setting(range, to: state)
    blocks[range.family] = block == .free ? nil : block
  }

  private func block(_ range: AddressRange) -> AddressBlock {
    (blocks[range.family] ?? .free).block(range)
  }
}
