import KubeModel
import Seams

/// Kubernetes' server-side apply on one object.
struct ServerSideApply {
  let schema: MergeSchema

  /// Who applies, and how.
  struct Manager {
    let name: String
    let isForced: Bool
    let time: Timestamp
  }

  /// A field that another manager owns and the configuration would change.
  struct Conflict {
    let entry: ManagedFields.Entry
    let path: String

    /// The manager as messages name it.
    var owner: String {
      "\"\(entry.manager)\"" + (entry.subresource.isEmpty ? "" : " with subresource \"\(entry.subresource)\"")
        + (entry.operation == "Update" ? " using \(entry.apiVersion)" : "")
    }
  }

  enum Outcome {
    case merged(KubeObject)
    case conflicts([Conflict])
  }

  /// Merges `configuration` into `live`, or makes a new object of it.
  func apply(_ configuration: KubeObject, to live: KubeObject?, by manager: Manager) -> Outcome {
    let form = schema.root(apiVersion: configuration.apiVersion, kind: configuration.kind)
    let merger = StructuredMerge(schema: schema)
    var applied = configuration
    applied.set("metadata", "managedFields", to: nil)
    let owned = FieldSet(of: applied.json, form: form, schema: schema).withoutServerFields()

    var managed = live.map(ManagedFields.init) ?? ManagedFields(applied)
    var merged = applied
    if let live {
      guard let result = KubeObject(merger.merge(live.json, applied.json, form: form)) else {
        return .merged(live)
      }
      merged = result
    }

    let mine = managed.entries.firstIndex {
      $0.isSame(manager: manager.name, operation: "Apply", subresource: "")
    }
    if let mine {
      let others = managed.entries.enumerated().filter { $0.offset != mine }
        .reduce(FieldSet()) { $0.union($1.element.fields) }
      let dropped = managed.entries[mine].fields.subtracting(owned).subtracting(others)
      if !dropped.isEmpty, let rest = merger.removing(dropped, from: merged.json, form: form),
        let object = KubeObject(rest)
      {
        merged = object
      }
    }

    if let live {
      let changed = merger.changed(from: live.json, to: merged.json, form: form).withoutServerFields()
      var conflicts: [Conflict] = []
      for index in managed.entries.indices where index != mine {
        let entry = managed.entries[index]
        let contested = entry.fields.intersection(changed).intersection(owned)
        guard !contested.isEmpty else { continue }
        if manager.isForced {
          managed.entries[index].fields = entry.fields.subtracting(contested)
        } else {
          conflicts += contested.conflictPaths.map { Conflict(entry: entry, path: $0) }
        }
      }
      if !conflicts.isEmpty { return .conflicts(conflicts) }
    }

    // The time tells when this manager last changed anything, so an apply without effect keeps it, or
    // has none.
    let isUnchanged = live?.withoutManagedFields() == merged.withoutManagedFields()
    if let mine {
      if !isUnchanged { managed.entries[mine].time = manager.time.rfc3339 }
      managed.entries[mine].fields = owned
      managed.entries[mine].apiVersion = applied.apiVersion
    } else {
      managed.entries.append(
        ManagedFields.Entry(
          manager: manager.name, operation: "Apply", subresource: "", apiVersion: applied.apiVersion,
          time: isUnchanged ? nil : manager.time.rfc3339, fields: owned))
    }
    managed.dropEmpty()
    managed.write(to: &merged)
    return .merged(merged)
  }
}

extension KubeObject {
  /// The object without `metadata.managedFields`, for comparing what it says.
  func withoutManagedFields() -> KubeObject {
    var object = self
    object.set("metadata", "managedFields", to: nil)
    return object
  }
}
