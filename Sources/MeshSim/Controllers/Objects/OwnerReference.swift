import KubeModel

/// References from what a controller made to its owner.
enum OwnerReference {
  /// The reference to a controlling owner.
  static func controller(_ owner: KubeObject, blocksDeletion: Bool = true) -> JSONValue {
    var reference = plain(owner)
    reference["controller"] = true
    if blocksDeletion { reference["blockOwnerDeletion"] = true }
    return reference
  }

  /// The reference to an owner that does not control.
  static func plain(_ owner: KubeObject) -> JSONValue {
    [
      "apiVersion": .string(owner.apiVersion), "kind": .string(owner.kind), "name": .string(owner.name),
      "uid": .string(owner.uid),
    ]
  }
}

extension KubeObject {
  var ownerReferences: [JSONValue] { self[path: "metadata", "ownerReferences"]?.array ?? [] }

  /// Whether `owner` controls this object.
  func isControlled(by owner: KubeObject) -> Bool {
    ownerReferences.contains { $0["controller"]?.bool == true && $0["uid"]?.string == owner.uid }
  }

  mutating func setOwnerReferences(_ references: [JSONValue]) {
    set("metadata", "ownerReferences", to: references.isEmpty ? nil : .array(references))
  }
}
