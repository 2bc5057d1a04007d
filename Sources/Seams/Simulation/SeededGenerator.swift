import Synchronization

/// The xoshiro256** generator, seeded through splitmix64 (Blackman and Vigna, public domain): the same
/// seed gives the same numbers on every platform.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)

  /// Creates a generator; any seed is good, 0 included.
  public init(seed: UInt64) {
    var mixer = seed
    state = (
      SeededGenerator.mix(&mixer), SeededGenerator.mix(&mixer), SeededGenerator.mix(&mixer),
      SeededGenerator.mix(&mixer)
    )
  }

  /// A generator for one named place and moment, independent of how many numbers others have drawn.
  public init(seed: UInt64, stream: UInt64) {
    self.init(seed: seed ^ (stream &* 0x9E37_79B9_7F4A_7C15 &+ 0xD1B5_4A32_D192_ED03))
  }

  public mutating func next() -> UInt64 {
    let result = rotate(state.1 &* 5, 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = rotate(state.3, 45)
    return result
  }

  /// An even draw from 0..<1.
  public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// True with probability `probability`.
  public mutating func chance(_ probability: Double) -> Bool { unit() < probability }

  private static func mix(_ state: inout UInt64) -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  private func rotate(_ word: UInt64, _ count: UInt64) -> UInt64 {
    (word << count) | (word >> (64 - count))
  }
}

/// A seeded source that several tasks share.
public final class SeededRandom: RandomSource {
  private let generator: Mutex<SeededGenerator>

  /// Creates a source; the same seed gives the same numbers.
  public init(seed: UInt64) { generator = Mutex(SeededGenerator(seed: seed)) }

  public func next() -> UInt64 { generator.withLock { $0.next() } }
}
