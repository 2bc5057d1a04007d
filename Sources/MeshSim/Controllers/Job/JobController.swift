import KubeModel
import Seams

/// Runs the pods of Jobs to their completion.
enum JobController {
  private static let source = "job-controller"

  static func reconcile(_ key: ObjectKey, in state: inout ClusterState) {
    guard let job = state.store.get(.job, key) else {
      releaseOrphans(in: key, &state)
      return state.controllers.retries.forget(.job(key))
    }
    guard job.podSelector?.requirements.isEmpty == false else { return }
    let pods = Ownership.claimPods(of: job, in: &state)
    guard job.jobEnding == nil, job.deletionTimestamp == nil else {
      for pod in pods where JobPlan.isTracked(pod) { untrack(pod, in: &state) }
      return expire(job, in: &state)
    }
    let plan = JobPlan(job, pods: pods, now: state.now)
    for pod in plan.newlySucceeded + plan.newlyFailed + plan.ignored { untrack(pod, in: &state) }
    let surplus = plan.active.count - plan.wantedActive
    if surplus > 0 {
      for pod in DeletionRank.order(plan.active, related: plan.active, now: state.now).prefix(surplus) {
        state.beginDeletion(.pod, pod.key)
        state.note(job, .normal, "SuccessfulDelete", "Deleted pod: \(pod.name)", by: source)
      }
    }
    var hasFailed = false
    if plan.wantedActive > plan.occupied {
      if let end = plan.backOffEnd, end > state.now {
        state.schedule(.job(key), at: end)
      } else {
        hasFailed = !create(plan.wantedActive - plan.occupied, plan, in: &state)
      }
    }
    JobReport.write(plan, in: &state)
    if let deadline = plan.deadline, deadline > state.now { state.schedule(.job(key), at: deadline) }
    if hasFailed { state.retry(.job(key)) } else { state.controllers.retries.forget(.job(key)) }
  }

  /// - Returns: whether all could be made.
  private static func create(_ count: Int, _ plan: JobPlan, in state: inout ClusterState) -> Bool {
    let indexes: [Int?] =
      plan.job.isIndexedJob ? plan.openIndexes(count) : Array(repeating: nil, count: count)
    for index in indexes {
      do throws(StatusError) {
        let pod = try state.submit(
          pod(of: plan.job, index: index), kind: .pod, manager: ControllerName.manager,
          user: ControllerName.user(source))
        state.note(plan.job, .normal, "SuccessfulCreate", "Created pod: \(pod.name)", by: source)
      } catch let error {
        state.note(plan.job, .warning, "FailedCreate", "Error creating: \(error.message)", by: source)
        return false
      }
    }
    return true
  }

  static func pod(of job: KubeObject, index: Int?) -> KubeObject {
    var pod = TemplatedPod.pod(of: job, template: job[path: "spec", "template"] ?? .null)
    let finalizers = pod[path: "metadata", "finalizers"]?.array ?? []
    pod.set("metadata", "finalizers", to: .array(finalizers + [.string(JobPlan.finalizer)]))
    pod.set("metadata", "generateName", to: .string(job.name + "-" + (index.map { "\($0)-" } ?? "")))
    guard let index else { return pod }
    pod.annotations[KubeObject.completionIndexKey] = "\(index)"
    pod.labels[KubeObject.completionIndexKey] = "\(index)"
    pod.set("spec", "hostname", to: .string("\(job.name)-\(index)"))
    let variable: JSONValue = [
      "name": "JOB_COMPLETION_INDEX",
      "valueFrom": [
        "fieldRef": ["fieldPath": .string("metadata.labels['\(KubeObject.completionIndexKey)']")]
      ],
    ]
    for list in ["initContainers", "containers"] {
      guard let containers = pod[path: "spec", list]?.array else { continue }
      pod.set(
        "spec", list,
        to: .array(
          containers.map { container in
            var container = container
            let variables = container["env"]?.array ?? []
            guard !variables.contains(where: { $0["name"]?.string == "JOB_COMPLETION_INDEX" }) else {
              return container
            }
            container["env"] = .array(variables + [variable])
            return container
          }))
    }
    return pod
  }

  private static func untrack(_ pod: KubeObject, in state: inout ClusterState) {
    guard var changed = state.store.get(.pod, pod.key) else { return }
    let rest = (changed[path: "metadata", "finalizers"]?.array ?? []).filter {
      $0.string != JobPlan.finalizer
    }
    changed.set("metadata", "finalizers", to: rest.isEmpty ? nil : .array(rest))
    state.revise(changed, kind: .pod, manager: ControllerName.manager, subresource: nil)
  }

  /// Lets the pods of a Job that is gone go too.
  private static func releaseOrphans(in key: ObjectKey, _ state: inout ClusterState) {
    for pod in state.store.list(.pod, namespace: key.namespace)
    where JobPlan.isTracked(pod)
      && (pod.labels["batch.kubernetes.io/job-name"] ?? pod.labels["job-name"]) == key.name
      && (pod.controllerReference?["uid"]?.string).map({ state.store.object(uid: $0) == nil }) ?? true
    {
      untrack(pod, in: &state)
    }
  }

  /// Deletes a Job that has been over for as long as it says.
  private static func expire(_ job: KubeObject, in state: inout ClusterState) {
    guard let seconds = job[path: "spec", "ttlSecondsAfterFinished"]?.int, let ending = job.jobEnding,
      let since = job.condition(ending)?["lastTransitionTime"]?.string.flatMap(Timestamp.init(rfc3339:)),
      job.deletionTimestamp == nil
    else { return }
    let end = since + .seconds(seconds)
    if end <= state.now {
      state.beginDeletion(.job, job.key, DeletionPolicy(propagation: .foreground))
    } else {
      state.schedule(.job(job.key), at: end)
    }
  }
}
