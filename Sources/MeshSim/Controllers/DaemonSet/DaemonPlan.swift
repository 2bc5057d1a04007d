import KubeModel
import Seams

/// Which nodes a DaemonSet's pods belong on, and what follows for the pods that are there.
struct DaemonPlan {
  let set: KubeObject
  let hash: String
  let now: Timestamp
  /// All nodes in order, with the set's pods on each, the oldest first.
  let nodes: [(node: KubeObject, pods: [KubeObject])]

  /// The node a pod is on, or is meant for.
  static func node(of pod: KubeObject) -> String? {
    if let node = pod.nodeName { return node }
    let terms = pod[
      path: "spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution"]?[
        "nodeSelectorTerms"]
    return terms?.array?.first?["matchFields"]?.array?.first?["values"]?.array?.first?.string
  }

  static let tolerations: [JSONValue] = [
    ("not-ready", "NoExecute"), ("unreachable", "NoExecute"), ("disk-pressure", "NoSchedule"),
    ("memory-pressure", "NoSchedule"), ("pid-pressure", "NoSchedule"), ("unschedulable", "NoSchedule"),
  ].map { ["key": .string("node.kubernetes.io/\($0)"), "operator": "Exists", "effect": .string($1)] }

  /// Whether a pod is to run on a node, and whether one that runs there may stay.
  func verdict(_ node: KubeObject) -> (runs: Bool, stays: Bool) {
    var pod = KubeObject(kind: .pod, namespace: set.namespace, name: set.name)
    pod.fields["spec"] = set[path: "spec", "template", "spec"]
    guard NodeAffinity.admits(pod, node) else { return (false, false) }
    let tolerations = (pod[path: "spec", "tolerations"]?.array ?? []) + DaemonPlan.tolerations
    let open = (node[path: "spec", "taints"]?.array ?? []).filter { !Toleration.tolerates(tolerations, $0) }
    let effects = Set(open.compactMap { $0["effect"]?.string })
    if effects.contains("NoExecute") { return (false, false) }
    return (!effects.contains("NoSchedule"), true)
  }

  func isUpdated(_ pod: KubeObject) -> Bool { pod.labels[ControllerHistory.revisionLabel] == hash }

  func isAvailable(_ pod: KubeObject) -> Bool {
    pod.deletionTimestamp == nil && pod.isAvailablePod(minReadySeconds: set.minReadySeconds, now: now)
  }

  /// The nodes that lack a pod and the pods that do not belong.
  var corrections: (missing: [KubeObject], surplus: [KubeObject]) {
    var missing: [KubeObject] = []
    var surplus: [KubeObject] = []
    for (node, pods) in nodes {
      let (runs, stays) = verdict(node)
      let living = pods.filter { $0.deletionTimestamp == nil }
      guard stays else {
        surplus += living
        continue
      }
      if pods.isEmpty {
        if runs { missing.append(node) }
        continue
      }
      let failed = living.filter { $0.phase == "Failed" || $0.phase == "Succeeded" }
      surplus += failed
      let rest = living.filter { !$0.isFinishedPod }
      if maximumSurge == 0 {
        surplus += rest.dropFirst()
      } else {
        // While a new pod comes, the old one stays; it goes when the new one is available.
        let new = rest.filter(isUpdated)
        let old = rest.filter { !isUpdated($0) }
        surplus += new.dropFirst() + (new.first.map(isAvailable) ?? false ? old : Array(old.dropFirst()))
      }
    }
    return (missing, surplus)
  }

  var isRolling: Bool { self.set[path: "spec", "updateStrategy", "type"]?.string != "OnDelete" }
  private var rolling: JSONValue? { self.set[path: "spec", "updateStrategy", "rollingUpdate"] }
  private var desired: Int { nodes.count { verdict($0.node).runs } }
  var maximumSurge: Int { IntOrPercent.resolve(rolling?["maxSurge"], of: desired, roundsUp: true) ?? 0 }

  /// The old pods that may go now, and the nodes that get a new pod beside the old one.
  var updates: (doomed: [KubeObject], surging: [KubeObject]) {
    guard isRolling else { return ([], []) }
    let surge = maximumSurge
    guard surge == 0 else {
      let busy = nodes.count { $0.pods.contains { isUpdated($0) && !isAvailable($0) } }
      let candidates = nodes.filter { entry in
        let living = entry.pods.filter { $0.deletionTimestamp == nil }
        return verdict(entry.node).stays && !living.isEmpty && !living.contains(where: isUpdated)
      }
      return ([], candidates.prefix(max(0, surge - busy)).map(\.node))
    }
    let limit = max(1, IntOrPercent.resolve(rolling?["maxUnavailable"], of: desired, roundsUp: true) ?? 1)
    var unavailable = 0
    var broken: [KubeObject] = []
    var serving: [KubeObject] = []
    for (node, pods) in nodes where verdict(node).stays {
      let living = pods.filter { $0.deletionTimestamp == nil }
      if !living.contains(where: isAvailable) { unavailable += 1 }
      for pod in living where !isUpdated(pod) {
        if isAvailable(pod) { serving.append(pod) } else { broken.append(pod) }
      }
    }
    return (broken + serving.prefix(max(0, limit - unavailable)), [])
  }

  var status: JSONObject {
    var counts = (desired: 0, current: 0, misplaced: 0, ready: 0, available: 0, updated: 0)
    for (node, pods) in nodes {
      guard verdict(node).runs else {
        if pods.contains(where: { $0.deletionTimestamp == nil }) { counts.misplaced += 1 }
        continue
      }
      counts.desired += 1
      guard let pod = pods.first(where: { $0.deletionTimestamp == nil }) ?? pods.first else { continue }
      counts.current += 1
      if pod.hasReadyCondition {
        counts.ready += 1
        if pod.isAvailablePod(minReadySeconds: set.minReadySeconds, now: now) { counts.available += 1 }
      }
      if isUpdated(pod) { counts.updated += 1 }
    }
    var status: JSONObject = [
      "currentNumberScheduled": .int(Int64(counts.current)),
      "numberMisscheduled": .int(Int64(counts.misplaced)),
      "desiredNumberScheduled": .int(Int64(counts.desired)), "numberReady": .int(Int64(counts.ready)),
      "observedGeneration": .int(set.generation),
    ]
    for (field, count) in [
      ("updatedNumberScheduled", counts.updated), ("numberAvailable", counts.available),
      ("numberUnavailable", counts.desired - counts.available),
    ] where count > 0 { status[field] = .int(Int64(count)) }
    if let collisions = set[path: "status", "collisionCount"] { status["collisionCount"] = collisions }
    return status
  }
}
