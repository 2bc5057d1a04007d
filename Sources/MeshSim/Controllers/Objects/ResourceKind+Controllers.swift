import KubeModel

/// Kinds that only controllers deal with.
extension ResourceKind {
  static let controllerRevision = ResourceKind(
    group: "apps", version: "v1", kind: "ControllerRevision", plural: "controllerrevisions")
  static let cronJob = ResourceKind(group: "batch", version: "v1", kind: "CronJob", plural: "cronjobs")
  static let volumeClaim = ResourceKind(
    group: "", version: "v1", kind: "PersistentVolumeClaim", plural: "persistentvolumeclaims")
  static let volume = ResourceKind(
    group: "", version: "v1", kind: "PersistentVolume", plural: "persistentvolumes", isNamespaced: false)
  static let replicationController = ResourceKind(
    group: "", version: "v1", kind: "ReplicationController", plural: "replicationcontrollers")
}
