import KubeModel
import Seams

/// Who owns which fields of an object.
struct ManagedFields {
  /// One manager's entry.
  struct Entry: Hashable {
    var manager: String
    /// `Apply` or `Update`.
    var operation: String
    var subresource: String
    var apiVersion: String
    var time: String?
    var fields: FieldSet

    func isSame(manager: String, operation: String, subresource: String) -> Bool {
      self.manager == manager && self.operation == operation && self.subresource == subresource
    }
  }

  var entries: [Entry]

  init(_ object: KubeObject) {
    entries = (object[path: "metadata", "managedFields"]?.array ?? []).map { value in
      Entry(
        manager: value["manager"]?.string ?? "", operation: value["operation"]?.string ?? "",
        subresource: value["subresource"]?.string ?? "", apiVersion: value["apiVersion"]?.string ?? "",
        time: value["time"]?.string, fields: FieldSet(fieldsV1: value["fieldsV1"] ?? .null))
    }
  }

  /// Records that an update changed `changed`: its manager owns that now, and nobody else. What is
  /// written through `/scale` has no time.
  mutating func update(
    manager: String, subresource: String, apiVersion: String, changed: FieldSet, removed: FieldSet,
    time: Timestamp?
  ) {
    guard !changed.isEmpty || !removed.isEmpty else { return }
    for index in entries.indices {
      let isSelf = entries[index].isSame(manager: manager, operation: "Update", subresource: subresource)
      let lost = isSelf ? removed : changed.withoutContainers().union(removed)
      entries[index].fields = entries[index].fields.subtracting(lost)
    }
    guard !changed.isEmpty else { return dropEmpty() }
    if let index = entries.firstIndex(where: {
      $0.isSame(manager: manager, operation: "Update", subresource: subresource)
    }) {
      entries[index].fields = entries[index].fields.union(changed)
      entries[index].time = time?.rfc3339
      entries[index].apiVersion = apiVersion
    } else {
      entries.append(
        Entry(
          manager: manager, operation: "Update", subresource: subresource, apiVersion: apiVersion,
          time: time?.rfc3339, fields: changed))
    }
    dropEmpty()
  }

  mutating func dropEmpty() { entries.removeAll { $0.fields.isEmpty } }

  /// Writes the entries into `object`: Apply before Update, then by manager.
  func write(to object: inout KubeObject) {
    let sorted = entries.sorted {
      ($0.operation, $0.time ?? "", $0.manager, $0.subresource)
        < ($1.operation, $1.time ?? "", $1.manager, $1.subresource)
    }
    let values = sorted.map { entry -> JSONValue in
      var value: JSONObject = JSONObject([
        ("manager", .string(entry.manager)), ("operation", .string(entry.operation)),
        ("apiVersion", .string(entry.apiVersion)), ("fieldsType", "FieldsV1"),
        ("fieldsV1", entry.fields.fieldsV1),
      ])
      if let time = entry.time { value["time"] = .string(time) }
      if !entry.subresource.isEmpty { value["subresource"] = .string(entry.subresource) }
      return .object(value)
    }
    object.set("metadata", "managedFields", to: values.isEmpty ? nil : .array(values))
  }
}

extension FieldSet {
  /// Only leaves: changing one label does not take the map of labels from whoever owns it.
  fileprivate func withoutContainers() -> FieldSet {
    var set = FieldSet(isMember: isMember && children.isEmpty)
    for (element, child) in children {
      let inner = child.withoutContainers()
      if !inner.isEmpty { set.children[element] = inner }
    }
    return set
  }
}
