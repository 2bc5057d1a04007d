import KubeModel
import MeshTopology
import Seams

/// The plan as a checkpoint keeps it. Durations are seconds, times RFC 3339.
extension RolloutPlan {
  /// More runs or pods than there will ever be: what says more is damaged.
  static let countLimit: Int64 = 1_000_000

  var json: JSONValue {
    var json: JSONObject = [
      "namespace": .string(workload.namespace), "workload": .string(workload.name), "run": .int(Int64(run)),
      "commit": .string(commit), "stable": stable.json, "candidate": candidate.json,
      "steps": .array(steps.map { .int(Int64($0.percent)) }), "holds": .bool(holds),
      "bakeSeconds": .seconds(bake), "readyDeadlineSeconds": .seconds(readyDeadline),
      "judge": judge.json, "capacity": .int(Int64(capacity)),
      "routes": [
        "resting": routes.resting, "running": routes.running, "canarySubset": .string(routes.canarySubset),
      ],
      "startedBy": .string(startedBy), "startedAt": .string(startedAt.rfc3339Micro),
    ]
    json["autoscalerMinimum"] = autoscalerMinimum.map { .int(Int64($0)) }
    return .object(json)
  }

  init?(json: JSONValue) {
    guard let namespace = json["namespace"]?.string, let name = json["workload"]?.string,
      let run = json["run"]?.int(in: 0...RolloutPlan.countLimit), let commit = json["commit"]?.string,
      let stable = json["stable"].flatMap(Release.init(json:)),
      let candidate = json["candidate"].flatMap(Release.init(json:)),
      let percents = json["steps"]?.array?.map({ $0.int(in: 0...100) ?? -1 }),
      let steps = try? RolloutRequest.steps(percents, option: "steps"),
      let holds = json["holds"]?.bool, let bake = json["bakeSeconds"]?.duration, bake >= .zero,
      let deadline = json["readyDeadlineSeconds"]?.duration, deadline >= .zero,
      let judge = json["judge"].flatMap(JudgePolicy.init(json:)),
      let capacity = json["capacity"]?.int(in: 1...RolloutPlan.countLimit),
      let resting = json[path: "routes", "resting"],
      let running = json[path: "routes", "running"],
      let subset = json[path: "routes", "canarySubset"]?.string, let startedBy = json["startedBy"]?.string,
      let startedAt = json["startedAt"]?.string.flatMap(Timestamp.init(rfc3339:))
    else { return nil }
    self.init(
      workload: WorkloadReference(namespace: namespace, name: name), run: run, commit: commit,
      stable: stable, candidate: candidate, steps: steps, holds: holds, bake: bake,
      readyDeadline: deadline, judge: judge, capacity: capacity,
      autoscalerMinimum: json["autoscalerMinimum"]?.int(in: 0...RolloutPlan.countLimit),
      routes: Routes(resting: resting, running: running, canarySubset: subset), startedBy: startedBy,
      startedAt: startedAt)
  }
}

extension RolloutPlan.Release {
  var json: JSONValue { ["image": .string(image), "template": template] }

  init?(json: JSONValue) {
    guard let image = json["image"]?.string, let template = json["template"] else { return nil }
    self.init(image: image, template: template)
  }
}

extension JudgePolicy {
  var json: JSONValue {
    [
      "minimumRequests": .int(Int64(minimumRequests)), "patienceSeconds": .seconds(patience),
      "minimumSuccessRate": .double(successRate.minimum.value),
      "maximumDrop": .double(successRate.maximumDrop.value),
      "maximumLatencySeconds": .seconds(latency.maximum),
      "maximumLatencyRatio": .double(latency.maximumRatio),
    ]
  }

  init?(json: JSONValue) {
    guard let requests = json["minimumRequests"]?.int(in: 0...Int64(Int32.max)),
      let patience = json["patienceSeconds"]?.duration, patience >= .zero,
      let minimum = json["minimumSuccessRate"]?.number.flatMap(Percent.init(value:)),
      let drop = json["maximumDrop"]?.number.flatMap(Percent.init(value:)),
      let maximum = json["maximumLatencySeconds"]?.duration, let ratio = json["maximumLatencyRatio"]?.number
    else { return nil }
    self.init()
    minimumRequests = requests
    self.patience = patience
    successRate.minimum = minimum
    successRate.maximumDrop = drop
    latency.maximum = maximum
    latency.maximumRatio = ratio
  }
}
