import KubeClient
import KubeModel
import MeshSim
import Seams
import Synchronization
import Testing

@testable import MeshProcedures
@testable import RolloutSimulation

/// Who acted under which epoch, in the order of true time.
private final class Acts: Sendable {
  private let acts = Mutex<[(identity: String, epoch: Int64)]>([])

  var all: [(identity: String, epoch: Int64)] { acts.withLock { $0 } }

  func note(_ identity: String, _ epoch: Int64) { acts.withLock { $0.append((identity, epoch)) } }
}

/// A process that takes the lock again and again, acts under it, and is cut off at times.
private struct Contender {
  let rig: Rig
  let identity: String
  let seed: UInt64
  let acts: Acts

  func run(until end: Timestamp) async throws {
    var draws = SeededGenerator(seed: seed, stream: identity.utf8.reduce(0) { $0 * 31 + UInt64($1) })
    var world = rig.world(identity)
    let clock = WrongClock(clock: rig.clock, offset: .seconds(Int64(draws.next() % 7_200) - 3_600))
    world.clock = clock
    var faults = TransportFaults()
    faults.lostAnswer = 0.2
    faults.unreachable = 0.1
    faults.conflict = 0.1
    faults.staleRead = 0.2
    let transport = FaultyTransport(rig.cluster.transport(), faults: faults, seed: draws.next())
    let client = KubeClient(cluster: "main", transport: transport, world: world)
    while rig.clock.now < end {
      try await rig.clock.sleep(for: .seconds(Int64(draws.next() % 5)))
      guard
        var lock = try? await Lock.acquire(
          client, namespace: "production", name: "lock", world: world, outwaits: draws.chance(0.5))
      else { continue }
      let tenure = rig.clock.now + .seconds(Int64(draws.next() % 60))
      while rig.clock.now < tenure {
        if lock.isSafe(at: clock.now) { acts.note(lock.identity, lock.epoch) }
        try await rig.clock.sleep(for: .milliseconds(Int64(draws.next() % 2_000)))
        guard lock.wantsRenewal(at: clock.now) else { continue }
        do { try await lock.renew(client, world: world) } catch is ProcedureError { break } catch {}
      }
      if draws.chance(0.5) { await lock.release(client) }  // else it died
    }
  }
}

@Suite("The lock, under faults and wrong clocks")
struct LockSimulationTests {
  #if DEBUG
    private static let seeds: ClosedRange<UInt64> = 1...20
  #else
    private static let seeds: ClosedRange<UInt64> = 1...300
  #endif

  @Test("nobody acts any more once someone of a later epoch has acted")
  func exclusion() throws {
    var tenures = 0
    for seed in LockSimulationTests.seeds {
      let acts = Acts()
      try Rig.run(seed: seed, isSynced: false) { rig in
        _ = try await rig.client().create(
          .init(kind: .namespace, name: "production"), kind: .namespace, manager: "test")
        let end = rig.clock.now + .seconds(300)
        try await withThrowingTaskGroup(of: Void.self) { group in
          for name in ["a", "b", "c"] {
            group.addTask {
              try await Contender(rig: rig, identity: name, seed: seed, acts: acts).run(until: end)
            }
          }
          try await group.waitForAll()
        }
      }
      var holders: [Int64: String] = [:]
      var latest: Int64 = 0
      for act in acts.all {
        #expect(act.epoch >= latest, "seed \(seed): \(act.identity) acted under \(act.epoch) after \(latest)")
        #expect(holders[act.epoch, default: act.identity] == act.identity, "seed \(seed): epoch \(act.epoch)")
        latest = max(latest, act.epoch)
        holders[act.epoch] = act.identity
      }
      tenures += holders.count
    }
    #expect(tenures > LockSimulationTests.seeds.count * 3)
  }
}
