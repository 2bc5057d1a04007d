import KubeModel

/// How far a rolling update may go beyond and below the wanted number of pods.
struct Fenceposts: Hashable {
  var surge: Int
  var unavailable: Int

  /// The bounds of a Deployment: surge rounds up, unavailable rounds down; both 0 would never move, so
  /// unavailable becomes 1.
  init(of deployment: KubeObject) {
    let desired = deployment.specReplicas
    guard deployment.isRollingUpdate else {
      (surge, unavailable) = (0, 0)
      return
    }
    let strategy = deployment[path: "spec", "strategy", "rollingUpdate"]
    surge = IntOrPercent.resolve(strategy?["maxSurge"], of: desired, roundsUp: true) ?? 0
    unavailable = IntOrPercent.resolve(strategy?["maxUnavailable"], of: desired, roundsUp: false) ?? 0
    if surge == 0, unavailable == 0 { unavailable = 1 }
    unavailable = min(unavailable, desired)
  }
}

extension KubeObject {
  /// Whether a Deployment replaces its pods little by little.
  var isRollingUpdate: Bool {
    self[path: "spec", "strategy", "type"]?.string ?? "RollingUpdate" == "RollingUpdate"
  }

  /// Whether a Deployment reports its progress: an absent or the greatest deadline means no.
  var progressDeadline: Int64? {
    guard let seconds = self[path: "spec", "progressDeadlineSeconds"]?.int, seconds != Int64(Int32.max) else {
      return nil
    }
    return seconds
  }

  var isPaused: Bool { self[path: "spec", "paused"]?.bool == true }
}
