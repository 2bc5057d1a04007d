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

  /// An empty cluster at the clock's time.
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

  /// The Kubernetes API of this cluster, in-process.
  ///
  /// - Parameter latency: how long a request takes to arrive, in virtual time; drawn evenly.
  public func transport(latency: ClosedRange<Duration> = .milliseconds(1)...(.milliseconds(5)))
    -> some Transport
  {
    InProcessTransport(cluster: self, clock: clock, latency: latency)
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
      guard let pod = state.store.get(.pod, ObjectKey(namespace: namespace, name: name)) else { return }
      Kubelet.crash(pod, in: &state)
    }
  }

  // MARK: API

  func answer(_ request: TransportRequest) -> APIServer.Answer {
    state.withLock { APIServer.answer(request, in: &$0) }
  }

  func startWatch(
    _ watch: APIServer.Watch, _ continuation: AsyncThrowingStream<[UInt8], any Error>.Continuation
  ) -> Int {
    state.withLock { state in
      state.nextWatcher += 1
      for event in watch.initialEvents { continuation.yield(event.jsonBytes() + [UInt8(ascii: "\n")]) }
      guard !watch.isOver else {
        continuation.finish()
        return state.nextWatcher
      }
      state.watchers[state.nextWatcher] = Watcher(
        kind: watch.kind, namespace: watch.namespace, selector: watch.selector, name: watch.name,
        continuation: continuation)
      return state.nextWatcher
    }
  }

  func endWatch(_ id: Int) { state.withLock { $0.watchers[id] = nil } }

  func withState<Result>(_ body: (inout ClusterState) throws -> sending Result) rethrows -> sending Result {
    try state.withLock(body)
  }
}
