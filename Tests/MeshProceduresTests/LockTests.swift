import KubeClient
import KubeModel
import MeshSim
import Seams
import Synchronization
import Testing

@testable import MeshProcedures
@testable import RolloutSimulation

/// A clock that is wrong by a fixed time.
struct WrongClock: WorldClock {
  let clock: VirtualClock
  let offset: Duration

  var now: Timestamp { clock.now + offset }

  func sleep(until deadline: Timestamp) async throws { try await clock.sleep(until: deadline - offset) }
}

/// Is raised once.
private final class Flag: Sendable {
  private let isRaised = Atomic(false)

  /// - Returns: whether it was not raised before.
  func raise() -> Bool { !isRaised.exchange(true, ordering: .relaxed) }
}

/// A way to the cluster whose first request takes 10 s.
struct SlowStart: Transport {
  let base: any Transport
  let clock: VirtualClock
  private let isWarm = Flag()

  init(base: any Transport, clock: VirtualClock) {
    self.base = base
    self.clock = clock
  }

  func send(_ request: TransportRequest) async throws -> TransportResponse {
    if isWarm.raise() { try await clock.sleep(for: .seconds(10)) }
    return try await base.send(request)
  }
}

extension Rig {
  /// Takes the lock as `identity` does, whose clock is wrong by `offset`.
  func lock(
    _ identity: String, clockOffset: Duration = .zero, above epoch: Int64 = 0, outwaits: Bool = false,
    over transport: (any Transport)? = nil
  ) async throws -> Lock {
    var world = world(identity)
    world.clock = WrongClock(clock: clock, offset: clockOffset)
    return try await Lock.acquire(
      client(identity, over: transport), namespace: "production", name: "rollout-user-service", world: world,
      above: epoch, outwaits: outwaits)
  }
}

@Suite("The lock")
struct LockTests {
  @Test("is free at first and after its release, and its epoch grows with each tenure")
  func tenures() throws {
    try Rig.run { rig in
      for epoch in Int64(1)...4 {
        let lock = try await rig.lock("runner-\(epoch)")
        #expect(lock.epoch == epoch)
        await lock.release(rig.client())
        #expect(try rig.object(.lease, "rollout-user-service")[path: "spec", "holderIdentity"] == nil)
      }
    }
  }

  @Test("is denied, with the holder's name, as soon as the holder is heard of")
  func isHeld() throws {
    try Rig.run { rig in
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          var lock = try await rig.lock("holder")
          while true {
            try await rig.clock.sleep(for: .seconds(5))
            try await lock.renew(rig.client(), world: rig.world("holder"))
          }
        }
        try await rig.clock.sleep(for: .seconds(1))
        let start = rig.clock.now
        let error = try await #require(throws: ProcedureError.self) { try await rig.lock("other") }
        #expect(error.message.hasPrefix("holder_"))
        #expect(error.code.description == "locked")
        #expect(rig.clock.now - start < .seconds(10))
        group.cancelAll()
        try? await group.waitForAll()
      }
    }
  }

  @Test(
    "is taken over only after the Lease stood still for its duration by the taker's own clock",
    arguments: [Duration.zero, .seconds(-86_400), .seconds(86_400)])
  func takeover(_ offset: Duration) throws {
    try Rig.run { rig in
      let dead = try await rig.lock("dead")
      try await rig.clock.sleep(for: .seconds(1))
      let start = rig.clock.now
      let lock = try await rig.lock("taker", clockOffset: offset)
      #expect(rig.clock.now - start > Lock.duration)
      #expect(rig.clock.now - start < Lock.duration + .seconds(5))
      #expect(lock.epoch == dead.epoch + 1)
    }
  }

  @Test("is not taken before its time by someone whose first look took long")
  func slowAnswer() throws {
    try Rig.run { rig in
      var holder = try await rig.lock("holder")
      try await withThrowingTaskGroup(of: Lock.self) { group in
        group.addTask {
          try await rig.lock("taker", over: SlowStart(base: rig.cluster.transport(), clock: rig.clock))
        }
        // The taker asked 10 s ago and gets its answer now: the holder renews, and is not heard of again.
        try await rig.clock.sleep(for: .milliseconds(9_900))
        try await holder.renew(rig.client(), world: rig.world("holder"))
        _ = try await group.next()
        #expect(!holder.isSafe(at: rig.clock.now))
      }
    }
  }

  @Test("is waited for when that is wanted, and given over at its release")
  func outwaits() throws {
    try Rig.run { rig in
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          var lock = try await rig.lock("holder")
          for _ in 1...12 {
            try await rig.clock.sleep(for: .seconds(5))
            try await lock.renew(rig.client(), world: rig.world("holder"))
          }
          await lock.release(rig.client())
        }
        try await rig.clock.sleep(for: .seconds(1))
        #expect(try await rig.lock("patient", outwaits: true).epoch == 2)
        #expect(rig.clock.now - SampleRollout.start > .seconds(100))
        try await group.waitForAll()
      }
    }
  }

  @Test("is kept when a renewal was reported failed but landed")
  func renewalLanded() throws {
    try Rig.run { rig in
      var faults = TransportFaults()
      faults.lostAnswer = 1
      let transport = FaultyTransport(rig.cluster.transport(), faults: TransportFaults(), seed: 1)
      let client = rig.client("holder", over: transport)
      var lock = try await rig.lock("holder", over: transport)
      try await rig.clock.sleep(for: .seconds(6))
      transport.setFaults(faults)
      await #expect(throws: KubeError.self) { try await lock.renew(client, world: rig.world("holder")) }
      let asked = rig.clock.now
      #expect(lock.isSafe(at: asked))
      transport.setFaults(TransportFaults())
      try await lock.renew(client, world: rig.world("holder"))
      #expect(lock.epoch == 1)
      #expect(lock.isSafe(at: asked + .seconds(10)))
      transport.setFaults(faults)
      await lock.release(client)
      transport.setFaults(TransportFaults())
      await lock.release(client)
      #expect(try rig.object(.lease, "rollout-user-service")[path: "spec", "holderIdentity"] == nil)
    }
  }

  @Test("is known as one's own when taking it was reported failed but landed")
  func takingLanded() throws {
    try Rig.run { rig in
      var faults = TransportFaults()
      faults.lostAnswer = 0.7
      for seed in UInt64(1)...20 {
        let transport = FaultyTransport(rig.cluster.transport(), faults: faults, seed: seed)
        let start = rig.clock.now
        let lock = try await rig.lock("runner", over: transport)
        #expect(lock.epoch == Int64(seed), "seed \(seed)")
        #expect(rig.clock.now - start < .seconds(3), "seed \(seed)")
        await lock.release(rig.client())
      }
    }
  }

  @Test("is lost, and says so, when someone else has it or the Lease is gone")
  func lost() throws {
    try Rig.run { rig in
      var lock = try await rig.lock("slow")
      _ = try await rig.lock("fast")
      let error = try await #require(throws: ProcedureError.self) {
        try await lock.renew(rig.client(), world: rig.world("slow"))
      }
      #expect(error.message.contains("the lock has gone to someone else"))
      await lock.release(rig.client())
      let holder = try rig.object(.lease, "rollout-user-service")[path: "spec", "holderIdentity"]?.string
      #expect(holder?.hasPrefix("fast_") == true)
    }
  }

  @Test("keeps its epoch growing even when the Lease was deleted")
  func leaseDeleted() throws {
    try Rig.run { rig in
      try await rig.client().delete(.lease, namespace: "production", name: "rollout-user-service")
      #expect(try await rig.lock("runner", above: 41).epoch == 42)
    }
  }

  @Test("is not safe any more well before it runs out")
  func margin() throws {
    try Rig.run { rig in
      let asked = rig.clock.now
      let lock = try await rig.lock("runner")
      #expect(lock.isSafe(at: asked + .seconds(10)))
      #expect(!lock.isSafe(at: asked + Lock.duration - Lock.margin))
      #expect(lock.wantsRenewal(at: asked + .seconds(5)))
      #expect(!lock.wantsRenewal(at: asked + .seconds(4)))
    }
  }
}
