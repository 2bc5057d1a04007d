import KubeModel
import MeshTopology
import Seams

@testable import MeshProcedures

/// A rollout of 4 stable pods by 20 % and 50 %, watched for 60 s each.
enum SampleRollout {
  static let start = Timestamp(seconds: 1_767_225_600)

  static let plan = RolloutPlan(
    workload: WorkloadReference(namespace: "production", name: "user-service"), run: 1,
    commit: String(repeating: "a", count: 40),
    stable: RolloutPlan.Release(image: "registry.example/user-service:1.0.0", template: template("1.0.0")),
    candidate: RolloutPlan.Release(image: "registry.example/user-service:2.0.0", template: template("2.0.0")),
    steps: weights(20, 50), holds: false, bake: .seconds(60), readyDeadline: .seconds(300),
    judge: JudgePolicy(), capacity: 4, autoscalerMinimum: 2,
    routes: RolloutPlan.Routes(resting: route(0), running: route(20), canarySubset: "canary"),
    startedBy: "ci-1", startedAt: start)

  static func weights(_ percents: Int...) -> [Weight] { percents.compactMap { Weight(percent: $0) } }

  static func template(_ version: String) -> JSONValue {
    ReleaseMark.marking([
      "metadata": ["labels": ["app": "user-service", "track": "stable"]],
      "spec": [
        "containers": [
          ["name": "user-service", "image": .string("registry.example/user-service:\(version)")]
        ]
      ],
    ])
  }

  static func route(_ canary: Int64) -> JSONValue {
    func share(_ subset: String, _ weight: Int64) -> JSONValue {
      ["destination": ["host": "user-service", "subset": .string(subset)], "weight": .int(weight)]
    }
    return [["route": [share("stable", 100 - canary), share("canary", canary)]]]
  }

  /// Where the rollout stands, since `start`.
  static func checkpoint(_ phase: RolloutCheckpoint.Phase) -> RolloutCheckpoint {
    var checkpoint = RolloutCheckpoint(plan: plan, epoch: 1)
    checkpoint.enter(phase, at: start)
    return checkpoint
  }

  static func fleet(
    _ release: RolloutObservation.Fleet.Release, ready: Int, of desired: Int
  ) -> RolloutObservation.Fleet {
    RolloutObservation.Fleet(
      uid: "\(release)", resourceVersion: "7", desired: desired, ready: ready, isComplete: ready == desired,
      release: release)
  }

  /// Requests of which `failures` failed, all of them between 50 and 100 ms.
  static func requests(_ count: Int, failures: Int = 0) -> RequestSample {
    RequestSample(
      requests: count, failures: failures,
      buckets: [
        .init(bound: 0.05, count: 0), .init(bound: 0.1, count: count), .init(bound: .infinity, count: 0),
      ])
  }
}

extension RolloutObservation {
  /// Four stable pods, no canary, the autoscaler's minimum raised.
  static let resting = RolloutObservation(
    stable: SampleRollout.fleet(.stable, ready: 4, of: 4), canary: nil,
    route: Route(resourceVersion: "7", canary: .zero), autoscalerMinimum: 4)

  /// A canary with a share, and all the pods it needs.
  static func running(_ percent: Int) -> RolloutObservation {
    resting.with {
      $0.canary = SampleRollout.fleet(.candidate, ready: 2, of: 2)
      $0.route?.canary = Weight(percent: percent)
    }
  }

  /// As in `running`, with the new release as stable.
  static func promoted(_ percent: Int) -> RolloutObservation {
    running(percent).with { $0.stable = SampleRollout.fleet(.candidate, ready: 4, of: 4) }
  }

  func with(_ change: (inout RolloutObservation) -> Void) -> RolloutObservation {
    var changed = self
    change(&changed)
    return changed
  }
}

extension RolloutDecision {
  /// The decision in words, for tables.
  var gist: String {
    switch self {
    case .record(let next) where next.phase == .aborting: "roll back: \(next.reason)"
    case .record(let next):
      next.phase.step.map { "enter \(next.phase.name) of step \($0)" } ?? "enter \(next.phase.name)"
    case .act(.applyCanary(let replicas)): "make the canary with \(replicas) pods"
    case .act(.setWeight(let weight)): "give the canary \(weight)"
    case .act(.setAutoscalerMinimum(let minimum)): "keep at least \(minimum) stable pods"
    case .act(.promoteTemplate): "promote"
    case .act(.restoreTemplate): "restore"
    case .act(.deleteCanary): "remove the canary"
    case .wait(_, let reason): "wait: \(reason)"
    case .needsPerson(let reason): "ask: \(reason)"
    case .finished: "finished"
    }
  }
}
