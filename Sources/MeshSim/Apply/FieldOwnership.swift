import KubeModel
import Seams

/// Who owns the fields of objects that are created, updated and patched: everything but apply.
enum FieldOwnership {
  /// Writes into `object` who owns its fields, now that `manager` changed it from `live`.
  ///
  /// The server does this before admission and before the kind's strategy resets fields, with the object decoded
  /// and filled with defaults. An object that nobody owns stays so, unless it is new.
  ///
  /// - Parameters:
  ///   - live: nil for a new object.
  ///   - subresource: what the object is written through; then its own `managedFields` count for nothing.
  static func update(
    _ object: inout KubeObject, live: KubeObject?, manager: String, subresource: String? = nil,
    time: Timestamp, schema: Schema
  ) {
    let subresource = subresource ?? ""
    var managed = entries(of: object, live: live, isSubresource: !subresource.isEmpty)
    object.managedFields = nil
    guard !managed.entries.isEmpty || live?.uid.isEmpty ?? true else { return }
    let values = TypedValues(schema: schema)
    let shape = schema.root(apiVersion: object.apiVersion, kind: object.kind)
    var before = live ?? empty(apiVersion: object.apiVersion, kind: object.kind, schema: schema)
    before.managedFields = nil
    let reset = ResetFields.of(object, subresource: subresource, schema: schema)
    managed.update(
      from: before, to: object,
      by: ManagedFields.Entry(
        manager: manager, operation: .update, subresource: subresource, apiVersion: object.apiVersion,
        time: time.rfc3339, fields: FieldSet()), values, shape, reset: reset, schema: schema)
    managed.cap()
    object.managedFields = managed.json
  }

  /// Takes the times of the live object's entries where nothing else differs, so that an update without effect
  /// stores nothing. To be called just before the object is stored.
  static func keepTimes(of object: inout KubeObject, live: KubeObject) {
    guard let old = live.managedFields, let new = object.managedFields, old != new,
      withoutTimes(old) == withoutTimes(new)
    else { return }
    var same = object
    same.managedFields = old
    same.set("metadata", "resourceVersion", to: live[path: "metadata", "resourceVersion"])
    if same == live { object.managedFields = old }
  }

  private static func withoutTimes(_ entries: JSONValue) -> [JSONValue] {
    (entries.array ?? []).map { entry in
      var entry = entry
      entry["time"] = nil
      return entry
    }
  }

  /// The entries from which an update starts: a client may write them, and reset them with `[]` or `[{}]`.
  private static func entries(of object: KubeObject, live: KubeObject?, isSubresource: Bool) -> ManagedFields
  {
    guard !isSubresource, let value = object.managedFields, value != live?.managedFields,
      let written = value.array
    else { return ManagedFields(stored: live) }
    if written.isEmpty || written == [.object([:])] { return ManagedFields() }
    guard var managed = ManagedFields(.array(written)), !managed.entries.isEmpty else {
      return ManagedFields(stored: live)
    }
    for index in managed.entries.indices {
      managed.entries[index].fields = managed.entries[index].fields.normalized()
    }
    return managed
  }

  /// An object of a kind in which nothing is set.
  static func empty(apiVersion: String, kind: String, schema: Schema) -> KubeObject {
    let shape = schema.root(apiVersion: apiVersion, kind: kind)
    var reader = FormReader(schema: schema)
    var fields =
      ObjectDecoding.isTyped(shape, in: schema) ? reader.zero(shape).object ?? JSONObject() : JSONObject()
    fields["apiVersion"] = .string(apiVersion)
    fields["kind"] = .string(kind)
    return KubeObject(fields)
  }
}

extension ManagedFields {
  /// What the server keeps in every object, and nobody owns.
  private static let unowned = {
    let metadata = [
      "name", "namespace", "creationTimestamp", "selfLink", "uid", "clusterName", "generation",
      "managedFields",
      "resourceVersion",
    ]
    return ([["apiVersion"], ["kind"], ["metadata"]] + metadata.map { ["metadata", $0] })
      .reduce(FieldSet()) { $0.union(FieldSet(path: $1)) }
  }()

  /// The set without what nobody owns.
  static func owned(_ fields: FieldSet) -> FieldSet { fields.subtracting(unowned) }

  /// Moves the ownership of what changed to `entry`'s manager, who updated the object.
  mutating func update(
    from old: KubeObject, to new: KubeObject, by entry: Entry, _ values: TypedValues, _ shape: Shape,
    reset: FieldSet, schema: Schema
  ) {
    let comparison = values.compare(old.json, new.json, shape)
    let changed = comparison.changed.removing(reset)
    let removed = comparison.removed.removing(reset)
    guard !changed.isEmpty || !removed.isEmpty else { return }
    take(changed, removed, except: nil, from: new, schema)
    var entry = entry
    entry.fields = ManagedFields.owned(changed)
    guard !entry.fields.isEmpty else { return }
    if let index = index(of: entry) {
      entry.fields = entry.fields.union(entries[index].fields)
      entries[index] = entry
    } else {
      entries.append(entry)
    }
  }

  /// Takes what changed and what went from everyone but one; managers of versions that are no more go.
  mutating func take(
    _ changed: FieldSet, _ removed: FieldSet, except: Entry?, from object: KubeObject, _ schema: Schema
  ) {
    if schema.hasRoot(apiVersion: object.apiVersion, kind: object.kind) {
      entries.removeAll {
        $0.apiVersion != object.apiVersion && !schema.hasRoot(apiVersion: $0.apiVersion, kind: object.kind)
      }
    }
    for index in entries.indices {
      if let except, entries[index].isSame(as: except) { continue }
      let contested = entries[index].fields.intersection(changed)
      entries[index].fields = entries[index].fields.subtracting(contested).subtracting(removed)
    }
    dropEmpty()
  }
}
