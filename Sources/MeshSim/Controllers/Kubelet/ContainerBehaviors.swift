import KubeModel
import Seams

/// How the containers of one pod behave.
struct ContainerBehaviors {
  private let byName: [String: ContainerBehavior]
  let isHeldUnready: Bool

  init(_ pod: KubeObject, in state: ClusterState) {
    let isHeldUnready = pod.labels["fake/never-ready"] == "true"
    self.isHeldUnready = isHeldUnready
    let isTask = pod.controllerReference?["kind"]?.string == "Job"
    var generator = SeededGenerator(seed: state.seed, stream: StableHash.of(pod.uid))
    let draw = generator.unit()
    let troubles = state.faults.active.isEmpty ? [] : state.faults.containerTrouble(of: pod)
    var byName: [String: ContainerBehavior] = [:]
    for (list, isInit) in [("initContainers", true), ("containers", false), ("ephemeralContainers", false)] {
      for container in pod[path: "spec", list]?.array ?? [] {
        let reference = container["image"]?.string ?? ""
        var image = state.images.behavior(of: reference)
        for trouble in troubles where !isInit && trouble.target.matches(image: reference) {
          image.startup += trouble.addedStartup
          if trouble.failure != .none { image.failure = trouble.failure }
        }
        let isSidecar = container["restartPolicy"]?.string == "Always"
        let program = ContainerProgram(container: container, isTask: isTask && !isInit)
        let isShort = isInit && !isSidecar
        byName[container["name"]?.string ?? ""] = ContainerBehavior(
          startup: isShort ? .milliseconds(500) : image.startup + image.startupJitter * draw,
          failure: image.failure, runTime: isShort ? program.runTime ?? .milliseconds(500) : program.runTime,
          exitCode: program.exitCode, probeDelay: ContainerBehaviors.probeDelay(container),
          neverReady: isHeldUnready && !isInit)
      }
    }
    self.byName = byName
  }

  func behavior(of container: ContainerRun) -> ContainerBehavior {
    byName[container.name]
      ?? ContainerBehavior(
        startup: .seconds(1), failure: .none, runTime: nil, exitCode: 0, probeDelay: nil, neverReady: false)
  }

  /// The least time before the first successful probe; `nil` without a probe that readiness waits for.
  private static func probeDelay(_ container: JSONValue) -> Duration? {
    let probes = ["startupProbe", "readinessProbe"].compactMap { container[$0] }
    guard !probes.isEmpty else { return nil }
    return probes.reduce(.zero) { sum, probe in
      let successes = max(1, probe["successThreshold"]?.int ?? 1)
      return sum
        + .seconds(
          (probe["initialDelaySeconds"]?.int ?? 0) + (successes - 1) * (probe["periodSeconds"]?.int ?? 10))
    }
  }
}

extension PodRun {
  /// A pod as the kubelet finds it again after a start of the cluster.
  static func resumed(_ pod: KubeObject, now: Timestamp) -> PodRun {
    var run = PodRun(pod, now: now)
    for (list, isInit) in [("initContainerStatuses", true), ("containerStatuses", false)] {
      for status in pod[path: "status", list]?.array ?? [] {
        guard
          let index = run.containers.firstIndex(where: {
            $0.isInit == isInit && $0.name == status["name"]?.string
          })
        else { continue }
        run.containers[index].resume(status, now: now)
      }
    }
    let ephemeral = pod[path: "spec", "ephemeralContainers"]?.array ?? []
    for status in pod[path: "status", "ephemeralContainerStatuses"]?.array ?? [] {
      guard let spec = ephemeral.first(where: { $0["name"] == status["name"] }) else { continue }
      run.ephemeral.append(ContainerRun(spec, isInit: false))
      run.ephemeral[run.ephemeral.count - 1].resume(status, now: now)
    }
    return run
  }

  /// Takes over what has changed about the pod itself: its labels and its images.
  mutating func notice(_ pod: KubeObject, _ behaviors: ContainerBehaviors, now: Timestamp) {
    for index in containers.indices where !containers[index].isInit {
      guard case .running(let since, let readyAt, let exitsAt, let code) = containers[index].stage else {
        continue
      }
      let behavior = behaviors.behavior(of: containers[index])
      let isHeld = readyAt == ContainerBehavior.farFuture
      if behaviors.isHeldUnready, !isHeld {
        containers[index].stage = .running(
          since: since, readyAt: ContainerBehavior.farFuture, exitsAt: exitsAt, exitCode: code)
      } else if !behaviors.isHeldUnready, isHeld, behavior.failure == .none {
        containers[index].stage = .running(since: since, readyAt: nil, exitsAt: exitsAt, exitCode: code)
      }
    }
    for container in (pod[path: "spec", "ephemeralContainers"]?.array ?? []).dropFirst(ephemeral.count) {
      ephemeral.append(ContainerRun(container, isInit: false))
    }
    for container in pod[path: "spec", "containers"]?.array ?? [] {
      guard let image = container["image"]?.string,
        let index = containers.firstIndex(where: { !$0.isInit && $0.name == container["name"]?.string }),
        containers[index].image != image
      else { continue }
      containers[index].image = image
      crash(index, now: now)
    }
  }

  /// When something is due, be it only that a container has become ready.
  func nextChange(after now: Timestamp) -> Timestamp? {
    (containers + ephemeral).compactMap { container -> Timestamp? in
      guard case .running(_, let readyAt, let exitsAt, _) = container.stage else {
        return container.nextChange
      }
      return [readyAt, exitsAt].compactMap { $0 }.filter { $0 > now && $0 < ContainerBehavior.farFuture }
        .min()
    }.min()
  }
}

extension ContainerRun {
  /// Takes over what a status says.
  fileprivate mutating func resume(_ status: JSONValue, now: Timestamp) {
    restarts = status["restartCount"]?.int ?? 0
    let isReady = status["ready"]?.bool == true
    func ending(_ value: JSONValue?) -> Ending? {
      guard let value else { return nil }
      let time = { (key: String) in value[key]?.string.flatMap(Timestamp.init(rfc3339:)) ?? now }
      return Ending(
        startedAt: time("startedAt"), finishedAt: time("finishedAt"), exitCode: value["exitCode"]?.int ?? 0)
    }
    lastEnding = ending(status[path: "lastState", "terminated"])
    if let running = status[path: "state", "running"] {
      isReleased = true
      let since = running["startedAt"]?.string.flatMap(Timestamp.init(rfc3339:)) ?? now
      stage = .running(
        since: since, readyAt: isReady || isInit ? nil : ContainerBehavior.farFuture, exitsAt: nil,
        exitCode: 0)
    } else if let terminated = ending(status[path: "state", "terminated"]) {
      isReleased = true
      self.ending = terminated
    } else if status[path: "state", "waiting", "reason"]?.string == "CrashLoopBackOff" {
      isReleased = true
      self.ending = lastEnding
      stage = .backingOff(until: now + .seconds(10), seconds: 10)
    }
  }
}
