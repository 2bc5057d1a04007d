import KubeModel
import Seams

/// A pod on its node: its containers in order, and what the kubelet makes of them.
struct PodRun: Sendable {
  enum RestartPolicy: String, Sendable {
    case always = "Always"
    case onFailure = "OnFailure"
    case never = "Never"
  }

  var containers: [ContainerRun]
  /// Containers that were added to look into the pod; what becomes of them is all the same to it.
  var ephemeral: [ContainerRun] = []
  let policy: RestartPolicy
  let startTime: Timestamp
  /// Whether its containers have been asked to stop.
  var isStopping = false

  /// A pod that has just come to its node.
  init(_ pod: KubeObject, now: Timestamp) {
    policy = pod[path: "spec", "restartPolicy"]?.string.flatMap(RestartPolicy.init) ?? .always
    startTime = now
    let inits = (pod[path: "spec", "initContainers"]?.array ?? []).map { ContainerRun($0, isInit: true) }
    containers =
      inits + (pod[path: "spec", "containers"]?.array ?? []).map { ContainerRun($0, isInit: false) }
  }

  var initContainers: ArraySlice<ContainerRun> { containers.prefix { $0.isInit } }
  var mainContainers: ArraySlice<ContainerRun> { containers.drop { $0.isInit } }

  var isInitialized: Bool {
    initContainers.allSatisfy { $0.isSidecar ? $0.isRunning || $0.ending != nil : $0.hasSucceeded }
  }

  /// Whether nothing has started yet and nothing is wrong: its readiness is still unknown.
  var isFreshlyCreating: Bool {
    containers.allSatisfy { container in
      if case .creating = container.stage { return container.lastEnding == nil && container.ending == nil }
      return !container.isReleased
    }
  }

  var nextChange: Timestamp? { containers.compactMap(\.nextChange).min() }

  /// Lets everything happen that is due by `now`.
  mutating func advance(to now: Timestamp, _ behavior: (ContainerRun) -> ContainerBehavior) {
    for _ in 0..<64 {
      release(at: now, behavior)
      guard let index = containers.indices.first(where: { containers[$0].isDue(at: now) }) else { return }
      containers[index].step(behavior(containers[index]), policy: policy, podPhase: phase, now: now)
    }
  }

  /// The same for the ephemeral containers, which start at once and never again.
  mutating func advanceEphemeral(to now: Timestamp, _ behavior: (ContainerRun) -> ContainerBehavior) {
    for index in ephemeral.indices {
      if !ephemeral[index].isReleased {
        ephemeral[index].isReleased = true
        ephemeral[index].begin(behavior(ephemeral[index]), now: now)
      }
      while ephemeral[index].isDue(at: now) {
        ephemeral[index].step(behavior(ephemeral[index]), policy: .never, podPhase: phase, now: now)
      }
    }
  }

  /// Starts what waits for the init containers before it.
  private mutating func release(at now: Timestamp, _ behavior: (ContainerRun) -> ContainerBehavior) {
    guard phase != "Failed" else { return }
    for index in containers.indices where !containers[index].isReleased {
      let before = containers[..<index].filter(\.isInit)
      guard before.allSatisfy({ $0.isSidecar ? $0.isRunning : $0.hasSucceeded }) else { return }
      containers[index].isReleased = true
      containers[index].begin(behavior(containers[index]), now: now)
    }
  }

  /// `status.phase` (`getPhase` of the kubelet).
  var phase: String {
    if initContainers.contains(where: {
      !$0.isSidecar && $0.stage == .ended && $0.isReleased && $0.ending.map { $0.exitCode != 0 } ?? false
    }) {
      return "Failed"
    }
    guard isInitialized else { return "Pending" }
    let main = mainContainers
    if main.allSatisfy({ $0.stage == .ended && $0.ending != nil }) {
      return main.allSatisfy(\.hasSucceeded) ? "Succeeded" : "Failed"
    }
    let hasStarted = main.contains { $0.isRunning || $0.ending != nil || $0.lastEnding != nil }
    let isWaiting = main.contains { !$0.isRunning && $0.ending == nil && $0.lastEnding == nil }
    return hasStarted && !isWaiting ? "Running" : "Pending"
  }

  /// Ends a container's process from outside.
  mutating func crash(_ index: Int, now: Timestamp) { end(index, exitCode: 1, now: now) }

  mutating func end(_ index: Int, exitCode: Int64, now: Timestamp) {
    containers[index].end(exitCode: exitCode, now: now)
  }
}

extension ContainerRun {
  /// Ends the process from outside.
  mutating func end(exitCode: Int64, now: Timestamp) {
    guard case .running(let since, let readyAt, _, _) = stage else { return }
    stage = .running(since: since, readyAt: readyAt, exitsAt: now, exitCode: exitCode)
  }

  init(_ container: JSONValue, isInit: Bool) {
    name = container["name"]?.string ?? ""
    image = container["image"]?.string ?? ""
    self.isInit = isInit
    isSidecar = isInit && container["restartPolicy"]?.string == "Always"
  }

  func isDue(at now: Timestamp) -> Bool {
    guard isReleased, let next = nextChange, next <= now else { return false }
    // That it has become ready is no step of its own.
    if case .running(_, _, let exitsAt, _) = stage { return exitsAt.map { $0 <= now } ?? false }
    return true
  }

  /// Makes the container for the first time.
  mutating func begin(_ behavior: ContainerBehavior, now: Timestamp) {
    news.append(.pulling)
    if behavior.failure == .imagePull {
      news.append(.failedPull)
      stage = .unpullable(until: now + .seconds(10), attempts: 1)
    } else {
      stage = .creating(until: now + createTime(behavior))
    }
  }

  private func createTime(_ behavior: ContainerBehavior) -> Duration {
    behavior.probeDelay == nil && behavior.failure != .crashLoop ? behavior.startup : behavior.startup / 2
  }

  mutating func step(
    _ behavior: ContainerBehavior, policy: PodRun.RestartPolicy, podPhase: String, now: Timestamp
  ) {
    switch stage {
    case .creating(let until): run(behavior, since: until)
    case .backingOff(let until, _): stage = .creating(until: until + behavior.startup)
    case .unpullable(let until, let attempts):
      if behavior.failure == .imagePull {
        news.append(.backOffPull)
        stage = .unpullable(
          until: until + .seconds(ContainerBehavior.backOff(restarts: Int64(attempts + 1))),
          attempts: attempts + 1)
      } else {
        stage = .creating(until: until + createTime(behavior))
      }
    case .running(let since, _, let exitsAt, let code):
      end(Ending(startedAt: since, finishedAt: exitsAt ?? now, exitCode: code), policy, behavior)
    case .ended: break
    }
  }

  private mutating func run(_ behavior: ContainerBehavior, since: Timestamp) {
    if ending != nil { restarts += 1 }
    lastEnding = ending ?? lastEnding
    ending = nil
    news.append(.started)
    var readyAt: Timestamp?
    if behavior.neverReady || behavior.failure == .neverReady {
      readyAt = ContainerBehavior.farFuture
    } else if let delay = behavior.probeDelay {
      readyAt = since + max(delay, behavior.startup / 2)
    }
    var exitsAt: Timestamp?
    var code = behavior.exitCode
    if behavior.failure == .crashLoop {
      (exitsAt, code) = (since, 1)
      readyAt = ContainerBehavior.farFuture
    } else if let time = behavior.runTime {
      exitsAt = since + time
    }
    stage = .running(since: since, readyAt: readyAt, exitsAt: exitsAt, exitCode: code)
  }

  private mutating func end(_ ending: Ending, _ policy: PodRun.RestartPolicy, _ behavior: ContainerBehavior) {
    self.ending = ending
    let restartsAgain =
      isSidecar
      || (isInit
        ? policy != .never && ending.exitCode != 0
        : policy == .always || (policy == .onFailure && ending.exitCode != 0))
    guard restartsAgain else {
      stage = .ended
      return
    }
    // The first time it starts again at once, and so does one that ran for long.
    let hasRunLong = ending.finishedAt - ending.startedAt >= .seconds(600)
    guard restarts > 0, !hasRunLong else {
      stage = .backingOff(until: ending.finishedAt, seconds: 0)
      return
    }
    let pause = ContainerBehavior.backOff(restarts: restarts)
    news.append(.backOff)
    stage = .backingOff(until: ending.finishedAt + .seconds(pause), seconds: pause)
  }
}
