import KubeModel

/// Where an object is: its kind and its key.
struct ObjectLocation: Hashable, Comparable, Sendable {
  let kind: ResourceKind
  let key: ObjectKey

  static func < (left: ObjectLocation, right: ObjectLocation) -> Bool {
    if left.kind != right.kind {
      return (left.kind.plural, left.kind.group) < (right.kind.plural, right.kind.group)
    }
    return left.key < right.key
  }
}

/// Which object has a uid, and which objects name a uid as their owner: what garbage collection asks for.
struct OwnerIndex: Sendable {
  private var locations: [String: ObjectLocation] = [:]
  private var dependants: [String: [ObjectLocation]] = [:]

  /// Where the object with this uid is.
  func location(ofUID uid: String) -> ObjectLocation? { locations[uid] }

  /// The objects that name `uid` among their owners, in order.
  func dependants(of uid: String) -> [ObjectLocation] { dependants[uid] ?? [] }

  /// Takes note of a change of the object at a place; `nil` for what is not there.
  mutating func notice(_ location: ObjectLocation, from before: KubeObject?, to after: KubeObject?) {
    if before?.uid != after?.uid {
      if let uid = before?.uid { locations[uid] = nil }
      if let uid = after?.uid { locations[uid] = location }
    }
    let old = before.map(OwnerIndex.owners) ?? []
    let new = after.map(OwnerIndex.owners) ?? []
    guard old != new else { return }
    for uid in old where !new.contains(uid) { remove(location, from: uid) }
    for uid in new where !old.contains(uid) {
      let position = dependants[uid, default: []].position(of: location) { $0 }
      if !position.isFound { dependants[uid, default: []].insert(location, at: position.index) }
    }
  }

  private mutating func remove(_ location: ObjectLocation, from uid: String) {
    guard let index = dependants[uid]?.position(of: location, { $0 }).found else { return }
    dependants[uid]?.remove(at: index)
    if dependants[uid]?.isEmpty == true { dependants[uid] = nil }
  }

  private static func owners(of object: KubeObject) -> [String] {
    (object[path: "metadata", "ownerReferences"]?.array ?? []).compactMap { $0["uid"]?.string }
  }
}
