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
  /// How often a release is tried.
  private static let releaseAttempts = 3

  let namespace: String
  let name: String
  /// Who holds it: the process with a word for this tenure, so that no two tenures are taken for one.
  let identity: String
  /// The number of this tenure.
  let epoch: Int64
  private var renewed: Timestamp
  private var lease: KubeObject

  init(identity: String, epoch: Int64, renewed: Timestamp, lease: KubeObject) {
    namespace = lease.namespace ?? ""
    name = lease.name
    self.identity = identity
    self.epoch = epoch
    self.renewed = renewed
    self.lease = lease
  }

  /// When to renew.
  var renewalTime: Timestamp { renewed + Lock.duration / 3 }

  /// Whether the holder may still act.
  func isSafe(at now: Timestamp) -> Bool { now < renewed + Lock.duration - Lock.margin }

  /// Whether it is time to renew.
  func wantsRenewal(at now: Timestamp) -> Bool { now >= renewalTime }

  /// Renews the lock.
  ///
  /// - Throws: `ProcedureError` with `.locked` when it has gone to someone else; `KubeError` when the
  ///   renewal did not get through, which is no harm while `isSafe`; `StaleRead`.
  mutating func renew(_ client: KubeClient, world: World) async throws {
    let asked = world.clock.now
    do {
      try await write(client) { $0.set("spec", "renewTime", to: .string(asked.rfc3339Micro)) }
    } catch let error as KubeError where error.code == .conflict {
      // An earlier renewal may have landed although it was reported failed.
      lease = try await ownLease(client)
      try await write(client) { $0.set("spec", "renewTime", to: .string(asked.rfc3339Micro)) }
    } catch let error as KubeError where error.code == .notFound {
      throw lost()
    }
    renewed = asked
  }

  /// Gives the lock up. Nobody waits for it then; if this fails, it runs out by itself.
  func release(_ client: KubeClient) async {
    var last = self
    for _ in 1...Lock.releaseAttempts {
      do {
        return try await last.write(client) { $0.set("spec", "holderIdentity", to: nil) }
      } catch let error as KubeError where error.code == .conflict || error.isTransient {
        guard let lease = try? await ownLease(client) else { return }
        last.lease = lease
      } catch {
        return
      }
    }
  }

  func lost() -> ProcedureError {
    ProcedureError(
      .locked, "the lock has gone to someone else; this run stops without touching anything",
      place: "Lease \(namespace)/\(name)", remedy: "see what the other one does with meshctl rollout status")
  }

  private mutating func write(_ client: KubeClient, _ change: (inout KubeObject) -> Void) async throws {
    var changed = lease
    change(&changed)
    lease = try await client.replace(changed, kind: .lease, manager: FieldManager.lock)
  }

  /// The Lease as it is now.
  ///
  /// - Throws: `ProcedureError` with `.locked` when it is someone else's; `StaleRead`; `KubeError`.
  private func ownLease(_ client: KubeClient) async throws -> KubeObject {
    guard let live = try await client.get(.lease, namespace: namespace, name: name) else { throw lost() }
    if let now = Int64(live.resourceVersion), let known = Int64(lease.resourceVersion), now < known {
      throw StaleRead()
    }
    guard live[path: "spec", "holderIdentity"]?.string == identity,
      live[path: "spec", "leaseTransitions"]?.int == epoch
    else { throw lost() }
    return live
  }
}
