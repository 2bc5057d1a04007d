#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

extension World {
  /// The world as it is: the system's clock and random generator, and an identity from the host's
  /// name, the process and four random digits.
  public static func real() -> World {
    let random = SystemRandom()
    let identity = "\(hostName())-\(getpid())-\(random.word(digits: 4))"
    return World(clock: SystemClock(), random: random, identity: identity)
  }

  private static func hostName() -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "unknown" }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

/// The system's wall clock; sleeping uses the continuous clock, so a changed wall clock does not
/// stretch it.
struct SystemClock: WorldClock {
  var now: Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
  }

  func sleep(until deadline: Timestamp) async throws {
    let duration = deadline - now
    guard duration > .zero else { return try Task.checkCancellation() }
    try await ContinuousClock().sleep(for: duration)
  }
}

struct SystemRandom: RandomSource {
  func next() -> UInt64 { UInt64.random(in: .min ... .max) }
}
