import KubeClient
import KubeModel
import Seams

/// The right to act, held through a Lease. Its epoch grows with every change of holder and goes with
/// every write, so that whoever has lost the lock can tell.
struct Lock: Sendable {
  /// How long a holder that is not heard of keeps the lock.
  static let duration = Duration.seconds(15)
  /// A holder stops acting this long before the lock runs out: a request may take that long to land.
  static let margin = Duration.seconds(4)

  let namespace: String
  let name: String
  let identity: String
  /// The number of this tenure.
  private(set) var epoch: Int64
  private var renewed: Timestamp
  private var lease: KubeObject

  /// Whether the holder may still act.
  func isSafe(at now: Timestamp) -> Bool { now < renewed + Lock.duration - Lock.margin }

  /// Whether it is time to renew.
  func wantsRenewal(at now: Timestamp) -> Bool { now >= renewed + Lock.duration / 3 }

  /// Takes the lock if nobody holds it.
  ///
  /// - Parameter waits: waits for a holder that is not heard of any more. What counts is that the Lease
  ///   stays as it is for its whole duration by *this* clock, so clocks need not agree.
  /// - Throws: `ProcedureError` with `.locked` when someone holds it; `KubeError`.
  static func acquire(
    _ client: KubeClient, namespace: String, name: String, world: World, waits: Bool
  ) async throws -> Lock {
    var watched: (version: String, since: Timestamp)?
    while true {
      let asked = world.clock.now
      guard let live = try await client.get(.lease, namespace: namespace, name: name) else {
        if let lock = try await take(nil, client, namespace, name, world, asked) { return lock }
        continue
      }
      let holder = live[path: "spec", "holderIdentity"]?.string ?? ""
      if watched?.version != live.resourceVersion { watched = (live.resourceVersion, asked) }
      let hasWaited = watched.map { asked - $0.since > Lock.duration } ?? false
      if holder.isEmpty || hasWaited || isLongGone(live, now: asked) {
        if let lock = try await take(live, client, namespace, name, world, asked) { return lock }
        continue
      }
      guard waits else {
        throw ProcedureError(
          .locked, "\(holder) holds the lock \(namespace)/\(name)", place: "Lease \(namespace)/\(name)",
          remedy: "wait until it is done, or take over with --resume once it is gone")
      }
      if let watched, asked - watched.since > .zero || !hasWaited {
        try await world.clock.sleep(for: .seconds(2))
      }
    }
  }

  /// A Lease that has not been renewed for ten times its duration has no holder, whatever the clocks.
  private static func isLongGone(_ lease: KubeObject, now: Timestamp) -> Bool {
    guard let renewed = lease[path: "spec", "renewTime"]?.string.flatMap(Timestamp.init(rfc3339:)) else {
      return true
    }
    return now - renewed > Lock.duration * 10
  }

  private static func take(
    _ live: KubeObject?, _ client: KubeClient, _ namespace: String, _ name: String, _ world: World,
    _ asked: Timestamp
  ) async throws -> Lock? {
    var lease = live ?? KubeObject(kind: .lease, namespace: namespace, name: name)
    let epoch = (lease[path: "spec", "leaseTransitions"]?.int ?? 0) + 1
    lease.set("metadata", "managedFields", to: nil)
    lease.set("spec", "holderIdentity", to: .string(world.identity))
    lease.set("spec", "leaseDurationSeconds", to: .int(Int64(Lock.duration.inSeconds)))
    lease.set("spec", "acquireTime", to: .string(asked.rfc3339Micro))
    lease.set("spec", "renewTime", to: .string(asked.rfc3339Micro))
    lease.set("spec", "leaseTransitions", to: .int(epoch))
    do {
      let stored =
        live == nil
        ? try await client.create(lease, kind: .lease, manager: FieldManager.lock)
        : try await client.replace(lease, kind: .lease, manager: FieldManager.lock)
      return Lock(
        namespace: namespace, name: name, identity: world.identity, epoch: epoch, renewed: asked,
        lease: stored)
    } catch let error as KubeError where error.code == .conflict || error.code == .alreadyExists {
      return nil  // someone was faster, or an earlier try of ours did land: look again
    } catch let error as KubeError where error.isTransient {
      try await world.clock.sleep(for: .milliseconds(500))
      return nil
    }
  }

  /// Renews the lock.
  ///
  /// - Throws: `ProcedureError` with `.locked` when it has gone to someone else; `KubeError` when the
  ///   renewal did not get through, which is no harm while `isSafe`.
  mutating func renew(_ client: KubeClient, world: World) async throws {
    let asked = world.clock.now
    var changed = lease
    changed.set("spec", "renewTime", to: .string(asked.rfc3339Micro))
    do {
      lease = try await client.replace(changed, kind: .lease, manager: FieldManager.lock)
    } catch let error as KubeError where error.code == .conflict {
      // An earlier renewal may have landed although it was reported failed.
      guard let live = try await client.get(.lease, namespace: namespace, name: name),
        live[path: "spec", "holderIdentity"]?.string == identity,
        live[path: "spec", "leaseTransitions"]?.int == epoch
      else { throw lost() }
      changed.set("metadata", "resourceVersion", to: .string(live.resourceVersion))
      lease = try await client.replace(changed, kind: .lease, manager: FieldManager.lock)
    } catch let error as KubeError where error.code == .notFound {
      throw lost()
    }
    renewed = asked
  }

  /// Gives the lock up. Nobody waits for it then; if this fails, it runs out by itself.
  func release(_ client: KubeClient) async {
    var changed = lease
    changed.set("spec", "holderIdentity", to: "")
    _ = try? await client.replace(changed, kind: .lease, manager: FieldManager.lock)
  }

  func lost() -> ProcedureError {
    ProcedureError(
      .locked, "the lock has gone to someone else; this run stops without touching anything",
      place: "Lease \(namespace)/\(name)", remedy: "see what the other one does with meshctl rollout status")
  }
}

/// The field managers of MeshKit, one a concern.
public enum FieldManager {
  /// What Git declares.
  public static let sync = "meshctl-sync"
  /// What a rollout changes: release, weights, capacity floor, canary.
  public static let rollout = "meshctl-rollout"
  /// Checkpoints and histories.
  public static let checkpoint = "meshctl-checkpoint"
  /// Leases.
  public static let lock = "meshctl-lock"
}
