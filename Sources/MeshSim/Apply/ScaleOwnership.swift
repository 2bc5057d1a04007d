import KubeModel

/// The ownership of the number of replicas, as it passes between an object and its `/scale`.
///
/// A write through `/scale` is one of a Scale whose entries are `entries(of:)`; what it makes of them goes back with
/// `write`.
enum ScaleOwnership {
  private static let scaleVersion = "autoscaling/v1"
  private static let replicasOfScale = ["spec", "replicas"]

  /// `metadata.managedFields` of the Scale of an object: who owns the number of replicas.
  ///
  /// - Parameter path: where the object keeps the number, such as `spec`, `replicas`.
  static func entries(of object: KubeObject, path: [String] = ["spec", "replicas"]) -> JSONValue? {
    var managed = ManagedFields(stored: object)
    managed.entries = managed.entries.filter { $0.fields.contains(path) }.map { entry in
      var entry = entry
      entry.apiVersion = scaleVersion
      entry.fields = FieldSet(path: replicasOfScale)
      return entry
    }
    return managed.json
  }

  /// Makes a manager that changed the number of replicas its only owner, as a write through `/scale` does.
  static func take(_ object: inout KubeObject, by manager: String, path: [String] = ["spec", "replicas"]) {
    let entry = ManagedFields.Entry(
      manager: manager, operation: .update, subresource: "scale", apiVersion: scaleVersion, time: nil,
      fields: FieldSet(path: replicasOfScale))
    write(.array([entry.json]), to: &object, path: path)
  }

  /// Writes the owners of a changed Scale into the object that it scales.
  static func write(
    _ scaleEntries: JSONValue?, to object: inout KubeObject, path: [String] = ["spec", "replicas"]
  ) {
    var scale = ManagedFields(scaleEntries) ?? ManagedFields()
    var managed = ManagedFields(stored: object)
    let owned = FieldSet(path: path)
    for index in managed.entries.indices where managed.entries[index].fields.contains(path) {
      // The version is part of who updates, and the Scale's is another one.
      var entry = managed.entries[index]
      entry.apiVersion = scaleVersion
      if let kept = scale.index(of: entry) {
        scale.entries.remove(at: kept)
      } else {
        managed.entries[index].fields = managed.entries[index].fields.subtracting(owned)
      }
    }
    managed.dropEmpty()
    for var entry in scale.entries where entry.fields.contains(replicasOfScale) {
      entry.fields = owned
      entry.apiVersion = object.apiVersion
      entry.time = nil
      if let index = managed.index(of: entry) {
        entry.fields = managed.entries[index].fields.union(owned)
        managed.entries[index] = entry
      } else {
        managed.entries.append(entry)
      }
    }
    object.managedFields = managed.json
  }
}
