import KubeModel
import Seams

/// How a Job stands, and what its controller does next.
struct JobPlan {
  enum Ending: Equatable {
    case success(reason: String, message: String)
    case failure(reason: String, message: String)
  }

  let job: KubeObject
  let now: Timestamp
  /// The pods that are neither over nor going.
  let active: [KubeObject]
  let terminating: [KubeObject]
  /// Pods that have ended and are counted with this turn.
  private(set) var newlySucceeded: [KubeObject] = []
  private(set) var newlyFailed: [KubeObject] = []
  private(set) var ignored: [KubeObject] = []
  private(set) var succeeded: Int
  private(set) var failed: Int
  private(set) var completedIndexes = JobIndexes()
  private(set) var failedIndexes = JobIndexes()
  private(set) var ending: Ending?
  private let pods: [KubeObject]

  static let finalizer = "batch.kubernetes.io/job-tracking"

  init(_ job: KubeObject, pods: [KubeObject], now: Timestamp) {
    self.job = job
    self.now = now
    self.pods = pods
    active = pods.filter(\.isActivePod)
    terminating = pods.filter(\.isTerminatingPod)
    succeeded = job.statusCount("succeeded")
    failed = job.statusCount("failed")
    completedIndexes = JobIndexes(job[path: "status", "completedIndexes"]?.string ?? "")
    failedIndexes = JobIndexes(job[path: "status", "failedIndexes"]?.string ?? "")
    count()
    ending = earlierEnding ?? decideEnding()
  }

  /// `metadata.finalizers` of a pod that is not counted yet.
  static func isTracked(_ pod: KubeObject) -> Bool {
    (pod[path: "metadata", "finalizers"]?.array ?? []).contains { $0.string == finalizer }
  }

  private mutating func count() {
    for pod in pods where JobPlan.isTracked(pod) {
      if pod.phase == "Succeeded" {
        newlySucceeded.append(pod)
        if job.isIndexedJob {
          guard let index = pod.completionIndex, index < job.completions ?? 0 else { continue }
          completedIndexes.members.insert(index)
        } else {
          succeeded += 1
        }
      } else if pod.phase == "Failed" || (pod.deletionTimestamp != nil && replacesTerminating) {
        switch job.isSuspended && pod.phase != "Failed" ? .ignored : PodFailurePolicy.verdict(pod, of: job) {
        case .ignored: ignored.append(pod)
        case .failsIndex:
          newlyFailed.append(pod)
          failed += 1
          if let index = pod.completionIndex { failedIndexes.members.insert(index) }
        case .failsJob(let message):
          newlyFailed.append(pod)
          failed += 1
          ending = .failure(reason: "PodFailurePolicy", message: message)
        case .counts:
          newlyFailed.append(pod)
          failed += 1
          countIndexFailure(pod)
        }
      }
    }
    if job.isIndexedJob { succeeded = completedIndexes.members.count }
  }

  private mutating func countIndexFailure(_ pod: KubeObject) {
    guard let limit = job[path: "spec", "backoffLimitPerIndex"]?.int, let index = pod.completionIndex else {
      return
    }
    let failures = pods.count {
      $0.completionIndex == index && ($0.phase == "Failed" || $0.deletionTimestamp != nil)
    }
    if failures > Int(limit) { failedIndexes.members.insert(index) }
  }

  private var replacesTerminating: Bool { job[path: "spec", "podReplacementPolicy"]?.string != "Failed" }
  private var parallelism: Int { Int(job[path: "spec", "parallelism"]?.int ?? 1) }

  /// An ending that was announced and waits for the last pods.
  private var earlierEnding: Ending? {
    if let ending { return ending }
    func texts(_ condition: JSONValue) -> (String, String) {
      (condition["reason"]?.string ?? "", condition["message"]?.string ?? "")
    }
    if let target = job.condition("FailureTarget"), target["status"]?.string == "True" {
      return .failure(reason: texts(target).0, message: texts(target).1)
    }
    if let met = job.condition("SuccessCriteriaMet"), met["status"]?.string == "True" {
      return .success(reason: texts(met).0, message: texts(met).1)
    }
    return nil
  }

  private func decideEnding() -> Ending? {
    if let rule = successRule {
      return .success(reason: "SuccessPolicy", message: "Matched rules at index \(rule)")
    }
    let limit = Int(job[path: "spec", "backoffLimit"]?.int ?? 6)
    let isPerIndex = job[path: "spec", "backoffLimitPerIndex"] != nil
    if !newlyFailed.isEmpty, failed > limit,
      !isPerIndex || job[path: "spec", "backoffLimit"]?.int != Int64(Int32.max)
    {
      return .failure(reason: "BackoffLimitExceeded", message: "Job has reached the specified backoff limit")
    }
    if job[path: "spec", "template", "spec", "restartPolicy"]?.string == "OnFailure" {
      let restarts = active.filter { $0.phase == "Running" || $0.phase == "Pending" }.reduce(0) {
        $0 + $1.restarts
      }
      if limit == 0 ? restarts > 0 : restarts >= Int64(limit) {
        return .failure(
          reason: "BackoffLimitExceeded", message: "Job has reached the specified backoff limit")
      }
    }
    if let deadline, now >= deadline, !job.isSuspended {
      return .failure(reason: "DeadlineExceeded", message: "Job was active longer than specified deadline")
    }
    if let most = job[path: "spec", "maxFailedIndexes"]?.int, failedIndexes.members.count > Int(most) {
      return .failure(
        reason: "MaxFailedIndexesExceeded",
        message: "Job has exceeded the specified maximal number of failed indexes")
    }
    guard let completions = job.completions else {
      return succeeded > 0 && active.isEmpty && !job.isSuspended ? JobPlan.complete : nil
    }
    if isPerIndex, succeeded + failedIndexes.members.count >= completions, !failedIndexes.members.isEmpty {
      return .failure(reason: "FailedIndexes", message: "Job has failed indexes")
    }
    return succeeded >= completions ? JobPlan.complete : nil
  }

  private static let complete = Ending.success(
    reason: "CompletionsReached", message: "Reached expected number of succeeded pods")

  /// The first rule of the success policy that holds.
  private var successRule: Int? {
    guard job.isIndexedJob else { return nil }
    return (job[path: "spec", "successPolicy", "rules"]?.array ?? []).firstIndex { rule in
      let wanted = rule["succeededIndexes"]?.string.map { JobIndexes($0).members }
      let reached = wanted.map { completedIndexes.members.intersection($0) } ?? completedIndexes.members
      if let count = rule["succeededCount"]?.int { return reached.count >= Int(count) }
      return wanted.map { $0.isSubset(of: completedIndexes.members) } ?? false
    }
  }

  /// When the Job has been active for as long as it may.
  var deadline: Timestamp? {
    guard let seconds = job[path: "spec", "activeDeadlineSeconds"]?.int,
      let start = job[path: "status", "startTime"]?.string.flatMap(Timestamp.init(rfc3339:))
    else { return nil }
    return start + .seconds(seconds)
  }

  /// How many pods are to be active now.
  var wantedActive: Int {
    guard ending == nil, !job.isSuspended else { return 0 }
    guard let completions = job.completions else { return succeeded > 0 ? active.count : parallelism }
    return max(0, min(parallelism, completions - succeeded - failedIndexes.members.count))
  }

  /// Pods that still count against new ones.
  var occupied: Int { active.count + (replacesTerminating ? 0 : terminating.count) }

  /// The next indexes that need a pod.
  func openIndexes(_ count: Int) -> [Int] {
    let busy = Set((active + (replacesTerminating ? [] : terminating)).compactMap(\.completionIndex))
    let done = completedIndexes.members.union(failedIndexes.members).union(busy)
    return Array((0..<(job.completions ?? 0)).lazy.filter { !done.contains($0) }.prefix(count))
  }

  /// When the next pod may be made after failures: 10 s after the first, then twice as long each time.
  var backOffEnd: Timestamp? {
    let failures = (newlyFailed + pods.filter { $0.phase == "Failed" && !JobPlan.isTracked($0) })
    guard let last = failures.compactMap(JobPlan.finished).max() else { return nil }
    let lastSuccess = pods.filter { $0.phase == "Succeeded" }.compactMap(JobPlan.finished).max()
    let since = failures.compactMap(JobPlan.finished).count { time in lastSuccess.map { time > $0 } ?? true }
    guard since > 0 else { return nil }
    return last + .seconds(min(600, 10 << Int64(min(since - 1, 6))))
  }

  private static func finished(_ pod: KubeObject) -> Timestamp? {
    let ends = (pod[path: "status", "containerStatuses"]?.array ?? [])
      .compactMap { $0[path: "state", "terminated", "finishedAt"]?.string.flatMap(Timestamp.init(rfc3339:)) }
    return ends.max() ?? pod.deletionTimestamp.flatMap(Timestamp.init(rfc3339:))
      ?? pod.condition("Ready")?["lastTransitionTime"]?.string.flatMap(Timestamp.init(rfc3339:))
      ?? pod.created
  }
}
