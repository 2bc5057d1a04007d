import KubeModel

/// What the pods on each node ask for and who they are, kept up to date by commits.
struct NodeUse: Sendable {
  private struct Counted {
    let node: String
    let amounts: PodDemand
    let owner: String
    let repels: Bool
  }

  private var used: [String: PodDemand] = [:]
  private var counted: [String: Counted] = [:]
  private var podsOnNode: [String: Set<ObjectKey>] = [:]
  private var ownersOnNode: [String: [String: Int]] = [:]
  /// The pods that keep others away, by node.
  private var repelling: [String: Set<ObjectKey>] = [:]

  func amounts(on node: String) -> PodDemand { used[node] ?? PodDemand() }

  /// The pods bound to a node, ordered.
  func pods(on node: String) -> [ObjectKey] { (podsOnNode[node] ?? []).sorted() }

  /// The pods of a node that have required anti-affinity, ordered.
  func repellingPods(on node: String) -> [ObjectKey] { (repelling[node] ?? []).sorted() }

  func count(ofOwner uid: String, on node: String) -> Int { ownersOnNode[node]?[uid] ?? 0 }

  mutating func notice(_ commit: Commit) {
    let pod = commit.object
    if commit.change == .deleted {
      remove(pod)
    } else if commit.before?.fields["spec"] != pod.fields["spec"]
      || commit.before?.isFinishedPod != pod.isFinishedPod
      || commit.before?.controllerReference != pod.controllerReference
    {
      add(pod)
    }
  }

  mutating func add(_ pod: KubeObject) {
    remove(pod)
    guard let node = pod.nodeName else { return }
    podsOnNode[node, default: []].insert(pod.key)
    guard !pod.isFinishedPod else { return }
    let entry = Counted(
      node: node, amounts: PodDemand(ofPod: pod), owner: pod.controllerReference?["uid"]?.string ?? "",
      repels: pod[path: "spec", "affinity", "podAntiAffinity"] != nil)
    counted[pod.uid] = entry
    used[node, default: PodDemand()] += entry.amounts
    ownersOnNode[node, default: [:]][entry.owner, default: 0] += 1
    if entry.repels { repelling[node, default: []].insert(pod.key) }
  }

  private mutating func remove(_ pod: KubeObject) {
    if let node = pod.nodeName { podsOnNode[node]?.remove(pod.key) }
    guard let entry = counted.removeValue(forKey: pod.uid) else { return }
    used[entry.node, default: PodDemand()] -= entry.amounts
    if let count = ownersOnNode[entry.node]?[entry.owner] {
      ownersOnNode[entry.node]?[entry.owner] = count > 1 ? count - 1 : nil
    }
    repelling[entry.node]?.remove(pod.key)
  }
}
