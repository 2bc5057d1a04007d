/// What of a range is free: a binary tree over the bits of the addresses.
///
/// Two halves in the same state are one block, so that equal sets of addresses have equal trees.
indirect enum AddressBlock: Hashable, Sendable {
  /// All of it.
  case free
  /// None of it.
  case taken
  /// Some of it. `room` is how many bits longer the prefix of the largest free range in it is than that of
  /// the block itself; a look for room skips whole branches by it.
  case split(lower: AddressBlock, upper: AddressBlock, room: Int)

  /// How many bits longer the prefix of the largest free range is; `nil` when nothing is free.
  private var room: Int? {
    switch self {
    case .free: 0
    case .taken: nil
    case .split(_, _, let room): room
    }
  }

  private static func joining(_ lower: AddressBlock, _ upper: AddressBlock) -> AddressBlock {
    switch (lower, upper) {
    case (.free, .free): .free
    case (.taken, .taken): .taken
    default: .split(lower: lower, upper: upper, room: 1 + min(lower.room ?? .max - 1, upper.room ?? .max - 1))
    }
  }

  private var children: (lower: AddressBlock, upper: AddressBlock) {
    if case .split(let lower, let upper, _) = self { (lower, upper) } else { (self, self) }
  }

  /// Whether a free range fits whose prefix is this many bits longer than that of the block.
  private func hasRoom(for bits: Int) -> Bool { room.map { $0 <= bits } ?? false }

  /// This block, which has the first `depth` bits in common with `range`, with `range` in `state`.
  func setting(_ range: AddressRange, to state: AddressBlock, depth: Int = 0) -> AddressBlock {
    guard depth < range.prefixLength else { return state }
    switch (self, state) {
    case (.free, .free), (.taken, .taken): return self
    default: break
    }
    let (lower, upper) = children
    return range.bit(depth) == 0
      ? .joining(lower.setting(range, to: state, depth: depth + 1), upper)
      : .joining(lower, upper.setting(range, to: state, depth: depth + 1))
  }

  /// The block of `range`, seen from the block of all addresses.
  func block(_ range: AddressRange) -> AddressBlock {
    var block = self
    for depth in 0..<range.prefixLength {
      guard case .split(let lower, let upper, _) = block else { return block }
      block = range.bit(depth) == 0 ? lower : upper
    }
    return block
  }

  /// The lowest address in this block of the addresses `whole` that a free range of `prefixLength` begins
  /// with.
  func lowestFree(prefixLength: Int, within whole: AddressRange) -> UInt128? {
    guard hasRoom(for: prefixLength - whole.prefixLength) else { return nil }
    var (block, depth, number) = (self, whole.prefixLength, whole.first)
    while case .split(let lower, let upper, _) = block {
      depth += 1
      if lower.hasRoom(for: prefixLength - depth) {
        block = lower
      } else {
        block = upper
        number |= 1 << UInt128(whole.family.bits - depth)
      }
    }
    return number
  }

  /// The parts of this block of the addresses `whole` that are in `state`, lowest first.
  func parts(of whole: AddressRange, that state: AddressBlock) -> [AddressRange] {
    switch self {
    case .free, .taken: return self == state ? [whole] : []
    case .split(let lower, let upper, _):
      guard let halves = whole.halves else { return [] }
      return lower.parts(of: halves.lower, that: state) + upper.parts(of: halves.upper, that: state)
    }
  }
}

extension AddressRange {
  /// The bit of its addresses after the first `depth`.
  fileprivate func bit(_ depth: Int) -> UInt128 { first >> UInt128(family.bits - 1 - depth) & 1 }
}
