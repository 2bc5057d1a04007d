/// Everything outside the process that is not the network: time, randomness, identifiers.
///
/// A procedure takes its `World` as a value and asks it for each of these, so the same code runs
/// against real time and, deterministically, against virtual time.
public struct World: Sendable {
  /// Wall time, and sleeping.
  public var clock: any WorldClock
  /// Random bits.
  public var random: any RandomSource
  /// Who this process is, in Leases and histories, such as `host-4711-9f3a`.
  public var identity: String

  /// Creates a world from its parts.
  public init(clock: any WorldClock, random: any RandomSource, identity: String) {
    self.clock = clock
    self.random = random
    self.identity = identity
  }
}

/// Time as a procedure sees it.
public protocol WorldClock: Sendable {
  /// The time now.
  var now: Timestamp { get }

  /// Sleeps until `deadline`, or not at all when it is past.
  ///
  /// - Throws: `CancellationError` when the task is cancelled while it sleeps.
  func sleep(until deadline: Timestamp) async throws
}

extension WorldClock {
  /// Sleeps for `duration`.
  public func sleep(for duration: Duration) async throws {
    try await sleep(until: now + duration)
  }
}

/// A source of random bits that several tasks may share.
public protocol RandomSource: Sendable {
  /// The next 64 random bits.
  func next() -> UInt64
}

extension RandomSource {
  /// A lower-case hexadecimal word of `digits` digits, 16 at most.
  public func word(digits: Int = 8) -> String {
    let text = String(next(), radix: 16)
    return String((String(repeating: "0", count: max(0, 16 - text.count)) + text).suffix(digits))
  }

  /// A duration drawn evenly from `range`, to the microsecond.
  public func duration(in range: ClosedRange<Duration>) -> Duration {
    let low = range.lowerBound.wholeMicroseconds
    let width = UInt64(range.upperBound.wholeMicroseconds - low) + 1
    return .microseconds(low + Int64(next() % width))
  }
}
