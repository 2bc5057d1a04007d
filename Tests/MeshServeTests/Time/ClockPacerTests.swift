import Seams
import Synchronization
import Testing

@Suite("A paced clock")
struct ClockPacerTests {
  private static let wallStart = Timestamp(seconds: 5_000)
  private static let start = Timestamp(seconds: 1_000_000)

  /// Runs `body` beside a pacer, both on wall time that is simulated.
  private static func pace(
    seed: UInt64 = 1, speed: Double = 1, driving agenda: Agenda? = nil,
    _ body: @escaping @Sendable (VirtualClock, ClockPacer, any WorldClock) async throws -> Void
  ) throws {
    let simulation = Simulation(seed: seed, start: wallStart)
    let wall = simulation.clock
    try simulation.run {
      let clock = VirtualClock(start: start)
      if let agenda { clock.drive(agenda) }
      let pacer = ClockPacer(clock, following: wall, speed: speed)
      try await withThrowingTaskGroup { group in
        group.addTask { await pacer.run() }
        group.addTask {
          // Lets the pacer begin.
          try await wall.sleep(for: .zero)
          try await body(clock, pacer, wall)
        }
        defer { group.cancelAll() }
        // The pacer ends only when it is cancelled.
        try await group.next()
      }
    }
  }

  @Test("wakes sleepers at its own time, as fast as it should", arguments: [0.5, 1, 60, 3_600])
  func speed(speed: Double) throws {
    try ClockPacerTests.pace(speed: speed) { clock, _, wall in
      let began = wall.now
      try await clock.sleep(until: ClockPacerTests.start + .seconds(7_200))
      let taken = (wall.now - began).inSeconds
      #expect(abs(taken - 7_200 / speed) < 0.001)
      #expect(clock.now >= ClockPacerTests.start + .seconds(7_200))
    }
  }

  @Test("lets what it drives run at the time of each event", arguments: UInt64(1)...10)
  func driving(seed: UInt64) throws {
    let agenda = Agenda([1, 2.5, 100].map { ClockPacerTests.start + .seconds($0) })
    try ClockPacerTests.pace(seed: seed, driving: agenda) { _, _, wall in
      for (time, count) in [(0.9, 0), (1.1, 1), (2.6, 2), (99.9, 2), (100.1, 3)] {
        try await wall.sleep(until: ClockPacerTests.wallStart + .seconds(time))
        #expect(agenda.doneCount == count, "after \(time) s, seed \(seed)")
      }
    }
  }

  @Test("wakes early for what is scheduled before that for which it waits", arguments: UInt64(1)...10)
  func rescheduling(seed: UInt64) throws {
    let agenda = Agenda([ClockPacerTests.start + .seconds(1_000)])
    try ClockPacerTests.pace(seed: seed, driving: agenda) { clock, _, wall in
      try await wall.sleep(until: ClockPacerTests.wallStart + .seconds(1))
      agenda.add(ClockPacerTests.start + .seconds(2))
      clock.rescheduled()
      try await wall.sleep(until: ClockPacerTests.wallStart + .seconds(2.1))
      #expect(agenda.doneCount == 1, "seed \(seed)")
      try await clock.sleep(for: .seconds(1))
      #expect((wall.now - ClockPacerTests.wallStart).inSeconds < 3.2, "a new sleeper is seen, too")
    }
  }

  @Test("jumps when told, with all that is due on the way, and goes on from there")
  func jump() throws {
    let agenda = Agenda([10, 3_590, 3_700].map { ClockPacerTests.start + .seconds($0) })
    try ClockPacerTests.pace(driving: agenda) { clock, pacer, wall in
      let now = pacer.advance(by: .seconds(3_600))
      #expect(now >= ClockPacerTests.start + .seconds(3_600))
      #expect(agenda.doneCount == 2)
      try await wall.sleep(until: ClockPacerTests.wallStart + .seconds(99))
      #expect(agenda.doneCount == 2)
      try await wall.sleep(until: ClockPacerTests.wallStart + .seconds(101))
      #expect(agenda.doneCount == 3)
    }
  }

  @Test("stands still while it is paused, but for jumps")
  func pause() throws {
    let agenda = Agenda([10, 20].map { ClockPacerTests.start + .seconds($0) })
    try ClockPacerTests.pace(driving: agenda) { clock, pacer, wall in
      pacer.pause()
      try await wall.sleep(for: .seconds(1_000))
      pacer.catchUp()
      #expect(pacer.isPaused)
      #expect(agenda.doneCount == 0)
      pacer.advance(by: .seconds(15))
      #expect(agenda.doneCount == 1)
      pacer.resume()
      try await wall.sleep(for: .seconds(4))
      #expect(agenda.doneCount == 1)
      try await wall.sleep(for: .seconds(2))
      #expect(agenda.doneCount == 2)
    }
  }

  @Test("changes its speed without a jump")
  func change() throws {
    try ClockPacerTests.pace { clock, pacer, wall in
      try await wall.sleep(until: ClockPacerTests.wallStart + .seconds(10))
      pacer.setSpeed(100)
      try await wall.sleep(until: ClockPacerTests.wallStart + .seconds(20))
      pacer.catchUp()
      #expect(clock.now == ClockPacerTests.start + .seconds(1_010))
      pacer.setSpeed(-1)
      #expect(pacer.speed == 0)
      try await wall.sleep(until: ClockPacerTests.wallStart + .seconds(30))
      pacer.catchUp()
      #expect(clock.now == ClockPacerTests.start + .seconds(1_010))
    }
  }

  @Test("shows the time that it should when it is asked to, though nothing is due")
  func catchUp() throws {
    let agenda = Agenda([])
    try ClockPacerTests.pace(driving: agenda) { clock, pacer, wall in
      try await wall.sleep(until: ClockPacerTests.wallStart + .seconds(42))
      pacer.catchUp()
      #expect(clock.now == ClockPacerTests.start + .seconds(42))
      #expect(agenda.now == clock.now, "what it drives has the same time")
    }
  }

  @Test("loses time instead of making up for a wall clock that leapt")
  func leap() throws {
    let wall = LeapingClock(ClockPacerTests.wallStart)
    let agenda = Agenda((1...10_000).map { ClockPacerTests.start + .seconds($0) })
    let clock = VirtualClock(start: ClockPacerTests.start)
    clock.drive(agenda)
    let pacer = ClockPacer(clock, following: wall)
    wall.leap(.seconds(7_200))
    pacer.catchUp()
    pacer.catchUp()
    #expect(agenda.doneCount <= 2)
  }

  @Test("is moved by one at a time, whoever asks")
  func concurrency() async {
    let agenda = Agenda((1...1_000).map { ClockPacerTests.start + .seconds($0) })
    let clock = VirtualClock(start: ClockPacerTests.start)
    clock.drive(agenda)
    let pacer = ClockPacer(clock, following: LeapingClock(ClockPacerTests.wallStart))
    await withTaskGroup { group in
      for _ in 0..<100 {
        group.addTask { _ = pacer.advance(by: .seconds(10)) }
        group.addTask { pacer.catchUp() }
      }
    }
    #expect(clock.now == ClockPacerTests.start + .seconds(1_000))
    #expect(agenda.doneCount == 1_000)
    #expect(agenda.isInOrder)
  }
}

/// A wall clock that moves only in leaps.
private final class LeapingClock: WorldClock {
  private let time: Mutex<Timestamp>

  init(_ start: Timestamp) { time = Mutex(start) }

  var now: Timestamp { time.withLock { $0 } }

  func leap(_ duration: Duration) { time.withLock { $0 = $0 + duration } }

  func sleep(until deadline: Timestamp) async throws { throw CancellationError() }
}
