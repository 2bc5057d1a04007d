import KubeClient
import KubeModel
import Seams

extension Lock {
  /// Takes the lock when nobody holds it, or when its holder is not heard of any more.
  ///
  /// What counts is that the Lease stays as it is for its whole duration by *this* clock, so clocks need
  /// not agree.
  ///
  /// - Parameters:
  ///   - epoch: a number that the new tenure's is above even if the Lease was lost.
  ///   - outwaits: waits also for a holder that is alive, until it gives the lock up.
  /// - Throws: `ProcedureError` with `.locked` when someone alive holds it; `KubeError`.
  static func acquire(
    _ client: KubeClient, namespace: String, name: String, world: World, above epoch: Int64 = 0,
    outwaits: Bool = false
  ) async throws -> Lock {
    var claim = LockClaim(
      client: client, namespace: namespace, name: name, world: world,
      identity: "\(world.identity)_\(world.random.word(digits: 4))", floor: epoch)
    return try await claim.win(outwaits: outwaits)
  }
}

/// One attempt to get hold of a lock.
private struct LockClaim {
  let client: KubeClient
  let namespace: String
  let name: String
  let world: World
  let identity: String
  let floor: Int64
  /// The last try that was reported failed, and may have landed all the same.
  private var doubtful: (epoch: Int64, asked: Timestamp)?

  private static let interval = Duration.seconds(2)

  init(
    client: KubeClient, namespace: String, name: String, world: World, identity: String, floor: Int64
  ) {
    self.client = client
    self.namespace = namespace
    self.name = name
    self.world = world
    self.identity = identity
    self.floor = floor
  }

  mutating func win(outwaits: Bool) async throws -> Lock {
    var watched: (version: String, since: Timestamp)?
    while true {
      try Task.checkCancellation()
      let asked = world.clock.now
      guard let live = try await client.get(.lease, namespace: namespace, name: name) else {
        if let lock = try await take(nil, asked) { return lock }
        continue
      }
      let holder = live[path: "spec", "holderIdentity"]?.string ?? ""
      if holder == identity, let doubtful, live[path: "spec", "leaseTransitions"]?.int == doubtful.epoch {
        return Lock(identity: identity, epoch: doubtful.epoch, renewed: doubtful.asked, lease: live)
      }
      if holder.isEmpty {
        if let lock = try await take(live, asked) { return lock }
        continue
      }
      if let former = watched, former.version == live.resourceVersion {
        // From when the former answer had come to when this one was asked for: no longer is known.
        if asked - former.since > Lock.duration {
          if let lock = try await take(live, asked) { return lock }
          continue
        }
      } else {
        guard watched == nil || outwaits else { throw isHeld(by: holder) }
        watched = (live.resourceVersion, world.clock.now)
      }
      try await world.clock.sleep(for: LockClaim.interval)
    }
  }

  private mutating func take(_ live: KubeObject?, _ asked: Timestamp) async throws -> Lock? {
    var lease = live ?? KubeObject(kind: .lease, namespace: namespace, name: name)
    let epoch = max(lease[path: "spec", "leaseTransitions"]?.int ?? 0, floor) &+ 1
    lease.set("metadata", "managedFields", to: nil)
    lease.set("spec", "holderIdentity", to: .string(identity))
    lease.set("spec", "leaseDurationSeconds", to: .int(Int64(Lock.duration.inSeconds)))
    lease.set("spec", "acquireTime", to: .string(asked.rfc3339Micro))
    lease.set("spec", "renewTime", to: .string(asked.rfc3339Micro))
    lease.set("spec", "leaseTransitions", to: .int(epoch))
    do {
      let stored =
        live == nil
        ? try await client.create(lease, kind: .lease, manager: FieldManager.lock)
        : try await client.replace(lease, kind: .lease, manager: FieldManager.lock)
      return Lock(identity: identity, epoch: epoch, renewed: asked, lease: stored)
    } catch let error as KubeError where error.code == .conflict || error.code == .alreadyExists {
      return nil  // someone was faster, or an earlier try of ours did land: look again
    } catch let error as KubeError where error.isTransient {
      doubtful = (epoch, asked)
      try await world.clock.sleep(for: .milliseconds(500))
      return nil
    }
  }

  private func isHeld(by holder: String) -> ProcedureError {
    ProcedureError(
      .locked, "\(holder) holds the lock \(namespace)/\(name)", place: "Lease \(namespace)/\(name)",
      remedy: "wait until it is done, or end its rollout with meshctl rollout abort")
  }
}
