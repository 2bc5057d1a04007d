import KubeModel
import Seams

/// What the Job controller reports.
enum JobReport {
  private static let source = "job-controller"

  static func write(_ plan: JobPlan, in state: inout ClusterState) {
    guard var job = state.store.get(.job, plan.job.key), job.uid == plan.job.uid else { return }
    let before = job
    let pods = state.store.dependants(of: job.uid, kind: .pod).filter { $0.isControlled(by: job) }
    let now = state.now
    let active = pods.filter(\.isActivePod)
    let terminating = pods.count(where: \.isTerminatingPod)
    noteSuspension(&job, now: now)
    var status = job.fields["status"]?.object ?? JSONObject()
    func set(_ field: String, _ count: Int) { status[field] = count > 0 ? .int(Int64(count)) : nil }
    set("active", active.count)
    set("succeeded", plan.succeeded)
    set("failed", plan.failed)
    status["ready"] = .int(Int64(active.count(where: \.isReadyPod)))
    status["terminating"] = .int(Int64(terminating))
    status["uncountedTerminatedPods"] = [:]
    let isIndexed = job.isIndexedJob
    status["completedIndexes"] =
      isIndexed && !plan.completedIndexes.members.isEmpty ? .string(plan.completedIndexes.text) : nil
    if job[path: "spec", "backoffLimitPerIndex"] != nil {
      status["failedIndexes"] = .string(plan.failedIndexes.text)
    }
    job.fields["status"] = .object(status)
    if let ending = plan.ending { note(ending, &job, isQuiet: active.isEmpty && terminating == 0, now: now) }
    guard job != before else { return }
    state.revise(job, kind: .job, manager: ControllerName.manager, subresource: "status")
    tell(from: before, to: job, in: &state)
  }

  private static func noteSuspension(_ job: inout KubeObject, now: Timestamp) {
    let isNoted = job.condition("Suspended")?["status"]?.string
    if job.isSuspended {
      if isNoted != "True" {
        setCondition(&job, "Suspended", "True", "JobSuspended", "Job suspended", now: now)
      }
      job.set("status", "startTime", to: nil)
      return
    }
    if isNoted == "True" { setCondition(&job, "Suspended", "False", "JobResumed", "Job resumed", now: now) }
    if job[path: "status", "startTime"] == nil { job.set("status", "startTime", to: .string(now.rfc3339)) }
  }

  /// An ending is announced first; it holds once no pod runs any more.
  private static func note(_ ending: JobPlan.Ending, _ job: inout KubeObject, isQuiet: Bool, now: Timestamp) {
    switch ending {
    case .success(let reason, let message):
      if job.condition("SuccessCriteriaMet") == nil {
        setCondition(&job, "SuccessCriteriaMet", "True", reason, message, now: now)
      }
      guard isQuiet else { return }
      setCondition(&job, "Complete", "True", reason, message, now: now)
      job.set("status", "completionTime", to: .string(now.rfc3339))
    case .failure(let reason, let message):
      if job.condition("FailureTarget") == nil {
        setCondition(&job, "FailureTarget", "True", reason, message, now: now)
      }
      guard isQuiet else { return }
      setCondition(&job, "Failed", "True", reason, message, now: now)
    }
  }

  private static func setCondition(
    _ job: inout KubeObject, _ type: String, _ status: String, _ reason: String, _ message: String,
    now: Timestamp
  ) {
    job.setCondition(
      type, status, reason: reason, message: message, now: now,
      extra: [("lastProbeTime", .string(now.rfc3339))])
  }

  private static func tell(from before: KubeObject, to after: KubeObject, in state: inout ClusterState) {
    let suspended = (
      before.condition("Suspended")?["status"]?.string, after.condition("Suspended")?["status"]?.string
    )
    if suspended.0 != suspended.1 {
      if suspended.1 == "True" { state.note(after, .normal, "Suspended", "Job suspended", by: source) }
      if suspended.1 == "False" { state.note(after, .normal, "Resumed", "Job resumed", by: source) }
    }
    guard before.jobEnding == nil, let ending = after.jobEnding else { return }
    if ending == "Complete" {
      state.note(after, .normal, "Completed", "Job completed", by: source)
    } else if let failed = after.condition("Failed") {
      state.note(
        after, .warning, failed["reason"]?.string ?? "", failed["message"]?.string ?? "", by: source)
    }
  }
}
