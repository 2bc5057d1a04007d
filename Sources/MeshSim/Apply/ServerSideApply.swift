import KubeModel
import Seams

/// Kubernetes' server-side apply on one object.
struct ServerSideApply {
  let schema: Schema
  private let values: TypedValues

  init(schema: Schema) {
    self.schema = schema
    values = TypedValues(schema: schema)
  }

  /// Who applies, and how.
  struct Manager {
    let name: String
    let isForced: Bool
    let time: Timestamp
  }

  /// The object that an apply makes, before defaults, with who owns what.
  ///
  /// - Parameters:
  ///   - configuration: as the client wrote it.
  ///   - live: nil when the apply makes the object.
  /// - Throws: 400 and 500 for a configuration that does not fit its kind, 409 for conflicts.
  func apply(
    _ configuration: KubeObject, to live: KubeObject?, by manager: Manager, subresource: String? = nil
  ) throws(StatusError) -> KubeObject {
    if let written = configuration.managedFields, !written.isNull {
      throw .badRequest("metadata.managedFields must be nil")
    }
    let shape = schema.root(apiVersion: configuration.apiVersion, kind: configuration.kind)
    if let problems = ConfigurationCheck.problems(of: configuration.json, shape, schema) {
      throw .internalError(
        "failed to create typed patch object (\(ServerSideApply.identity(of: configuration))): \(problems)")
    }
    let subresource = subresource ?? ""
    let merge = Merge(
      values: values, schema: schema, shape: shape, configuration: configuration, live: live,
      manager: manager, subresource: subresource)
    var result: KubeObject
    do throws(ApplyConflicts) {
      result = try merge.merged(isForced: manager.isForced)
    } catch {
      let contested = error.removing(merge.lastApplied(by: manager.name))
      guard contested.isEmpty else { throw contested.status }
      do throws(ApplyConflicts) {
        result = try merge.merged(isForced: true)
      } catch { throw error.status }
    }
    LastApplied.refresh(&result, from: configuration, manager: manager.name)
    return result
  }

  /// `NAMESPACE/NAME; GROUP/VERSION, Kind=KIND`.
  private static func identity(of object: KubeObject) -> String {
    let group = object.apiVersion.contains("/") ? "" : "/"
    return "\(object.namespace ?? "")/\(object.name); \(group)\(object.apiVersion), Kind=\(object.kind)"
  }

  /// One apply.
  private struct Merge {
    let values: TypedValues
    let schema: Schema
    let shape: Shape
    let configuration: KubeObject
    let live: KubeObject?
    let manager: Manager
    let subresource: String

    func merged(isForced: Bool) throws(ApplyConflicts) -> KubeObject {
      let empty = FieldOwnership.empty(
        apiVersion: configuration.apiVersion, kind: configuration.kind, schema: schema)
      var managed = ManagedFields(stored: live)
      var old = live ?? empty
      old.managedFields = nil
      if managed.entries.isEmpty, live != nil { managed = beforeFirstApply(empty, old) }
      let reset = ResetFields.of(configuration, subresource: subresource, schema: schema)
      var entry = ManagedFields.Entry(
        manager: manager.name, operation: .apply, subresource: subresource,
        apiVersion: configuration.apiVersion, time: nil,
        fields: values.fields(of: configuration.json, shape).removing(reset))

      let last = managed.index(of: entry)
      let lastFields = last.map { managed.entries[$0].fields } ?? FieldSet()
      entry.time = last.flatMap { managed.entries[$0].time }
      if let last { managed.entries[last] = entry } else { managed.entries.append(entry) }

      var new = values.merge(old.json, configuration.json, shape)
      if !lastFields.isSubset(of: entry.fields) { new = pruned(new, lastFields, managed) }

      let comparison = values.compare(old.json, new, shape)
      let changed = comparison.changed.removing(reset)
      if !isForced {
        let conflicts = ApplyConflicts(managed.entries.filter { !$0.isSame(as: entry) }, changed)
        if !conflicts.isEmpty { throw conflicts }
      }
      managed.take(
        changed, comparison.removed.removing(reset), except: entry, from: configuration, schema)

      if let index = managed.index(of: entry) {
        managed.entries[index].fields = ManagedFields.owned(entry.fields)
        // The time tells when this manager last changed anything.
        if new != old.json || live == nil { managed.entries[index].time = manager.time.rfc3339 }
        managed.dropEmpty()
      }
      var result = KubeObject(new) ?? old
      result.managedFields = managed.json
      return result
    }

    /// Nobody has owned the object: what it holds belongs to whoever made it.
    private func beforeFirstApply(_ empty: KubeObject, _ live: KubeObject) -> ManagedFields {
      var managed = ManagedFields()
      managed.update(
        from: empty, to: live,
        by: ManagedFields.Entry(
          manager: "before-first-apply", operation: .update, subresource: subresource,
          apiVersion: configuration.apiVersion, time: manager.time.rfc3339, fields: FieldSet()),
        values, shape, reset: ResetFields.of(live, subresource: subresource, schema: schema), schema: schema)
      return managed
    }

    /// `merged` without what this manager applied last time and does not apply now, unless another one owns it.
    private func pruned(_ merged: JSONValue, _ last: FieldSet, _ managed: ManagedFields) -> JSONValue {
      let named = values.withNamedFields(last, shape)
      let all = values.withNamedFields(values.fields(of: merged, shape), shape)
      var pruned = values.removing(named, from: merged, shape)

      let owned = managed.entries.reduce(FieldSet()) { $0.union($1.fields) }
      var left = values.withNamedFields(values.fields(of: pruned, shape), shape)
      pruned = values.removing(
        all.subtracting(left.union(values.withNamedFields(owned, shape))), from: merged, shape)

      // What this manager did not own is not its to remove.
      left = values.withNamedFields(values.fields(of: pruned, shape), shape)
      return values.removing(all.subtracting(left).intersection(named), from: merged, shape)
    }

    /// The fields that `kubectl apply` on the client's side wrote, as long as nobody changed them since.
    func lastApplied(by name: String) -> FieldSet {
      guard name == LastApplied.manager, let live, let applied = LastApplied.configuration(of: live),
        applied.apiVersion == configuration.apiVersion
      else { return FieldSet() }
      let comparison = values.compare(applied.json, live.json, shape)
      return values.fields(of: applied.json, shape).subtracting(comparison.changed)
        .subtracting(comparison.removed)
    }
  }
}
