import KubeModel

/// What a change of the wanted number does to several ReplicaSets in the middle of a rollout
/// (`deployment.scale`).
enum ProportionalScaling {
  /// Whether the number was changed since the ReplicaSets were sized.
  static func isDue(_ sets: DeploymentSets) -> Bool {
    sets.active.contains { set in
      guard let sized = Int(set.annotations[DeploymentSets.desiredAnnotation] ?? "") else { return false }
      return sized != sets.deployment.specReplicas
    }
  }

  static func steps(_ sets: DeploymentSets) -> [ScaleStep] {
    let deployment = sets.deployment
    let desired = deployment.specReplicas
    if let only = activeOrLatest(sets) {
      return only.specReplicas == desired ? [] : [ScaleStep(set: only, size: desired)]
    }
    if isSaturated(sets) {
      return sets.old.filter { $0.specReplicas > 0 }.map { ScaleStep(set: $0, size: 0) }
    }
    guard deployment.isRollingUpdate else { return [] }
    let active = sets.active
    let allowed = desired > 0 ? desired + Fenceposts(of: deployment).surge : 0
    let toAdd = allowed - DeploymentSets.sum(active, \.specReplicas)
    let ordered = active.sorted { left, right in
      if left.specReplicas != right.specReplicas { return left.specReplicas > right.specReplicas }
      let ages = ((left.creationTimestamp ?? "", left.name), (right.creationTimestamp ?? "", right.name))
      return toAdd > 0 ? ages.0 > ages.1 : ages.0 < ages.1
    }
    var added = 0
    var sizes: [Int] = []
    for set in ordered {
      let share = toAdd == 0 ? 0 : proportion(of: set, deployment, toAdd: toAdd, added: added)
      sizes.append(set.specReplicas + share)
      added += share
    }
    if toAdd != 0, !sizes.isEmpty { sizes[0] = max(0, sizes[0] + toAdd - added) }
    // Also those that keep their size: their annotations change.
    return zip(ordered, sizes).map { ScaleStep(set: $0, size: $1) }
  }

  private static func activeOrLatest(_ sets: DeploymentSets) -> KubeObject? {
    switch sets.active.count {
    case 0: sets.current ?? sets.old.last
    case 1: sets.active[0]
    default: nil
    }
  }

  private static func isSaturated(_ sets: DeploymentSets) -> Bool {
    guard let current = sets.current else { return false }
    let desired = sets.deployment.specReplicas
    return current.specReplicas == desired && DeploymentSets.available(current) == desired
      && Int(current.annotations[DeploymentSets.desiredAnnotation] ?? "") == desired
  }

  private static func proportion(
    of set: KubeObject, _ deployment: KubeObject, toAdd: Int, added: Int
  ) -> Int {
    guard set.specReplicas > 0, toAdd != added else { return 0 }
    let share = fraction(of: set, deployment)
    return toAdd > 0 ? min(share, toAdd - added) : max(share, toAdd - added)
  }

  private static func fraction(of set: KubeObject, _ deployment: KubeObject) -> Int {
    let desired = deployment.specReplicas
    guard desired > 0 else { return -set.specReplicas }
    let most = desired + Fenceposts(of: deployment).surge
    let sized =
      Int(set.annotations[DeploymentSets.maximumAnnotation] ?? "") ?? deployment.statusCount("replicas")
    guard sized > 0 else { return 0 }
    let size = Double(set.specReplicas) * Double(most) / Double(sized)
    return Int(size.rounded(.toNearestOrAwayFromZero)) - set.specReplicas
  }
}
