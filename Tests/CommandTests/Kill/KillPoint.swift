import Foundation

/// A moment at which a process is struck.
enum KillPoint: CustomStringConvertible {
  /// So many microseconds after its start.
  case delay(UInt32)
  /// As soon as it has written so many bytes to the journal of the primary region's cluster: a rollout is
  /// too quick for delays alone to hit every part of it.
  case journal(Int)

  var description: String {
    switch self {
    case .delay(let microseconds): "\(microseconds) µs after the start"
    case .journal(let bytes): "after \(bytes) bytes of journal"
    }
  }

  /// A moment that lies within a rollout, most often.
  static func draw(_ generator: inout SplitMix) -> KillPoint {
    generator.next() % 4 == 0
      ? .delay(.random(in: 0..<400_000, using: &generator))
      : .journal(.random(in: 1..<700_000, using: &generator))
  }

  /// Waits until the moment has come or the program is over.
  func wait(for program: Program, in shop: Shop) {
    switch self {
    case .delay(let microseconds): usleep(microseconds)
    case .journal(let bytes):
      while shop.journalSize < bytes, program.isRunning { usleep(100) }
    }
  }
}

/// A small generator with a seed (Steele, Lea and Flood, 2014).
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }
}

extension Shop {
  /// Runs meshctl and strikes it at a moment.
  func meshctl(_ arguments: [String], struckBy signal: Int32, at point: KillPoint) throws -> Outcome {
    let program = try start(["meshctl"] + arguments)
    point.wait(for: program, in: self)
    program.send(signal)
    return try program.outcome()
  }
}
