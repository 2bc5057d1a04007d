import KubeModel

/// The steps of a rolling update: up before down, one step a turn.
enum RollingUpdate {
  /// The bounds that a Deployment's strategy sets for a number of replicas.
  static func bounds(_ deployment: KubeObject) -> Fenceposts { Fenceposts(of: deployment) }

  /// The size of the new ReplicaSet as far as the surge allows.
  static func newSize(_ sets: DeploymentSets, current size: Int) -> Int {
    let desired = sets.deployment.specReplicas
    guard sets.deployment.isRollingUpdate else { return desired }
    let most = desired + Fenceposts(of: sets.deployment).surge
    let total = DeploymentSets.sum(sets.all, \.specReplicas)
    guard total < most else { return size }
    return size + min(most - total, desired - size)
  }

  /// What to do with the new ReplicaSet; `nil` when its size is right.
  static func stepUp(_ sets: DeploymentSets) -> ScaleStep? {
    guard let current = sets.current else { return nil }
    let desired = sets.deployment.specReplicas
    let size = current.specReplicas > desired ? desired : newSize(sets, current: current.specReplicas)
    return size == current.specReplicas ? nil : ScaleStep(set: current, size: size)
  }

  /// What to take from the old ReplicaSets: first pods that serve nobody, then the oldest.
  static func stepsDown(_ sets: DeploymentSets) -> [ScaleStep] {
    let old = sets.old.filter { $0.specReplicas > 0 }
    guard !old.isEmpty, let current = sets.current else { return [] }
    let deployment = sets.deployment
    let minimum = deployment.specReplicas - Fenceposts(of: deployment).unavailable
    let total = DeploymentSets.sum(sets.all, \.specReplicas)
    let newUnavailable = current.specReplicas - DeploymentSets.available(current)
    var removable = total - minimum - newUnavailable
    guard removable > 0 else { return [] }
    var sizes = old.map(\.specReplicas)
    for index in old.indices where removable > 0 {
      let broken = min(removable, max(0, sizes[index] - DeploymentSets.available(old[index])))
      sizes[index] -= broken
      removable -= broken
    }
    var spare = min(removable, DeploymentSets.sum(sets.all, DeploymentSets.available) - minimum)
    for index in old.indices where spare > 0 {
      let step = min(spare, sizes[index])
      sizes[index] -= step
      spare -= step
    }
    return zip(old, sizes).filter { $0.specReplicas != $1 }.map { ScaleStep(set: $0, size: $1) }
  }
}
