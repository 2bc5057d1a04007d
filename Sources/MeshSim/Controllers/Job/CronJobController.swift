import KubeModel
import Seams

/// Makes a Job each time that a CronJob's schedule says.
enum CronJobController {
  private static let source = "cronjob-controller"
  static let scheduledAnnotation = "batch.kubernetes.io/cronjob-scheduled-timestamp"

  static func reconcile(_ key: ObjectKey, in state: inout ClusterState) {
    guard var cron = state.store.get(.cronJob, key), cron.deletionTimestamp == nil else { return }
    let before = cron
    let jobs = state.store.dependants(of: cron.uid, kind: .job).filter { $0.isControlled(by: cron) }
    noteFinished(jobs, &cron, in: &state)
    prune(jobs, cron, in: &state)
    defer {
      if cron.fields["status"] != before.fields["status"] {
        state.revise(cron, kind: .cronJob, manager: ControllerName.manager, subresource: "status")
      }
    }
    guard cron[path: "spec", "suspend"]?.bool != true else { return }
    let zone = cron[path: "spec", "timeZone"]?.string
    guard let schedule = CronCalendar(cron[path: "spec", "schedule"]?.string ?? "", zone: zone) else {
      return state.note(
        cron, .warning, zone == nil ? "UnparseableSchedule" : "UnknownTimeZone",
        zone == nil
          ? "unparseable schedule: \(cron[path: "spec", "schedule"]?.jsonText() ?? "")"
          : "invalid timeZone: \"\(zone ?? "")\": unknown time zone \(zone ?? "")", by: source)
    }
    if let due = due(cron, schedule, in: &state) { start(&cron, at: due, in: &state) }
    if let next = schedule.next(after: state.now) {
      state.schedule(.cronJob(key), at: next + .milliseconds(100))
    }
  }

  /// The newest time that has passed without a Job, unless it is too long ago.
  private static func due(_ cron: KubeObject, _ schedule: CronCalendar, in state: inout ClusterState)
    -> Timestamp?
  {
    var from =
      cron[path: "status", "lastScheduleTime"]?.string.flatMap(Timestamp.init(rfc3339:)) ?? cron.created
      ?? state.now
    let deadline = cron[path: "spec", "startingDeadlineSeconds"]?.int
    if let deadline { from = max(from, state.now - .seconds(deadline)) }
    var due: Timestamp?
    var missed = 0
    while let next = schedule.next(after: due ?? from), next <= state.now {
      due = next
      missed += 1
      if missed > 100 {
        state.note(
          cron, .warning, "TooManyMissedTimes",
          "too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew",
          by: source)
        let recent = state.now - .seconds(3_600)
        due = schedule.next(after: recent).flatMap { $0 <= state.now ? $0 : nil } ?? due
        while let next = due.flatMap(schedule.next(after:)), next <= state.now { due = next }
        return due
      }
    }
    return due
  }

  private static func start(_ cron: inout KubeObject, at time: Timestamp, in state: inout ClusterState) {
    let active = cron[path: "status", "active"]?.array ?? []
    switch cron[path: "spec", "concurrencyPolicy"]?.string {
    case "Forbid" where !active.isEmpty:
      return state.note(
        cron, .normal, "JobAlreadyActive",
        "Not starting job because prior execution is running and concurrency policy is Forbid", by: source)
    case "Replace":
      for job in active {
        guard let name = job["name"]?.string else { continue }
        state.beginDeletion(.job, ObjectKey(namespace: cron.namespace ?? "", name: name))
        state.note(cron, .normal, "SuccessfulDelete", "Deleted job \(name)", by: source)
      }
      cron.set("status", "active", to: nil)
    default: break
    }
    let job = job(of: cron, at: time)
    do throws(StatusError) {
      let made = try state.submit(
        job, kind: .job, manager: ControllerName.manager, user: ControllerName.user(source))
      state.note(cron, .normal, "SuccessfulCreate", "Created job \(made.name)", by: source)
      let reference: JSONValue = [
        "apiVersion": "batch/v1", "kind": "Job", "name": .string(made.name),
        "namespace": .string(made.namespace ?? ""),
        "uid": .string(made.uid), "resourceVersion": .string(made.resourceVersion),
      ]
      cron.set("status", "active", to: .array((cron[path: "status", "active"]?.array ?? []) + [reference]))
    } catch let error {
      if error.reason != "AlreadyExists" {
        state.note(cron, .warning, "FailedCreate", "Error creating job: \(error.message)", by: source)
        return
      }
    }
    cron.set("status", "lastScheduleTime", to: .string(time.rfc3339))
  }

  static func job(of cron: KubeObject, at time: Timestamp) -> KubeObject {
    let template = cron[path: "spec", "jobTemplate"] ?? .null
    var job = KubeObject(kind: .job, namespace: cron.namespace, name: "\(cron.name)-\(time.wholeSecond / 60)")
    if let labels = template[path: "metadata", "labels"] { job.set("metadata", "labels", to: labels) }
    var annotations = template[path: "metadata", "annotations"]?.stringMap ?? [:]
    annotations[scheduledAnnotation] = time.rfc3339
    job.annotations = annotations
    job.setOwnerReferences([OwnerReference.controller(cron)])
    job.fields["spec"] = template["spec"]
    return job
  }

  private static func noteFinished(
    _ jobs: [KubeObject], _ cron: inout KubeObject, in state: inout ClusterState
  ) {
    var active = cron[path: "status", "active"]?.array ?? []
    let present = Set(jobs.map(\.uid))
    active.removeAll { !present.contains($0["uid"]?.string ?? "") }
    for job in jobs {
      guard let ending = job.jobEnding else { continue }
      if let index = active.firstIndex(where: { $0["uid"]?.string == job.uid }) {
        active.remove(at: index)
        state.note(
          cron, .normal, "SawCompletedJob", "Saw completed job: \(job.name), condition: \(ending)", by: source
        )
      }
      if ending == "Complete", let time = job[path: "status", "completionTime"]?.string,
        time > cron[path: "status", "lastSuccessfulTime"]?.string ?? ""
      {
        cron.set("status", "lastSuccessfulTime", to: .string(time))
      }
    }
    cron.set("status", "active", to: active.isEmpty ? nil : .array(active))
  }

  /// Deletes the oldest Jobs beyond the limits.
  private static func prune(_ jobs: [KubeObject], _ cron: KubeObject, in state: inout ClusterState) {
    for (ending, field, usual) in [
      ("Complete", "successfulJobsHistoryLimit", Int64(3)), ("Failed", "failedJobsHistoryLimit", 1),
    ] {
      let finished = jobs.filter { $0.jobEnding == ending && $0.deletionTimestamp == nil }
        .sorted {
          ($0[path: "status", "startTime"]?.string ?? "", $0.name) < (
            $1[path: "status", "startTime"]?.string ?? "", $1.name
          )
        }
      let limit = Int(cron[path: "spec", field]?.int ?? usual)
      for job in finished.prefix(max(0, finished.count - limit)) {
        state.beginDeletion(.job, job.key)
        state.note(cron, .normal, "SuccessfulDelete", "Deleted job \(job.name)", by: source)
      }
    }
  }
}
