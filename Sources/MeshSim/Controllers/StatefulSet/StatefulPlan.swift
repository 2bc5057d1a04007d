import KubeModel
import Seams

/// What a StatefulSet's controller does next, decided on its pods alone.
struct StatefulPlan {
  enum Action: Equatable {
    case create(ordinal: Int, revision: String)
    case delete(String)
  }

  let set: KubeObject
  let currentRevision: String
  let updateRevision: String
  let now: Timestamp
  private(set) var actions: [Action] = []
  private let pods: [Int: KubeObject]

  init(_ set: KubeObject, pods: [KubeObject], current: String, update: String, now: Timestamp) {
    self.set = set
    currentRevision = current
    updateRevision = update
    self.now = now
    var byOrdinal: [Int: KubeObject] = [:]
    for pod in pods { if let ordinal = StatefulPlan.ordinal(of: pod, in: set) { byOrdinal[ordinal] = pod } }
    self.pods = byOrdinal
    decide()
  }

  static func ordinal(of pod: KubeObject, in set: KubeObject) -> Int? {
    pod.name.hasPrefix(set.name + "-") ? Int(pod.name.dropFirst(set.name.count + 1)) : nil
  }

  static func isHealthy(_ pod: KubeObject, in set: KubeObject, now: Timestamp) -> Bool {
    pod.phase == "Running" && pod.deletionTimestamp == nil
      && pod.isAvailablePod(minReadySeconds: set.minReadySeconds, now: now)
  }

  private var start: Int { Int(self.set[path: "spec", "ordinals", "start"]?.int ?? 0) }
  private var isOrdered: Bool { self.set[path: "spec", "podManagementPolicy"]?.string != "Parallel" }
  private var strategy: JSONValue? { self.set[path: "spec", "updateStrategy"] }
  private var partition: Int? { strategy?[path: "rollingUpdate", "partition"]?.int.map { Int($0) } }
  private func isHealthy(_ pod: KubeObject) -> Bool { StatefulPlan.isHealthy(pod, in: set, now: now) }
  private func revision(_ pod: KubeObject) -> String? { pod.labels[ControllerHistory.revisionLabel] }

  private mutating func decide() {
    guard set.deletionTimestamp == nil else { return }
    let range = start..<(start + max(0, set.specReplicas))
    if fill(range) || condemn(outside: range) { return }
    guard strategy?["type"]?.string != "OnDelete" else { return }
    update(range)
  }

  /// - Returns: whether the others have to wait.
  private mutating func fill(_ range: Range<Int>) -> Bool {
    for ordinal in range {
      guard let pod = pods[ordinal] else {
        actions.append(.create(ordinal: ordinal, revision: revisionToMake(ordinal)))
        if isOrdered { return true }
        continue
      }
      if pod.isFinishedPod, pod.deletionTimestamp == nil {
        actions.append(.delete(pod.name))
        if isOrdered { return true }
        continue
      }
      if isOrdered, !isHealthy(pod) { return true }
    }
    return false
  }

  private mutating func condemn(outside range: Range<Int>) -> Bool {
    let surplus = pods.keys.filter { !range.contains($0) }.sorted(by: >)
    let firstUnhealthy = pods.keys.sorted().first { pods[$0].map { !isHealthy($0) } ?? false }
    for ordinal in surplus {
      guard let pod = pods[ordinal] else { continue }
      if pod.deletionTimestamp != nil {
        if isOrdered { return true }
        continue
      }
      if isOrdered, !isHealthy(pod), ordinal != firstUnhealthy { return true }
      actions.append(.delete(pod.name))
      if isOrdered { return true }
    }
    return false
  }

  private mutating func update(_ range: Range<Int>) {
    let limit = max(
      1,
      IntOrPercent.resolve(
        strategy?[path: "rollingUpdate", "maxUnavailable"], of: range.count, roundsUp: true) ?? 1)
    var unavailable = range.count { pods[$0].map { !isHealthy($0) } ?? true }
    for ordinal in range.reversed() where ordinal >= partition ?? 0 {
      guard let pod = pods[ordinal] else { continue }
      if revision(pod) != updateRevision, pod.deletionTimestamp == nil {
        let isBroken = !isHealthy(pod)
        guard isBroken || unavailable < limit else { return }
        actions.append(.delete(pod.name))
        if !isBroken { unavailable += 1 }
        if limit == 1 { return }
      } else if !isHealthy(pod), limit == 1 {
        return
      }
    }
  }

  /// Pods below the partition, or that were there before the update began, come back as they were.
  private func revisionToMake(_ ordinal: Int) -> String {
    guard strategy?["type"]?.string == "RollingUpdate" else { return updateRevision }
    if let partition {
      if partition > 0 { return ordinal < start + partition ? currentRevision : updateRevision }
      return ordinal < start + set.statusCount("currentReplicas") ? currentRevision : updateRevision
    }
    return ordinal < start + set.statusCount("currentReplicas") ? currentRevision : updateRevision
  }
}
