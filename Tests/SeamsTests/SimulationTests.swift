import Foundation
import Seams
import Testing

@Suite("A simulation")
struct SimulationTests {
  private actor Counter {
    private(set) var value = 0
    func increase() -> Int {
      value += 1
      return value
    }
  }

  /// What eight tasks with an actor between them did, in order.
  private static func interleaving(seed: UInt64) throws -> [String] {
    let simulation = Simulation(seed: seed, start: Timestamp(seconds: 0))
    let log = EventLog()
    try simulation.run {
      let counter = Counter()
      try await withThrowingTaskGroup { group in
        for name in ["a", "b", "c", "d", "e", "f", "g", "h"] {
          group.addTask {
            for _ in 0..<4 {
              log.add("\(name)\(await counter.increase())")
              await Task.yield()
              let random = simulation.world(identity: name).random
              try await simulation.clock.sleep(for: random.duration(in: .zero...(.seconds(1))))
            }
          }
        }
        try await group.waitForAll()
      }
      log.add("\(await counter.value)")
    }
    return log.entries
  }

  @Test("of one seed always interleaves the same way", arguments: UInt64(1)...10)
  func sameSeed(seed: UInt64) throws {
    let first = try SimulationTests.interleaving(seed: seed)
    #expect(first.count == 33 && first.last == "32")
    for _ in 0..<10 { #expect(try SimulationTests.interleaving(seed: seed) == first, "seed \(seed)") }
  }

  @Test("of another seed interleaves another way")
  func otherSeeds() throws {
    let logs = try Set((UInt64(1)...40).map(SimulationTests.interleaving(seed:)))
    #expect(logs.count == 40)
  }

  @Test("gives each process a world of its own, by seed and name")
  func worlds() {
    func numbers(_ seed: UInt64, _ identity: String) -> [UInt64] {
      let random = Simulation(seed: seed, start: Timestamp(seconds: 0)).world(identity: identity).random
      return (0..<3).map { _ in random.next() }
    }
    #expect(numbers(1, "a") == numbers(1, "a"))
    #expect(Set([numbers(1, "a"), numbers(1, "b"), numbers(2, "a"), numbers(2, "b")]).count == 4)
    #expect(Simulation(seed: 1, start: Timestamp(seconds: 0)).world(identity: "ci").identity == "ci")
  }

  @Test("moves virtual time by days in no time")
  func virtualTime() throws {
    let simulation = Simulation(seed: 1, start: Timestamp(seconds: 0))
    try simulation.run {
      for _ in 0..<1_000 { try await simulation.clock.sleep(for: .seconds(86_400)) }
    }
    #expect(simulation.clock.now == Timestamp(seconds: 86_400_000))
  }

  @Test("gives what its body gives, and throws what it throws")
  func outcome() throws {
    struct Failure: Error {}
    #expect(try Simulation(seed: 1, start: Timestamp(seconds: 0)).run { 7 } == 7)
    #expect(throws: Failure.self) {
      try Simulation(seed: 1, start: Timestamp(seconds: 0)).run { throw Failure() }
    }
  }

  @Test("that waits for what never comes throws, with the seed and the time")
  func stalled() throws {
    let (stream, continuation) = AsyncStream<Int>.makeStream()
    let simulation = Simulation(seed: 77, start: Timestamp(seconds: 0))
    let metronome = Metronome("clusters have events for ever", at: Array(1...100), log: EventLog())
    simulation.clock.drive(metronome)
    let error = try #require(throws: SimulationStalled.self) {
      try simulation.run {
        try await simulation.clock.sleep(for: .seconds(5))
        for await _ in stream {}
      }
    }
    #expect(error.seed == 77 && error.time == Timestamp(seconds: 5))
    #expect(error.description.contains("1970-01-01T00:00:05Z") && error.description.contains("seed 77"))
    continuation.finish()
  }

  @Test("is cancelled from inside at the moment of the cancellation", arguments: UInt64(1)...10)
  func cancelledInside(seed: UInt64) throws {
    let simulation = Simulation(seed: seed, start: Timestamp(seconds: 0))
    let cancellation = Cancellation()
    #expect(throws: CancellationError.self) {
      try simulation.run(cancellation: cancellation) {
        await withTaskGroup { group in
          group.addTask {
            try? await simulation.clock.sleep(for: .seconds(3))
            cancellation.cancel()
          }
          await group.waitForAll()
        }
        try await simulation.clock.sleep(for: .seconds(100))
      }
    }
    #expect(cancellation.isCancelled)
    #expect(simulation.clock.now == Timestamp(seconds: 3), "seed \(seed)")
  }

  @Test("that is cancelled before it starts, starts cancelled")
  func cancelledBefore() throws {
    let cancellation = Cancellation()
    cancellation.cancel()
    let isCancelled = try Simulation(seed: 1, start: Timestamp(seconds: 0)).run(cancellation: cancellation) {
      Task.isCancelled
    }
    #expect(isCancelled)
  }

  @Test("is cancelled from another thread, and never takes that for a stall")
  func cancelledOutside() throws {
    for seed in UInt64(1)...300 {
      let simulation = Simulation(seed: seed, start: Timestamp(seconds: 0))
      let cancellation = Cancellation()
      let log = EventLog()
      Thread.detachNewThread {
        while log.entries.isEmpty {}
        cancellation.cancel()
      }
      #expect(throws: CancellationError.self, "seed \(seed)") {
        try simulation.run(cancellation: cancellation) {
          log.add("started")
          while true { try await simulation.clock.sleep(for: .seconds(1)) }
        }
      }
    }
  }
}
