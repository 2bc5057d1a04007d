import KubeModel

/// The nodes as one pod finds them: which may take it, and which is best.
struct SchedulingField {
  enum Decision {
    case node(KubeObject)
    /// Why each node cannot take it, with how many.
    case none([String: Int])
  }

  let nodes: [KubeObject]
  let used: [PodDemand]
  let placed: [PlacedPod]
  private let spreadCounts: [Int]

  init(nodes: [KubeObject], pod: KubeObject, in state: ClusterState) {
    self.nodes = nodes
    used = nodes.map { state.controllers.nodeUse.amounts(on: $0.name) }
    let owner = pod.controllerReference?["uid"]?.string
    var placed: [PlacedPod] = []
    var counts: [Int] = []
    let looksAround =
      pod[path: "spec", "affinity", "podAntiAffinity"] != nil
      || pod[path: "spec", "affinity", "podAffinity"] != nil || !SpreadConstraints.constraints(pod).isEmpty
    for node in nodes {
      let use = state.controllers.nodeUse
      counts.append(owner.map { use.count(ofOwner: $0, on: node.name) } ?? 0)
      for key in looksAround ? use.pods(on: node.name) : use.repellingPods(on: node.name) {
        guard let other = state.store.get(.pod, key), !other.isFinishedPod else { continue }
        placed.append(PlacedPod(object: other, labels: other.labels, node: node))
      }
    }
    self.placed = placed
    spreadCounts = counts
  }

  /// - Parameter seed: decides between nodes that are equally good.
  func decide(_ pod: KubeObject, seed: UInt64) -> Decision {
    let amounts = PodDemand(ofPod: pod)
    var reasons: [String: Int] = [:]
    var fitting: [Int] = []
    for index in nodes.indices {
      let problems = problems(of: nodes[index], used: used[index], pod, amounts)
      if problems.isEmpty { fitting.append(index) }
      for problem in problems { reasons[problem, default: 0] += 1 }
    }
    let scored = fitting.map { (index: $0, score: score($0, pod, amounts)) }
    guard let best = scored.map(\.score).max() else { return .none(reasons) }
    let equal = scored.filter { $0.score == best }
    return .node(nodes[equal[Int(seed % UInt64(equal.count))].index])
  }

  /// Why a node cannot take a pod, in the scheduler's words; nothing when it can.
  func problems(
    of node: KubeObject, used: PodDemand, _ pod: KubeObject, _ amounts: PodDemand
  ) -> [String] {
    let tolerations = pod[path: "spec", "tolerations"]?.array ?? []
    let taints = node[path: "spec", "taints"]?.array ?? []
    let isCordoned = node[path: "spec", "unschedulable"]?.bool == true
    if isCordoned,
      !Toleration.tolerates(
        tolerations, ["key": .string(NodeController.unschedulable), "effect": "NoSchedule"])
    {
      return ["node(s) were unschedulable"]
    }
    let isBlocked = taints.contains {
      ["NoSchedule", "NoExecute"].contains($0["effect"]?.string ?? "")
        && !Toleration.tolerates(tolerations, $0)
    }
    let isUnready = !node.isReadyNode && node.condition("Ready") == nil && !hasNoKubelet(tolerations)
    if isBlocked || isUnready { return ["node(s) had untolerated taint(s)"] }
    if !NodeAffinity.admits(pod, node) { return ["node(s) didn't match Pod's node affinity/selector"] }
    let shortages = amounts.shortages(
      used: used, allocatable: PodDemand(node[path: "status", "allocatable"] ?? .null))
    if !shortages.isEmpty { return shortages }
    let spread = SpreadConstraints.admits(pod, node, nodes: nodes, placed: placed)
    if !spread.isAdmitted {
      return [
        "node(s) didn't match pod topology spread constraints"
          + (spread.lacksLabel ? " (missing required label)" : "")
      ]
    }
    switch PodAffinity.verdict(pod, node, placed: placed) {
    case .admitted: return []
    case .noAffinity: return ["node(s) didn't match pod affinity rules"]
    case .ownAntiAffinity: return ["node(s) didn't match pod anti-affinity rules"]
    case .existingAntiAffinity: return ["node(s) didn't satisfy existing pods anti-affinity rules"]
    }
  }

  private func hasNoKubelet(_ tolerations: [JSONValue]) -> Bool {
    Toleration.tolerates(tolerations, ["key": .string(NodeController.notReady), "effect": "NoSchedule"])
  }

  /// Preferences first, then few of its like, then much that is free.
  private func score(_ index: Int, _ pod: KubeObject, _ amounts: PodDemand) -> Int64 {
    let node = nodes[index]
    let allocatable = PodDemand(node[path: "status", "allocatable"] ?? .null)
    let free =
      allocatable.cpu > 0 ? 10 * (allocatable.cpu - used[index].cpu - amounts.cpu) / allocatable.cpu : 0
    let preferred = (node[path: "spec", "taints"]?.array ?? []).count {
      $0["effect"]?.string == "PreferNoSchedule"
        && !Toleration.tolerates(pod[path: "spec", "tolerations"]?.array ?? [], $0)
    }
    return free - 20 * Int64(spreadCounts[index]) - 1_000 * Int64(preferred)
      + 100 * NodeAffinity.score(pod, node) + 100 * PodAffinity.score(pod, node, placed: placed)
      - 200 * Int64(SpreadConstraints.crowd(pod, node, nodes: nodes, placed: placed))
  }

  /// `0/3 nodes are available: 1 Insufficient cpu, 2 node(s) …. no new claims to deallocate, preemption: …`
  static func message(_ reasons: [String: Int], nodes count: Int) -> String {
    guard count > 0 else { return "no nodes available to schedule pods" }
    let texts = reasons.map { "\($0.value) \($0.key)" }.sorted()
    let hopeless = reasons.filter { !isHelpedByPreemption($0.key) }.values.reduce(0, +)
    var preemption: [String] = []
    if count - hopeless > 0 {
      preemption.append("\(count - hopeless) No preemption victims found for incoming pod")
    }
    if hopeless > 0 { preemption.append("\(min(hopeless, count)) Preemption is not helpful for scheduling") }
    return "0/\(count) nodes are available: \(texts.joined(separator: ", ")). "
      + "no new claims to deallocate, preemption: 0/\(count) nodes are available: \(preemption.joined(separator: ", "))."
  }

  private static func isHelpedByPreemption(_ reason: String) -> Bool {
    reason.hasPrefix("Insufficient") || reason == "Too many pods" || reason.hasSuffix("anti-affinity rules")
      || reason == "node(s) didn't match pod topology spread constraints"
  }
}
