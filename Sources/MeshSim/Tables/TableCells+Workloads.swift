import KubeModel
import Seams

extension TableCells {
  static let workloads: [String: Cells] = [
    "autoscaling/Scale": { row in
      [row.name, .int(row.number("spec", "replicas")), .int(row.number("status", "replicas")), row.age]
    },
    "/ReplicationController": { row in
      [
        row.name, .int(row.number("spec", "replicas")), .int(row.number("status", "replicas")),
        .int(row.number("status", "readyReplicas")), row.age,
      ] + row.containers("spec", "template", "spec", "containers") + [row.labels("spec", "selector")]
    },
    "apps/ReplicaSet": { row in
      [
        row.name, .int(row.number("spec", "replicas")), .int(row.number("status", "replicas")),
        .int(row.number("status", "readyReplicas")), row.age,
      ] + row.containers("spec", "template", "spec", "containers") + [row.selector("spec", "selector")]
    },
    "apps/Deployment": { row in
      [
        row.name, .string("\(row.number("status", "readyReplicas"))/\(row.number("spec", "replicas"))"),
        .int(row.number("status", "updatedReplicas")), .int(row.number("status", "availableReplicas")),
        row.age,
      ] + row.containers("spec", "template", "spec", "containers")
        + [.string(CellText.selector(row.value("spec", "selector")))]
    },
    "apps/StatefulSet": { row in
      [
        row.name, .string("\(row.number("status", "readyReplicas"))/\(row.number("spec", "replicas"))"),
        row.age,
      ] + row.containers("spec", "template", "spec", "containers")
    },
    "apps/DaemonSet": { row in
      let counts = [
        "desiredNumberScheduled", "currentNumberScheduled", "numberReady", "updatedNumberScheduled",
        "numberAvailable",
      ]
      return [row.name] + counts.map { .int(row.number("status", $0)) }
        + [row.labels("spec", "template", "spec", "nodeSelector"), row.age]
        + row.containers("spec", "template", "spec", "containers") + [row.selector("spec", "selector")]
    },
    "apps/ControllerRevision": { row in
      var controller = "<none>"
      if let owner = row.object.controllerReference {
        let version = (owner["apiVersion"]?.string ?? "").split(separator: "/")
        let group = version.count > 1 ? "." + version[0] : ""
        controller = "\((owner["kind"]?.string ?? "").lowercased())\(group)/\(owner["name"]?.string ?? "")"
      }
      return [row.name, .string(controller), .int(row.number("revision")), row.age]
    },
    "/PodTemplate": { row in
      [row.name] + row.containers("template", "spec", "containers")
        + [row.labels("template", "metadata", "labels")]
    },
    "batch/Job": { row in
      [
        row.name, .string(jobStatus(row.object)), .string(jobCompletions(row)), .string(jobDuration(row)),
        row.age,
      ]
        + row.containers("spec", "template", "spec", "containers") + [row.selector("spec", "selector")]
    },
    "batch/CronJob": { row in
      let last = row.value("status", "lastScheduleTime").map { HumanDuration.since($0, now: row.now) }
      let suspended = row.value("spec", "suspend")?.bool.map { $0 ? "True" : "False" }
      let template = ["spec", "jobTemplate", "spec"]
      return [
        row.name, row.text("spec", "schedule"), row.text("spec", "timeZone", or: "<none>"),
        .string(suspended ?? "<unset>"), row.count("status", "active"), .string(last ?? "<none>"), row.age,
      ] + row.containers("spec", "jobTemplate", "spec", "template", "spec", "containers")
        + [row.selector(template[0], template[1], template[2], "selector")]
    },
    "autoscaling/HorizontalPodAutoscaler": { row in
      let target = row.value("spec", "scaleTargetRef")
      let reference = "\(target?["kind"]?.string ?? "")/\(target?["name"]?.string ?? "")"
      return [
        row.name, .string(reference), .string(AutoscalerTargets.text(of: row.object)),
        .string(CellText.intOrString(row.value("spec", "minReplicas"), or: "<unset>")),
        .int(row.number("spec", "maxReplicas")), .int(row.number("status", "currentReplicas")), row.age,
      ]
    },
    "policy/PodDisruptionBudget": { row in
      [
        row.name, .string(CellText.intOrString(row.value("spec", "minAvailable"), or: "N/A")),
        .string(CellText.intOrString(row.value("spec", "maxUnavailable"), or: "N/A")),
        .int(row.number("status", "disruptionsAllowed")), row.age,
      ]
    },
  ]

  private static func jobStatus(_ job: KubeObject) -> String {
    func holds(_ type: String) -> Bool { job.condition(type)?["status"]?.string == "True" }
    if holds("Complete") { return "Complete" }
    if holds("Failed") { return "Failed" }
    if job.deletionTimestamp != nil { return "Terminating" }
    if holds("Suspended") { return "Suspended" }
    return ["FailureTarget", "SuccessCriteriaMet"].first(where: holds) ?? "Running"
  }

  private static func jobCompletions(_ row: CellSource) -> String {
    let done = row.number("status", "succeeded")
    if let wanted = row.value("spec", "completions")?.int { return "\(done)/\(wanted)" }
    let parallel = row.number("spec", "parallelism")
    return parallel > 1 ? "\(done)/1 of \(parallel)" : "\(done)/1"
  }

  private static func jobDuration(_ row: CellSource) -> String {
    func time(_ field: String) -> Timestamp? {
      row.value("status", field)?.string.flatMap { Timestamp(rfc3339: $0) }
    }
    guard let start = time("startTime") else { return "" }
    let end = time("completionTime") ?? row.now
    return HumanDuration.text(end - start)
  }
}
