import KubeModel

/// Claims and volumes are held until nothing uses them (the admission plug-in `StorageObjectInUseProtection`).
enum StorageProtection {
  static func protect(_ object: inout KubeObject, _ word: String) {
    let finalizer = "kubernetes.io/\(word)-protection"
    guard !object.finalizers.contains(finalizer) else { return }
    object.setFinalizers(object.finalizers + [finalizer])
  }
}
