/// Where an object of one kind is stored; the namespace of cluster-scoped objects is empty.
struct ObjectKey: Hashable, Comparable, Sendable {
  var namespace: String
  var name: String

  static func < (left: ObjectKey, right: ObjectKey) -> Bool {
    (left.namespace, left.name) < (right.namespace, right.name)
  }
}
