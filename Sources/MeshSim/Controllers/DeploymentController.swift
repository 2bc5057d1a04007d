import KubeModel
import Seams

/// Brings ReplicaSets to what a Deployment says: one step a turn, up before down.
enum DeploymentController {
  static let hashLabel = "pod-template-hash"
  static let revisionAnnotation = "deployment.kubernetes.io/revision"

  static func reconcile(_ key: ObjectKey, in state: inout ClusterState) {
    guard let deployment = state.store.get(.deployment, key) else { return }
    let owned = state.store.list(.replicaSet, namespace: key.namespace)
      .filter { $0.controllerReference?["uid"]?.string == deployment.uid }
    if deployment[path: "spec", "paused"]?.bool != true {
      let current = owned.first { isCurrent($0, of: deployment) }
      guard let current else {
        createReplicaSet(for: deployment, owned: owned, in: &state)
        return
      }
      let old = owned.filter { $0.uid != current.uid }
      raiseRevision(of: current, above: old, for: deployment, in: &state)
      if deployment[path: "spec", "strategy", "type"]?.string == "Recreate" {
        recreate(deployment, current: current, old: old, in: &state)
      } else {
        roll(deployment, current: current, old: old, in: &state)
      }
      prune(old, deployment, in: &state)
    }
    DeploymentStatus.write(deployment, owned: owned, in: &state)
  }

  /// Whether `set` runs the Deployment's present template.
  static func isCurrent(_ set: KubeObject, of deployment: KubeObject) -> Bool {
    var template = set[path: "spec", "template"]?.object ?? JSONObject()
    template.set(["metadata", "labels", hashLabel], to: nil)
    return JSONValue.object(template) == deployment[path: "spec", "template"]
  }

  private static func createReplicaSet(
    for deployment: KubeObject, owned: [KubeObject], in state: inout ClusterState
  ) {
    var template = deployment[path: "spec", "template"]?.object ?? JSONObject()
    let hash = templateHash(.object(template))
    template.set(["metadata", "labels", hashLabel], to: .string(hash))
    var set = KubeObject(
      kind: .replicaSet, namespace: deployment.namespace, name: "\(deployment.name)-\(hash)")
    guard !state.store.contains(.replicaSet, set.key) else { return }
    set.labels = template[path: "metadata", "labels"]?.stringMap ?? [:]
    let revision = 1 + (owned.map(revision).max() ?? 0)
    set.annotations = [revisionAnnotation: String(revision)]
    set.set("metadata", "ownerReferences", to: [ownerReference(to: deployment)])
    var selector = deployment[path: "spec", "selector"]?.object ?? JSONObject()
    selector.set(["matchLabels", hashLabel], to: .string(hash))
    set.set("spec", "replicas", to: 0)
    set.set("spec", "selector", to: .object(selector))
    set.set("spec", "template", to: .object(template))
    state.create(set, kind: .replicaSet, manager: nil)
    var changed = deployment
    changed.annotations[revisionAnnotation] = String(revision)
    DeploymentStatus.noteProgress(
      &changed, reason: "NewReplicaSetCreated", message: "Created new replica set \"\(set.name)\"",
      now: state.now)
    state.update(changed, kind: .deployment, manager: nil)
  }

  /// A rollback makes an old ReplicaSet current again: it gets the newest revision number, and the
  /// Deployment says it too.
  private static func raiseRevision(
    of current: KubeObject, above old: [KubeObject], for deployment: KubeObject, in state: inout ClusterState
  ) {
    let newest = old.map(revision).max() ?? 0
    guard revision(current) <= newest else { return }
    var changed = current
    changed.annotations[revisionAnnotation] = String(newest + 1)
    state.update(changed, kind: .replicaSet, manager: nil)
    var owner = deployment
    owner.annotations[revisionAnnotation] = String(newest + 1)
    state.update(owner, kind: .deployment, manager: nil)
  }

  private static func roll(
    _ deployment: KubeObject, current: KubeObject, old: [KubeObject], in state: inout ClusterState
  ) {
    let desired = replicas(deployment)
    let (surge, unavailable) = RollingUpdate.bounds(
      deployment[path: "spec", "strategy", "rollingUpdate"], of: desired)
    let total = ([current] + old).map(replicas).reduce(0, +)
    if replicas(current) > desired {
      scale(current, to: desired, in: &state)
      return
    }
    if replicas(current) < desired {
      let room = desired + surge - total
      if room > 0 {
        scale(current, to: min(desired, replicas(current) + room), in: &state)
        return
      }
    }
    let oldTotal = old.map(replicas).reduce(0, +)
    guard oldTotal > 0 else { return }
    let newUnavailable = replicas(current) - available(current)
    var removable = total - (desired - unavailable) - newUnavailable
    guard removable > 0 else { return }
    // Pods that are not ready serve nobody: they go first, whatever their age.
    for set in old where removable > 0 {
      let broken = min(removable, replicas(set) - available(set))
      guard broken > 0 else { continue }
      scale(set, to: replicas(set) - broken, in: &state)
      removable -= broken
    }
    let availableTotal = ([current] + old).map(available).reduce(0, +)
    var spare = min(removable, availableTotal - (desired - unavailable))
    for set in old.sorted(by: { revision($0) < revision($1) }) where spare > 0 {
      guard let live = state.store.get(.replicaSet, set.key), replicas(live) > 0 else { continue }
      let step = min(spare, replicas(live))
      scale(live, to: replicas(live) - step, in: &state)
      spare -= step
    }
  }

  private static func recreate(
    _ deployment: KubeObject, current: KubeObject, old: [KubeObject], in state: inout ClusterState
  ) {
    let running = old.filter { replicas($0) > 0 || ($0[path: "status", "replicas"]?.int ?? 0) > 0 }
    guard running.isEmpty else {
      for set in running { scale(set, to: 0, in: &state) }
      return
    }
    scale(current, to: replicas(deployment), in: &state)
  }

  private static func prune(_ old: [KubeObject], _ deployment: KubeObject, in state: inout ClusterState) {
    let limit = Int(deployment[path: "spec", "revisionHistoryLimit"]?.int ?? 10)
    let idle = old.filter { replicas($0) == 0 && ($0[path: "status", "replicas"]?.int ?? 0) == 0 }
      .sorted { revision($0) < revision($1) }
    for set in idle.dropLast(limit) { state.delete(.replicaSet, set.key, manager: nil) }
  }

  private static func scale(_ set: KubeObject, to count: Int, in state: inout ClusterState) {
    guard replicas(set) != count else { return }
    var changed = set
    changed.set("spec", "replicas", to: .int(Int64(count)))
    state.update(changed, kind: .replicaSet, manager: nil)
  }

  // MARK: Reading

  static func replicas(_ object: KubeObject) -> Int { Int(object[path: "spec", "replicas"]?.int ?? 1) }
  static func available(_ set: KubeObject) -> Int { Int(set[path: "status", "availableReplicas"]?.int ?? 0) }

  private static func revision(_ set: KubeObject) -> Int {
    Int(set.annotations[revisionAnnotation] ?? "") ?? 0
  }

  static func ownerReference(to owner: KubeObject) -> JSONValue {
    [
      "apiVersion": .string(owner.apiVersion), "kind": .string(owner.kind), "name": .string(owner.name),
      "uid": .string(owner.uid), "controller": true, "blockOwnerDeletion": true,
    ]
  }

  /// A short name for a template: FNV-1a over its canonical JSON, in the alphabet of generated names.
  static func templateHash(_ template: JSONValue) -> String {
    var hash = StableHash.of(template.jsonBytes())
    let alphabet = Array("bcdfghjklmnpqrstvwxz2456789")
    return String(
      (0..<10).map { _ in
        defer { hash /= 27 }
        return alphabet[Int(hash % 27)]
      })
  }
}

/// The bounds of a rolling update.
enum RollingUpdate {
  /// Surge rounds up, unavailable rounds down; both 0 would never move, so unavailable becomes 1.
  static func bounds(_ strategy: JSONValue?, of desired: Int) -> (surge: Int, unavailable: Int) {
    let surge = resolve(strategy?["maxSurge"], of: desired, roundsUp: true)
    let unavailable = resolve(strategy?["maxUnavailable"], of: desired, roundsUp: false)
    return surge == 0 && unavailable == 0 ? (0, 1) : (surge, unavailable)
  }

  private static func resolve(_ value: JSONValue?, of desired: Int, roundsUp: Bool) -> Int {
    if let count = value?.int { return Int(count) }
    guard let text = value?.string, text.hasSuffix("%"), let percent = Int(text.dropLast()) else { return 0 }
    return roundsUp ? (desired * percent + 99) / 100 : desired * percent / 100
  }
}
