import KubeModel
import Seams

/// The condition `Progressing`: how far a rollout has come, and whether it takes too long.
enum DeploymentProgress {
  /// - Parameter deployment: with its new counts; `sets` has those before.
  static func note(_ deployment: inout KubeObject, _ sets: DeploymentSets, now: Timestamp) {
    guard let deadline = deployment.progressDeadline else {
      return deployment.removeCondition("Progressing")
    }
    let before = sets.deployment.fields["status"] ?? .null
    let after = deployment.fields["status"] ?? .null
    let old = sets.deployment.condition("Progressing")
    let isSettled =
      old?["reason"]?.string == "NewReplicaSetAvailable"
      && count(after, "replicas") == count(after, "updatedReplicas")
    guard !isSettled else { return }
    let subject = sets.current.map { "ReplicaSet \"\($0.name)\"" } ?? "Deployment \"\(deployment.name)\""
    if DeploymentStatus.isComplete(deployment, after) {
      deployment.setDeploymentCondition(
        "Progressing", "True", "NewReplicaSetAvailable", "\(subject) has successfully progressed.", now: now)
    } else if hasMoved(from: before, to: after) {
      deployment.setDeploymentCondition(
        "Progressing", "True", "ReplicaSetUpdated", "\(subject) is progressing.", now: now, isRefreshed: true)
    } else if hasTimedOut(deployment, deadline: deadline, now: now) {
      deployment.setDeploymentCondition(
        "Progressing", "False", "ProgressDeadlineExceeded", "\(subject) has timed out progressing.", now: now)
    }
  }

  /// When the deadline is over; `nil` when nothing is on its way.
  static func nextCheck(of deployment: KubeObject) -> Timestamp? {
    guard let deadline = deployment.progressDeadline, let condition = deployment.condition("Progressing"),
      !DeploymentStatus.isComplete(deployment, deployment.fields["status"] ?? .null),
      condition["reason"]?.string != "ProgressDeadlineExceeded",
      condition["reason"]?.string != "NewReplicaSetAvailable", let since = updated(condition)
    else { return nil }
    return since + .seconds(deadline) + .seconds(1)
  }

  private static func hasMoved(from before: JSONValue, to after: JSONValue) -> Bool {
    func old(_ status: JSONValue) -> Int64 { count(status, "replicas") - count(status, "updatedReplicas") }
    return count(after, "updatedReplicas") > count(before, "updatedReplicas") || old(after) < old(before)
      || count(after, "readyReplicas") > count(before, "readyReplicas")
      || count(after, "availableReplicas") > count(before, "availableReplicas")
  }

  private static func hasTimedOut(_ deployment: KubeObject, deadline: Int64, now: Timestamp) -> Bool {
    guard let condition = deployment.condition("Progressing") else { return false }
    if condition["reason"]?.string == "NewReplicaSetAvailable" { return false }
    if condition["reason"]?.string == "ProgressDeadlineExceeded" { return true }
    guard let since = updated(condition) else { return false }
    return now > since + .seconds(deadline)
  }

  private static func updated(_ condition: JSONValue) -> Timestamp? {
    condition["lastUpdateTime"]?.string.flatMap(Timestamp.init(rfc3339:))
  }

  private static func count(_ status: JSONValue, _ field: String) -> Int64 { status[field]?.int ?? 0 }
}
