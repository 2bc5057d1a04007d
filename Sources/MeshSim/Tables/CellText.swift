import KubeModel

/// The texts that cells of several kinds share.
enum CellText {
  static func labels(_ map: JSONValue?) -> String {
    (map?.object?.members ?? []).map { "\($0.key)=\($0.value.string ?? "")" }.joined(separator: ",").orNone
  }

  /// A label selector in query form, by key; empty for one that selects nothing or all.
  static func selector(_ selector: JSONValue?) -> String {
    var parts: [(key: String, text: String)] = (selector?["matchLabels"]?.object?.members ?? []).map {
      ($0.key, "\($0.key)=\($0.value.string ?? "")")
    }
    for expression in selector?["matchExpressions"]?.array ?? [] {
      let key = expression["key"]?.string ?? ""
      let values = (expression["values"]?.array ?? []).compactMap(\.string).sorted().joined(separator: ",")
      switch expression["operator"]?.string {
      case "In": parts.append((key, "\(key) in (\(values))"))
      case "NotIn": parts.append((key, "\(key) notin (\(values))"))
      case "DoesNotExist": parts.append((key, "!\(key)"))
      default: parts.append((key, key))
      }
    }
    let order = parts.indices.sorted { (parts[$0].key, $0) < (parts[$1].key, $1) }
    return order.map { parts[$0].text }.joined(separator: ",")
  }

  /// The first few of a list, and how many more there are.
  static func first(_ limit: Int, of all: [String], separator: String = ",") -> String {
    let shown = all.prefix(limit).joined(separator: separator)
    return all.count > limit ? "\(shown) + \(all.count - limit) more..." : shown
  }

  /// An integer or a text such as `25%`; `absent` when there is neither.
  static func intOrString(_ value: JSONValue?, or absent: String) -> String {
    value?.int.map(String.init) ?? value?.string ?? absent
  }

  /// Access modes of a volume in short, each once.
  static func accessModes(_ modes: [JSONValue]) -> String {
    [
      ("ReadWriteOnce", "RWO"), ("ReadOnlyMany", "ROX"), ("ReadWriteMany", "RWX"),
      ("ReadWriteOncePod", "RWOP"),
    ].filter { modes.contains(.string($0.0)) }.map(\.1).joined(separator: ",")
  }

  /// The storage class of a claim or volume; an annotation of old wins.
  static func storageClass(_ object: KubeObject) -> String {
    object.annotations["volume.beta.kubernetes.io/storage-class"]
      ?? object[path: "spec", "storageClassName"]?.string ?? ""
  }
}

extension String {
  /// `<none>` in place of nothing.
  var orNone: String { isEmpty ? "<none>" : self }
}

extension JSONValue {
  /// The amount of a quantity, which JSON may also hold as a number.
  var amountText: String? { string ?? int.map(String.init) }
}
