import Seams
import Testing

@Suite("The real world")
struct RealWorldTests {
  @Test("has a clock that goes forward and a sleep that is over when its time is past")
  func clock() async throws {
    let clock = World.real().clock
    let first = clock.now
    #expect(first > Timestamp(seconds: 1_700_000_000))
    try await clock.sleep(until: first - .seconds(1))
    #expect(clock.now >= first)
  }

  @Test("does not let a cancelled task sleep")
  func cancelled() async {
    await withTaskGroup(of: Void.self) { group in
      group.cancelAll()
      group.addTask {
        let clock = World.real().clock
        for offset in [-1, 3_600] {
          await #expect(throws: CancellationError.self) { try await clock.sleep(for: .seconds(offset)) }
        }
      }
    }
  }

  @Test("gives every process a name of its own")
  func identity() {
    let names = (0..<20).map { _ in World.real().identity }
    #expect(Set(names).count > 1)
    #expect(names.allSatisfy { $0.split(separator: "-").count >= 3 })
  }
}
