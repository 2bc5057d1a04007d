import Seams
import Testing

@Suite("A virtual clock")
struct VirtualClockTests {
  private static let start = Timestamp(seconds: 1_000)

  @Test("stands still until it is told to move")
  func standsStill() {
    let clock = VirtualClock(start: VirtualClockTests.start)
    #expect(clock.now == VirtualClockTests.start)
    #expect(!clock.step())
    clock.advance(to: Timestamp(seconds: 1_005))
    #expect(clock.now == Timestamp(seconds: 1_005))
    clock.advance(to: Timestamp(seconds: 900))
    #expect(clock.now == Timestamp(seconds: 1_005), "a clock does not go back")
  }

  @Test("wakes sleepers in the order of their deadlines, each at its own", arguments: UInt64(1)...20)
  func sleepers(seed: UInt64) throws {
    let simulation = Simulation(seed: seed, start: VirtualClockTests.start)
    let log = EventLog()
    try simulation.run {
      await withTaskGroup { group in
        for delay in [5, 1, 4, 2, 3] {
          group.addTask {
            try? await simulation.clock.sleep(for: .seconds(delay))
            log.add("\(delay) at \((simulation.clock.now - VirtualClockTests.start).inSeconds)")
          }
        }
      }
    }
    #expect(log.entries == (1...5).map { "\($0) at \(Double($0))" }, "seed \(seed)")
  }

  @Test("does not move for a sleep until now or before", arguments: [0, -1, -3_600])
  func past(offset: Int) throws {
    let simulation = Simulation(seed: 1, start: VirtualClockTests.start)
    try simulation.run { try await simulation.clock.sleep(until: simulation.clock.now + .seconds(offset)) }
    #expect(simulation.clock.now == VirtualClockTests.start)
  }

  @Test("wakes a cancelled sleeper at once", arguments: UInt64(1)...20)
  func cancellation(seed: UInt64) throws {
    let simulation = Simulation(seed: seed, start: VirtualClockTests.start)
    let wasCancelled = try simulation.run {
      try await withThrowingTaskGroup { group in
        group.addTask { () -> Bool in
          do {
            try await simulation.clock.sleep(for: .seconds(3_600))
            return false
          } catch is CancellationError { return true }
        }
        group.addTask { () -> Bool in
          try await simulation.clock.sleep(for: .seconds(1))
          return true
        }
        _ = try await group.next()
        group.cancelAll()
        return try await group.next()
      }
    }
    #expect(wasCancelled == true, "seed \(seed)")
    #expect(simulation.clock.now == VirtualClockTests.start + .seconds(1), "seed \(seed)")
  }

  @Test("does not let a cancelled task fall asleep")
  func cancelledBefore() throws {
    let simulation = Simulation(seed: 1, start: VirtualClockTests.start)
    try simulation.run {
      await withTaskGroup(of: Void.self) { group in
        group.cancelAll()
        group.addTask {
          await #expect(throws: CancellationError.self) {
            try await simulation.clock.sleep(for: .seconds(1))
          }
        }
      }
    }
    #expect(simulation.clock.now == VirtualClockTests.start)
  }

  @Test("gives the events of all it drives in the order of time")
  func driven() {
    let clock = VirtualClock(start: Timestamp(seconds: 0))
    let log = EventLog()
    let metronomes = [
      Metronome("a", at: [1, 4, 9], log: log), Metronome("b", at: [2, 3, 9, 12], log: log),
      Metronome("late", at: [-5], log: log),
    ]
    for metronome in metronomes { clock.drive(metronome) }
    #expect(clock.step())
    #expect(log.entries == ["late -5"])
    #expect(clock.now == Timestamp(seconds: 0), "what is overdue happens now")
    clock.advance(to: Timestamp(seconds: 10))
    #expect(log.entries == ["late -5", "a 1", "b 2", "b 3", "a 4", "a 9", "b 9"])
    #expect(clock.now == Timestamp(seconds: 10))
    #expect(!clock.step(limit: Timestamp(seconds: 11)), "nothing is due before 12")
    #expect(clock.now == Timestamp(seconds: 10))
    #expect(clock.step() && clock.now == Timestamp(seconds: 12))
    #expect(!clock.step())
    withExtendedLifetime(metronomes) {}  // the clock does not hold what it drives
  }

  @Test("lets events of a moment happen before whoever sleeps until then wakes")
  func eventsFirst() throws {
    let simulation = Simulation(seed: 1, start: Timestamp(seconds: 0))
    let log = EventLog()
    let metronome = Metronome("event", at: [1, 2, 3], log: log)
    simulation.clock.drive(metronome)
    try simulation.run {
      try await simulation.clock.sleep(until: Timestamp(seconds: 2))
      log.add("awake")
    }
    #expect(log.entries == ["event 1", "event 2", "awake"])
  }
}
