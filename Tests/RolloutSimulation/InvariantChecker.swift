import KubeModel
import MeshProcedures
import MeshSim
import MeshTopology
import Seams
import Synchronization

/// Looks at the true state of the cluster after every commit, from behind the API, and notes every
/// broken invariant. It shares no code with the rules it checks.
final class InvariantChecker: Sendable {
  private struct State {
    var violations: [String] = []
    var writes = 0
    var highestEpoch: Int64 = 0
    var lastReady: [String: Timestamp] = [:]
    var canStableCarryAll = Claim()
    var isCanaryUseless = Claim()
  }

  /// Something that is true at times.
  private struct Claim {
    var holds = true
    var lastHeld: Timestamp?

    mutating func note(_ isTrue: Bool, at time: Timestamp) {
      if holds { lastHeld = time }
      holds = isTrue
    }

    func held(since time: Timestamp) -> Bool { holds || lastHeld.map { $0 >= time } ?? false }
  }

  private let state = Mutex(State())
  /// The stable pods before the rollout.
  private let capacity: Int
  private let namespace = Reference.workload.namespace
  private let name = Reference.workload.name

  /// A decision may rest on an answer that is this old, and its write takes a moment.
  private static let tolerance = Duration.seconds(15)

  init(capacity: Int) { self.capacity = capacity }

  var violations: [String] { state.withLock { $0.violations } }
  var writes: Int { state.withLock { $0.writes } }

  func check(_ commit: Commit, _ view: ClusterView) {
    state.withLock { state in
      if commit.kind == .pod { noteReadiness(commit, &state) }
      if commit.kind == .pod || commit.kind == .deployment { noteCapacity(commit, view, &state) }
      guard let manager = commit.manager, manager == "meshctl-rollout" || manager == "meshctl" else { return }
      state.writes += 1
      checkEpoch(commit, &state)
      switch (commit.kind, commit.object.name) {
      case (.virtualService, name): checkRoute(commit, view, &state)
      case (.deployment, name): checkStable(commit, view, &state)
      case (.deployment, name + "-canary") where commit.change == .deleted:
        if let weight = canaryWeight(view), weight > 0 {
          violate(commit, "the canary was removed while it had \(weight) % of the traffic", &state)
        }
      default: break
      }
    }
  }

  /// A change of a pod ends the state it was in: if it was ready, it was so until now.
  private func noteReadiness(_ commit: Commit, _ state: inout State) {
    guard let before = commit.before, before.labels["app"] == name, let track = before.labels["track"],
      before.condition("Ready")?["status"]?.string == "True"
    else { return }
    state.lastReady[track] = commit.time
  }

  private func noteCapacity(_ commit: Commit, _ view: ClusterView, _ state: inout State) {
    let stable = view.object(.deployment, namespace: namespace, name: name)
    let desired = Int(stable?[path: "spec", "replicas"]?.int ?? 1)
    state.canStableCarryAll.note(readyPods("stable", view) >= min(capacity, desired), at: commit.time)
    state.isCanaryUseless.note(readyPods("canary", view) == 0, at: commit.time)
  }

  private func checkEpoch(_ commit: Commit, _ state: inout State) {
    guard commit.manager == "meshctl-rollout",
      let epoch = commit.object.annotations["meshctl.dev/epoch"].flatMap(Int64.init)
    else { return }
    if epoch < state.highestEpoch {
      violate(commit, "a runner of epoch \(epoch) wrote after one of epoch \(state.highestEpoch)", &state)
    }
    state.highestEpoch = max(state.highestEpoch, epoch)
  }

  private func checkRoute(_ commit: Commit, _ view: ClusterView, _ state: inout State) {
    let weights = destinations(of: commit.object)
    let sum = weights.reduce(0) { $0 + $1.weight }
    if sum != 100 { violate(commit, "the weights sum to \(sum)", &state) }
    for (subset, weight) in weights where weight > 0 {
      if readyPods(subset, view) > 0 { continue }
      if let last = state.lastReady[subset], view.now - last <= InvariantChecker.tolerance { continue }
      violate(commit, "\(weight) % of the traffic went to \(subset), which has no ready pods", &state)
    }
    let before = commit.before.map(destinations(of:))?.first { $0.subset == "canary" }?.weight ?? 0
    let now = weights.first { $0.subset == "canary" }?.weight ?? 0
    let recently = view.now - InvariantChecker.tolerance
    if before > 0, now == 0, !state.canStableCarryAll.held(since: recently),
      !state.isCanaryUseless.held(since: recently)
    {
      violate(commit, "all traffic went to \(readyPods("stable", view)) of \(capacity) stable pods", &state)
    }
    if before > 0, now == 0, runsCandidate(view), outcomeIsForward(view), !hasPassed("verify stable", view) {
      violate(commit, "all traffic went to a new release that was not verified as stable", &state)
    }
  }

  private func checkStable(_ commit: Commit, _ view: ClusterView, _ state: inout State) {
    let image = image(of: commit.object)
    guard image == Reference.candidateImage, let before = commit.before, self.image(of: before) != image
    else { return }
    if canaryWeight(view) ?? 0 == 0 { violate(commit, "promoted while the canary carried nothing", &state) }
    let last = checkpoint(view)?.verdicts.last
    if last?.result != .pass { violate(commit, "promoted without a passing judgement", &state) }
  }

  // MARK: Reading the true state

  private func readyPods(_ track: String, _ view: ClusterView) -> Int {
    view.readyPods(namespace: namespace, labels: ["app": name, "track": track])
  }

  private func destinations(of object: KubeObject) -> [(subset: String, weight: Int)] {
    let routes = object[path: "spec", "http"]?.array ?? []
    let route = routes.first { $0["match"] == nil }
    return (route?["route"]?.array ?? []).map { destination in
      (destination[path: "destination", "subset"]?.string ?? "", Int(destination["weight"]?.int ?? 0))
    }
  }

  private func canaryWeight(_ view: ClusterView) -> Int? {
    guard let route = view.object(.virtualService, namespace: namespace, name: name) else { return nil }
    return destinations(of: route).first { $0.subset == "canary" }?.weight
  }

  private func image(of deployment: KubeObject) -> String? {
    deployment[path: "spec", "template", "spec", "containers"]?.array?.first?["image"]?.string
  }

  private func runsCandidate(_ view: ClusterView) -> Bool {
    view.object(.deployment, namespace: namespace, name: name).flatMap(image(of:)) == Reference.candidateImage
  }

  private func checkpoint(_ view: ClusterView) -> Checkpoint? {
    let maps = view.objects(.configMap, namespace: namespace).filter {
      $0.labels["meshctl.dev/procedure"] == "rollout"
    }
    return maps.last.flatMap(Checkpoint.init)
  }

  private func outcomeIsForward(_ view: ClusterView) -> Bool { checkpoint(view)?.phase == "returning" }

  private func hasPassed(_ step: String, _ view: ClusterView) -> Bool {
    checkpoint(view)?.verdicts.contains { $0.step == step && $0.result == .pass } ?? false
  }

  private func violate(_ commit: Commit, _ message: String, _ state: inout State) {
    state.violations.append("\(commit.time.rfc3339) version \(commit.resourceVersion): \(message)")
  }

  /// What the stored checkpoint says, read without the product's own reader.
  private struct Checkpoint {
    let phase: String
    let verdicts: [(step: String, result: Verdict.Result)]

    init?(_ object: KubeObject) {
      guard let text = object[path: "data", "checkpoint.json"]?.string, let json = try? JSONValue(json: text),
        let phase = json["phase"]?.string
      else { return nil }
      self.phase = phase
      verdicts = (json["verdicts"]?.array ?? []).compactMap { verdict in
        guard let result = verdict["result"]?.string.flatMap(Verdict.Result.init(rawValue:)) else {
          return nil
        }
        return (verdict["step"]?.string ?? "", result)
      }
    }
  }
}
