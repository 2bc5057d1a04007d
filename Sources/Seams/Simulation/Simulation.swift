import Synchronization

/// Runs asynchronous code in virtual time, on the calling thread, in an order drawn from a seed.
public struct Simulation: Sendable {
  /// The seed that fixes the order of jobs and all random numbers.
  public let seed: UInt64
  /// The clock that the run's worlds share.
  public let clock: VirtualClock

  /// Creates a simulation whose clock shows `start`.
  public init(seed: UInt64, start: Timestamp) {
    self.seed = seed
    self.clock = VirtualClock(start: start)
  }

  /// A world of this simulation for a process called `identity`.
  public func world(identity: String) -> World {
    let stream = StableHash.of(identity)
    return World(clock: clock, random: SeededRandom(seed: seed ^ stream), identity: identity)
  }

  /// Runs `body` to its end, moving virtual time whenever nothing else can happen.
  ///
  /// Keep sockets, threads and Foundation timers out of `body`: what they resume is outside the seed's
  /// order. Cancelling through `cancellation` from another thread is allowed and ends determinism.
  ///
  /// - Throws: what `body` throws; `SimulationStalled` when `body` waits and nothing is due.
  public func run<Value: Sendable>(
    cancellation: Cancellation? = nil, _ body: @escaping @Sendable () async throws -> Value
  ) throws -> Value {
    let executor = SeededExecutor(seed: seed)
    let outcome = Outcome<Value>()
    let task = Task(executorPreference: executor) {
      do { outcome.set(.success(try await body())) } catch { outcome.set(.failure(error)) }
    }
    cancellation?.attach { task.cancel() }
    while true {
      executor.drain()
      if let result = outcome.result { return try result.get() }
      // Clusters have events for ever (traffic, controllers); only a sleeper can end the run.
      if clock.hasSleepers, clock.step() { continue }
      // A cancellation from another thread may have made a job of the last sleeper meanwhile.
      guard executor.hasJobs else { throw SimulationStalled(seed: seed, time: clock.now) }
    }
  }
}

/// The simulated code waits for something that nothing will ever deliver.
public struct SimulationStalled: Error, CustomStringConvertible {
  /// The seed that reproduces the stall.
  public let seed: UInt64
  /// The virtual time of the stall.
  public let time: Timestamp

  public var description: String {
    "the simulation stalled at \(time): every task waits and nothing is due (seed \(seed))"
  }
}

/// A way to cancel a running simulation from outside, such as from a signal.
public final class Cancellation: Sendable {
  private struct State {
    var isCancelled = false
    var action: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())

  /// Creates a cancellation that has not happened.
  public init() {}

  /// Whether `cancel` has been called.
  public var isCancelled: Bool { state.withLock { $0.isCancelled } }

  /// Cancels what is attached, now or when it gets attached.
  public func cancel() {
    let action = state.withLock { state in
      state.isCancelled = true
      return state.action
    }
    action?()
  }

  /// Sets what `cancel` does.
  public func attach(_ action: @escaping @Sendable () -> Void) {
    let isCancelled = state.withLock { state in
      state.action = action
      return state.isCancelled
    }
    if isCancelled { action() }
  }
}

private final class Outcome<Value: Sendable>: Sendable {
  private let stored = Mutex<Result<Value, any Error>?>(nil)

  var result: Result<Value, any Error>? { stored.withLock { $0 } }

  func set(_ result: Result<Value, any Error>) { stored.withLock { $0 = result } }
}
