import KubeModel
import Seams

/// In which order a ReplicaSet gives up its pods (`controller.ActivePodsWithRanks`).
enum DeletionRank {
  static let costAnnotation = "controller.kubernetes.io/pod-deletion-cost"

  private struct Rank {
    let pod: KubeObject
    let isBound: Bool
    let phase: Int
    let isReady: Bool
    let cost: Int64
    /// How many related pods run on the same node.
    let neighbours: Int
    let readyAge: Int
    let restarts: Int64
    let age: Int
  }

  static func order(_ pods: [KubeObject], related: [KubeObject], now: Timestamp) -> [KubeObject] {
    var onNode: [String: Int] = [:]
    for pod in related { if let node = pod.nodeName { onNode[node, default: 0] += 1 } }
    let ranks = pods.map { pod in
      Rank(
        pod: pod, isBound: pod.nodeName != nil, phase: phaseRank(pod.phase), isReady: pod.isReadyPod,
        cost: Int64(pod.annotations[costAnnotation] ?? "") ?? 0,
        neighbours: pod.nodeName.map { onNode[$0] ?? 0 } ?? 0,
        readyAge: logarithm(pod.readySince.map { now - $0 }), restarts: pod.restarts,
        age: logarithm(pod.created.map { now - $0 }))
    }
    return ranks.sorted(by: isBefore).map(\.pod)
  }

  private static func isBefore(_ left: Rank, _ right: Rank) -> Bool {
    if left.isBound != right.isBound { return !left.isBound }
    if left.phase != right.phase { return left.phase < right.phase }
    if left.isReady != right.isReady { return !left.isReady }
    if left.cost != right.cost { return left.cost < right.cost }
    if left.neighbours != right.neighbours { return left.neighbours > right.neighbours }
    if left.isReady, left.readyAge != right.readyAge { return left.readyAge < right.readyAge }
    if left.restarts != right.restarts { return left.restarts > right.restarts }
    if left.age != right.age { return left.age < right.age }
    return left.pod.uid < right.pod.uid
  }

  private static func phaseRank(_ phase: String) -> Int {
    switch phase {
    case "Pending", "": 0
    case "Unknown": 1
    default: 2
    }
  }

  /// Ages count by their order of magnitude, so that the pods of one rollout are removed at random.
  private static func logarithm(_ age: Duration?) -> Int {
    guard let seconds = age?.components.seconds, seconds > 0 else { return 0 }
    return Int64.bitWidth - seconds.leadingZeroBitCount
  }
}
