import KubeModel

/// Who owns which fields of an object.
struct ManagedFields: Sendable {
  enum Operation: String, Sendable {
    case apply = "Apply"
    case update = "Update"
  }

  /// One manager's entry.
  struct Entry: Hashable, Sendable {
    var manager: String
    var operation: Operation
    /// Empty for the object itself.
    var subresource: String
    var apiVersion: String
    /// When the manager last changed anything; none for what is written through `/scale`.
    var time: String?
    var fields: FieldSet

    /// Whether both are the same manager's: one that applies is the same in every version.
    func isSame(as other: Entry) -> Bool {
      manager == other.manager && operation == other.operation && subresource == other.subresource
        && (operation == .apply || apiVersion == other.apiVersion)
    }
  }

  var entries: [Entry] = []

  init() {}

  /// Reads `metadata.managedFields`; nil for entries that the server does not take.
  init?(_ value: JSONValue?) {
    for value in value?.array ?? [] {
      guard let operation = Operation(rawValue: value["operation"]?.string ?? ""),
        let apiVersion = value["apiVersion"]?.string, !apiVersion.isEmpty,
        value["fieldsType"]?.string == "FieldsV1"
      else { return nil }
      let entry = Entry(
        manager: value["manager"]?.string ?? "", operation: operation,
        subresource: value["subresource"]?.string ?? "", apiVersion: apiVersion,
        time: value["time"]?.string, fields: FieldSet(fieldsV1: value["fieldsV1"]))
      if let index = index(of: entry) { entries[index] = entry } else { entries.append(entry) }
    }
  }

  /// The entries of a stored object.
  init(stored object: KubeObject?) { self = ManagedFields(object?.managedFields) ?? ManagedFields() }

  func index(of entry: Entry) -> Int? { entries.firstIndex { $0.isSame(as: entry) } }

  mutating func dropEmpty() { entries.removeAll { $0.fields.isEmpty } }

  /// The entries as `metadata.managedFields`, in the server's order; nil when there are none.
  var json: JSONValue? {
    if entries.isEmpty { return nil }
    let sorted = entries.sorted {
      ($0.operation.rawValue, $0.time ?? "", $0.manager, $0.apiVersion, $0.subresource)
        < ($1.operation.rawValue, $1.time ?? "", $1.manager, $1.apiVersion, $1.subresource)
    }
    return .array(sorted.map(\.json))
  }

  /// Keeps at most ten managers that update: the oldest share an entry for each version.
  mutating func cap() {
    let limit = 10
    var updaters = entries.filter { $0.operation == .update }
    guard updaters.count > limit else { return }
    updaters.sort { ($0.time ?? "", $0.identity) < ($1.time ?? "", $1.identity) }
    var count = updaters.count
    var first: [String: Entry] = [:]
    for updater in updaters where count > limit {
      guard let start = first[updater.apiVersion] else {
        first[updater.apiVersion] = updater
        continue
      }
      var bucket = updater
      bucket.manager = "ancient-changes"
      bucket.subresource = ""
      var fields = updater.fields
      if let index = index(of: bucket) {
        fields = fields.union(entries[index].fields)
        entries.remove(at: index)
      } else {
        fields = fields.union(start.fields)
        entries.removeAll { $0.isSame(as: start) }
      }
      entries.removeAll { $0.isSame(as: updater) }
      bucket.fields = fields
      entries.append(bucket)
      count -= 1
    }
  }
}

extension ManagedFields.Entry {
  /// The text by which the server orders managers of equal age.
  fileprivate var identity: String {
    "{\"manager\":\"\(manager)\",\"operation\":\"\(operation.rawValue)\",\"apiVersion\":\"\(apiVersion)\""
      + (subresource.isEmpty ? "}" : ",\"subresource\":\"\(subresource)\"}")
  }

  var json: JSONValue {
    var value: JSONObject = [
      "apiVersion": .string(apiVersion), "fieldsType": "FieldsV1", "fieldsV1": fields.fieldsV1,
      "operation": .string(operation.rawValue),
    ]
    if !manager.isEmpty { value["manager"] = .string(manager) }
    if let time { value["time"] = .string(time) }
    if !subresource.isEmpty { value["subresource"] = .string(subresource) }
    return .object(value)
  }

  /// The manager as messages name it.
  var owner: String {
    "\"\(manager)\"" + (subresource.isEmpty ? "" : " with subresource \"\(subresource)\"")
      + (operation == .update ? " using \(apiVersion)" : "")
  }
}

extension KubeObject {
  /// `metadata.managedFields`.
  var managedFields: JSONValue? {
    get { self[path: "metadata", "managedFields"] }
    set { set("metadata", "managedFields", to: newValue) }
  }
}
