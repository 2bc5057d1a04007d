public import KubeModel
import MeshTopology
import Seams

/// How a rollout, or this process' part of it, ended.
public struct RolloutReport: Hashable, Sendable {
  /// How it ended.
  public enum Ending: Hashable, Sendable {
    /// The rollout is over.
    case ended(RolloutCheckpoint.Outcome)
    /// A person has to say how to go on.
    case needsPerson(reason: String)
  }

  /// How it ended.
  public let ending: Ending
  /// Where the rollout stands.
  public let checkpoint: RolloutCheckpoint

  /// Creates a report.
  public init(ending: Ending, checkpoint: RolloutCheckpoint) {
    self.ending = ending
    self.checkpoint = checkpoint
  }

  /// `promoted`, `rolledBack` or `waiting`.
  public var outcome: String {
    switch ending {
    case .ended(let outcome): outcome.rawValue
    case .needsPerson: "waiting"
    }
  }

  /// The report for machines; durations in seconds, times RFC 3339.
  public var json: JSONValue {
    var json = checkpoint.summary
    json["outcome"] = .string(outcome)
    if case .needsPerson(let reason) = ending { json["reason"] = .string(reason) }
    return .object(json)
  }
}

extension RolloutCheckpoint {
  /// The rollout for machines, without its templates.
  public var summary: JSONObject {
    var json: JSONObject = [
      "procedure": "rollout", "name": .string(plan.workload.name),
      "namespace": .string(plan.workload.namespace),
      "run": .int(Int64(plan.run)), "commit": .string(plan.commit), "phase": .string(phase.name),
      "outcome": .string(phase == .ended ? outcome?.rawValue ?? "" : "running"), "reason": .string(reason),
      "from": .string(plan.stable.image), "to": .string(plan.candidate.image),
      "startedAt": .string(plan.startedAt.rfc3339), "startedBy": .string(plan.startedBy),
      "steps": .array(steps.map(\.json)), "verdicts": .array(verdicts.map(\.json)),
      "history": .array(
        history.map {
          ["time": .string($0.time.rfc3339), "step": .string($0.step), "message": .string($0.message)]
        }),
    ]
    if phase == .ended { json["durationSeconds"] = .seconds(since - plan.startedAt) }
    return json
  }
}

extension RolloutPlan {
  /// The plan for machines, without its templates.
  public var summary: JSONObject {
    [
      "procedure": "rollout", "name": .string(workload.name), "namespace": .string(workload.namespace),
      "commit": .string(commit), "from": .string(stable.image), "to": .string(candidate.image),
      "weights": .array(steps.map { .int(Int64($0.percent)) }), "holds": .bool(holds),
      "bakeSeconds": .seconds(bake), "capacity": .int(Int64(capacity)), "judge": judge.json,
      "shortestSeconds": .seconds(shortestDuration),
      "writes": .array(writes.map { .string($0) }),
    ]
  }

  /// Every object that the rollout may write; it writes no other.
  public var writes: [String] {
    let place = workload.namespace
    var objects = [
      "Deployment \(place)/\(canaryName)", "Deployment \(place)/\(workload.name)",
      "VirtualService \(place)/\(workload.name)",
    ]
    if autoscalerMinimum != nil { objects.append("HorizontalPodAutoscaler \(place)/\(workload.name)") }
    return objects + [
      "ConfigMap \(place)/rollout-\(workload.name)-RUN", "Lease \(place)/rollout-\(workload.name)",
    ]
  }
}
