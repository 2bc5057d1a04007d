import KubeModel
public import Seams
import Synchronization

/// An embedded Kubernetes cluster: the API over objects, controllers and traffic, on virtual time.
///
/// It knows nothing of topologies or procedures; they use it through `transport` as they would use a
/// real one.
public final class SimulatedCluster: TimeDriven {
  private let state: Mutex<ClusterState>
  /// The cluster's name, in node names and messages.
  public let name: String
  private let clock: VirtualClock

  /// A new cluster at the clock's time: it holds what every control plane makes for itself.
  ///
  /// - Parameters:
  ///   - name: its name.
  ///   - seed: fixes everything random in it.
  ///   - clock: drives it from now on.
  public init(name: String, seed: UInt64, clock: VirtualClock) {
    self.name = name
    self.clock = clock
    state = Mutex(ClusterState(name: name, seed: seed, now: clock.now))
    clock.drive(self)
  }

  /// A cluster that goes on from `state`.
  init(state: sending ClusterState, clock: VirtualClock) {
    var state = state
    state.resume()
    name = state.name
    self.clock = clock
    self.state = Mutex(state)
    clock.drive(self)
  }

  public var nextEvent: Timestamp? { state.withLock { $0.nextEvent } }

  public func advance(to time: Timestamp) { state.withLock { $0.advance(to: time) } }

  /// Lets time pass here and in all clusters that share it.
  func passTime(_ duration: Duration) {
    clock.rescheduled()
    clock.advance(to: clock.now + duration)
  }

  /// The Kubernetes API of this cluster, in-process.
  ///
  /// - Parameters:
  ///   - latency: how long a request takes to arrive, in virtual time; drawn evenly.
  ///   - isTrusted: whether a request that says nothing of its user is the administrator's; otherwise it is
  ///     anonymous.
  ///   - peer: the cluster from which requests come, for partitions; `nil` for clients of no cluster.
  public func transport(
    latency: ClosedRange<Duration> = .milliseconds(1)...(.milliseconds(5)), isTrusted: Bool = true,
    from peer: String? = nil
  ) -> some Transport {
    InProcessTransport(cluster: self, clock: clock, latency: latency, isTrusted: isTrusted, peer: peer)
  }

  // MARK: What the cluster is like

  /// Says how containers of matching images behave; the first of several patterns that match decides.
  ///
  /// - Parameter pattern: the whole image, with `*` for any text and `?` for one character.
  public func setBehavior(_ behavior: ImageBehavior, ofImages pattern: String) {
    state.withLock { $0.images.add(pattern, behavior) }
  }

  /// Lets requests flow from now on.
  public func setTraffic(_ plan: TrafficPlan) {
    state.withLock { state in
      state.traffic.plan = plan
      if state.traffic.isFlowing {
        state.schedule(.traffic, at: Timestamp(seconds: state.now.wholeSecond + 1))
      }
    }
    clock.rescheduled()
  }

  /// Calls `observer` after every commit, with a view of all objects. It must not use the cluster.
  public func observe(_ observer: @escaping @Sendable (Commit, ClusterView) -> Void) {
    state.withLock { $0.observers.append(observer) }
  }

  /// All objects as they are now, from behind the API.
  public var view: ClusterView { state.withLock { ClusterView(store: $0.store, now: $0.now) } }

  // MARK: Measurements

  /// What happened to a workload's requests after `start` and up to `end`.
  public func statistics(
    namespace: String, workload: String, after start: Timestamp, to end: Timestamp
  ) -> RequestStatistics {
    state.withLock {
      $0.traffic.statistics(namespace: namespace, workload: workload, after: start, to: end)
    }
  }

  /// Requests that found no ready pod since the cluster was made or loaded, by Service.
  public var unroutableRequests: [ServiceName: Int] { state.withLock { $0.traffic.unroutable } }

  // MARK: Faults

  /// Lets the container of a pod crash; it restarts as its image does.
  public func crashPod(namespace: String, name: String) {
    state.withLock { state in
      guard let pod = state.store.get(.pod, ObjectKey(namespace: namespace, name: name)), pod.isReadyPod
      else { return }
      Kubelet.crash(pod, in: &state)
    }
    clock.rescheduled()
  }

  // MARK: History

  /// Forgets what happened up to a version, as a compaction of etcd does: watches and pages from before get 410.
  public func compact(to version: Int64) { state.withLock { $0.store.compact(to: version) } }

  /// Sets the certificates by which pods know the API server, in PEM.
  public func setCertificateAuthority(_ text: String) {
    state.withLock { $0.hooks.certificateAuthority = text }
  }

  // MARK: API

  func receive(_ request: TransportRequest, isTrusted: Bool, from peer: String?) -> Reception {
    state.withLock { $0.receive(request, isTrusted: isTrusted, from: peer) }
  }

  /// Tells whoever drives the clock that something may be due earlier now.
  func rescheduled() { clock.rescheduled() }

  func endWatch(_ id: Int) {
    // Let go outside of the lock: that may end the stream, which asks for the lock.
    let gone = state.withLock { state -> (Watcher?, LogFollower?) in
      defer { state.followers[id] = nil }
      return (state.watchers.remove(id), state.followers[id])
    }
    withExtendedLifetime(gone) {}
  }

  func withState<Result>(_ body: (inout ClusterState) throws -> sending Result) rethrows -> sending Result {
    try state.withLock(body)
  }
}
