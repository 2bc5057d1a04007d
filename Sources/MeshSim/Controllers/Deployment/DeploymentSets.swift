import KubeModel

/// A Deployment with its ReplicaSets: what its controller decides on.
struct DeploymentSets {
  static let hashLabel = "pod-template-hash"
  static let revisionAnnotation = "deployment.kubernetes.io/revision"
  static let historyAnnotation = "deployment.kubernetes.io/revision-history"
  static let desiredAnnotation = "deployment.kubernetes.io/desired-replicas"
  static let maximumAnnotation = "deployment.kubernetes.io/max-replicas"

  let deployment: KubeObject
  /// All ReplicaSets, the oldest first.
  var all: [KubeObject]
  let currentUID: String?

  init(_ deployment: KubeObject, _ sets: [KubeObject]) {
    self.deployment = deployment
    all = sets.sorted { ($0.creationTimestamp ?? "", $0.name) < ($1.creationTimestamp ?? "", $1.name) }
    let template = deployment[path: "spec", "template"] ?? .null
    currentUID = all.first { DeploymentSets.template(of: $0) == template }?.uid
  }

  /// The ReplicaSet of the present template.
  var current: KubeObject? { all.first { $0.uid == currentUID } }
  var old: [KubeObject] { all.filter { $0.uid != currentUID } }
  var active: [KubeObject] { all.filter { $0.specReplicas > 0 } }

  /// The number of the newest revision among the old ones.
  var newestOldRevision: Int { old.map(DeploymentSets.revision).max() ?? 0 }

  static func revision(_ set: KubeObject) -> Int { Int(set.annotations[revisionAnnotation] ?? "") ?? 0 }

  /// The template of a ReplicaSet without what the controller adds.
  static func template(of set: KubeObject) -> JSONValue {
    guard var template = set[path: "spec", "template"]?.object else { return .null }
    template.set(["metadata", "labels", hashLabel], to: nil)
    return .object(template)
  }

  static func available(_ set: KubeObject) -> Int { set.statusCount("availableReplicas") }

  static func sum(_ sets: [KubeObject], _ count: (KubeObject) -> Int) -> Int {
    sets.reduce(0) { $0 + count($1) }
  }
}

/// What the controller wants a ReplicaSet's size to be.
struct ScaleStep: Equatable {
  let set: KubeObject
  let size: Int
}
