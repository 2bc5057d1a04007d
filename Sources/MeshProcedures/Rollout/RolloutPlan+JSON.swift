import KubeModel
import MeshTopology
import Seams

/// The plan as a checkpoint keeps it. Durations are seconds, times RFC 3339.
extension RolloutPlan {
  var json: JSONValue {
    var json: JSONObject = [
      "namespace": .string(workload.namespace), "workload": .string(workload.name), "run": .int(Int64(run)),
      "commit": .string(commit), "stable": stable.json, "candidate": candidate.json,
      "steps": .array(steps.map { .int(Int64($0.percent)) }), "holds": .bool(holds),
      "bakeSeconds": .double(bake.inSeconds), "readyDeadlineSeconds": .double(readyDeadline.inSeconds),
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
      let run = json["run"]?.int, let commit = json["commit"]?.string,
      let stable = json["stable"].flatMap(Release.init(json:)),
      let candidate = json["candidate"].flatMap(Release.init(json:)),
      let steps = json["steps"]?.array?.compactMap({ $0.int.flatMap { Weight(Int($0)) } }), !steps.isEmpty,
      let holds = json["holds"]?.bool, let bake = json["bakeSeconds"]?.number,
      let deadline = json["readyDeadlineSeconds"]?.number,
      let judge = json["judge"].flatMap(JudgePolicy.init(json:)),
      let capacity = json["capacity"]?.int, let resting = json[path: "routes", "resting"],
      let running = json[path: "routes", "running"],
      let subset = json[path: "routes", "canarySubset"]?.string, let startedBy = json["startedBy"]?.string,
      let startedAt = json["startedAt"]?.string.flatMap(Timestamp.init(rfc3339:))
    else { return nil }
    self.init(
      workload: WorkloadReference(namespace: namespace, name: name), run: Int(run), commit: commit,
      stable: stable, candidate: candidate, steps: steps, holds: holds, bake: .seconds(bake),
      readyDeadline: .seconds(deadline), judge: judge, capacity: Int(capacity),
      autoscalerMinimum: json["autoscalerMinimum"]?.int.map(Int.init),
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
      "minimumRequests": .int(Int64(minimumRequests)), "patienceSeconds": .double(patience.inSeconds),
      "minimumSuccessRate": .double(successRate.minimum.value),
      "maximumDrop": .double(successRate.maximumDrop.value),
      "maximumLatencySeconds": .double(latency.maximum.inSeconds),
      "maximumLatencyRatio": .double(latency.maximumRatio),
    ]
  }

  init?(json: JSONValue) {
    guard let requests = json["minimumRequests"]?.int, let patience = json["patienceSeconds"]?.number,
      let minimum = json["minimumSuccessRate"]?.number.flatMap(Percent.init(_:)),
      let drop = json["maximumDrop"]?.number.flatMap(Percent.init(_:)),
      let maximum = json["maximumLatencySeconds"]?.number, let ratio = json["maximumLatencyRatio"]?.number
    else { return nil }
    self.init()
    minimumRequests = Int(requests)
    self.patience = .seconds(patience)
    successRate.minimum = minimum
    successRate.maximumDrop = drop
    latency.maximum = .seconds(maximum)
    latency.maximumRatio = ratio
  }
}
