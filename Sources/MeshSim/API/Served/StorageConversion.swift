import KubeModel

/// Shows objects of one version that are stored as another.
struct StorageConversion: Sendable {
  let toServed: @Sendable (KubeObject) -> KubeObject
  let toStored: @Sendable (KubeObject) -> KubeObject

  /// The conversion that a served kind needs; `nil` when it is stored as it is.
  static func between(_ served: ResourceKind, and stored: ResourceKind) -> StorageConversion? {
    guard served != stored else { return nil }
    switch (served.group, served.version, served.kind) {
    case ("events.k8s.io", "v1", "Event"):
      return StorageConversion(toServed: EventConversion.toNew, toStored: EventConversion.toCore)
    case ("autoscaling", "v1", "HorizontalPodAutoscaler"):
      return StorageConversion(toServed: AutoscalerConversion.toV1, toStored: AutoscalerConversion.toV2)
    // Versions of a custom resource differ in their apiVersion alone.
    default: return StorageConversion(toServed: { $0 }, toStored: { $0 })
    }
  }
}
