public import KubeModel
import Seams

/// The checkpoint as its ConfigMap keeps it.
extension RolloutCheckpoint {
  static let formatVersion: Int64 = 1

  var json: JSONValue {
    var json: JSONObject = [
      "format": .int(RolloutCheckpoint.formatVersion), "plan": plan.json, "phase": .string(phase.name),
      "since": .string(since.rfc3339Micro), "reason": .string(reason), "epoch": .int(epoch),
      "verdicts": .array(verdicts.map(\.json)), "steps": .array(steps.map(\.json)),
      "history": .array(
        history.map {
          ["time": .string($0.time.rfc3339Micro), "step": .string($0.step), "message": .string($0.message)]
        }),
    ]
    json["step"] = phase.step.map { .int(Int64($0)) }
    json["outcome"] = outcome.map { .string($0.rawValue) }
    json["request"] = request.map { .string($0.rawValue) }
    return .object(json)
  }

  init?(json: JSONValue) {
    guard json["format"]?.int == RolloutCheckpoint.formatVersion,
      let plan = json["plan"].flatMap(RolloutPlan.init(json:)), let epoch = json["epoch"]?.int,
      let phase = json["phase"]?.string.flatMap({
        Phase(name: $0, step: json["step"]?.int(in: 0...Int64(plan.steps.count - 1)))
      }),
      let since = json["since"]?.string.flatMap(Timestamp.init(rfc3339:))
    else { return nil }
    self.init(plan: plan, epoch: epoch)
    self.phase = phase
    self.since = since
    outcome = json["outcome"]?.string.flatMap(Outcome.init(rawValue:))
    reason = json["reason"]?.string ?? ""
    request = json["request"]?.string.flatMap(Request.init(rawValue:))
    verdicts = (json["verdicts"]?.array ?? []).compactMap(Verdict.init(json:))
    steps = (json["steps"]?.array ?? []).compactMap(StepRecord.init(json:))
    history = (json["history"]?.array ?? []).compactMap { entry in
      guard let time = entry["time"]?.string.flatMap(Timestamp.init(rfc3339:)) else { return nil }
      return Entry(time: time, step: entry["step"]?.string ?? "", message: entry["message"]?.string ?? "")
    }
  }
}

extension RolloutCheckpoint.Phase {
  var name: String {
    switch self {
    case .preparing: "preparing"
    case .shifting: "shifting"
    case .judging: "judging"
    case .holding: "holding"
    case .promoting: "promoting"
    case .verifying: "verifying"
    case .returning: "returning"
    case .aborting: "aborting"
    case .cleaning: "cleaning"
    case .ended: "ended"
    }
  }

  /// The index of the weight step, where there is one.
  public var step: Int? {
    switch self {
    case .shifting(let step), .judging(let step): step
    default: nil
    }
  }

  init?(name: String, step: Int?) {
    switch (name, step) {
    case ("preparing", _): self = .preparing
    case ("shifting", let step?): self = .shifting(step: step)
    case ("judging", let step?): self = .judging(step: step)
    case ("holding", _): self = .holding
    case ("promoting", _): self = .promoting
    case ("verifying", _): self = .verifying
    case ("returning", _): self = .returning
    case ("aborting", _): self = .aborting
    case ("cleaning", _): self = .cleaning
    case ("ended", _): self = .ended
    default: return nil
    }
  }
}

extension Verdict {
  /// The judgement for reports: rates in percent, latencies and windows in seconds.
  public var json: JSONValue {
    var json: JSONObject = [
      "step": .string(step), "result": .string(result.rawValue), "reason": .string(reason),
      "time": .string(time.rfc3339Micro), "windowSeconds": .seconds(window),
    ]
    json["subject"] = subject?.json
    json["baseline"] = baseline?.json
    return .object(json)
  }

  init?(json: JSONValue) {
    guard let result = json["result"]?.string.flatMap(Result.init(rawValue:)),
      let time = json["time"]?.string.flatMap(Timestamp.init(rfc3339:))
    else { return nil }
    self.init(
      step: json["step"]?.string ?? "", result: result, reason: json["reason"]?.string ?? "", time: time,
      window: json["windowSeconds"]?.duration ?? .zero,
      subject: json["subject"].flatMap(Numbers.init(json:)),
      baseline: json["baseline"].flatMap(Numbers.init(json:)))
  }
}

extension Verdict.Numbers {
  var json: JSONValue {
    var json: JSONObject = ["requests": .int(Int64(requests))]
    json["successRate"] = successRate.map(JSONValue.double)
    json["p99Seconds"] = p99.map(JSONValue.double)
    return .object(json)
  }

  init?(json: JSONValue) {
    guard let requests = json["requests"]?.int else { return nil }
    self.init(
      requests: Int(requests), successRate: json["successRate"]?.number, p99: json["p99Seconds"]?.number)
  }
}

extension StepRecord {
  /// The step for reports; durations in seconds.
  public var json: JSONValue {
    var json: JSONObject = [
      "name": .string(name), "state": .string(state.rawValue), "startedAt": .string(startedAt.rfc3339Micro),
    ]
    json["durationSeconds"] = duration.map(JSONValue.seconds)
    return .object(json)
  }

  init?(json: JSONValue) {
    guard let name = json["name"]?.string, let state = json["state"]?.string.flatMap(State.init(rawValue:)),
      let start = json["startedAt"]?.string.flatMap(Timestamp.init(rfc3339:))
    else { return nil }
    self.init(
      name: name, state: state, startedAt: start, duration: json["durationSeconds"]?.duration)
  }
}
