import KubeModel

/// Where an object keeps what its scale shows.
struct ScalePaths: Sendable {
  var spec = ["spec", "replicas"]
  var status = ["status", "replicas"]
  /// Of the text of a selector in a custom object; `nil` for built-in kinds, which have selectors of their own.
  var selector: [String]?
  /// Whether the object says in `spec.selector` which pods are its own.
  var isBuiltIn = true

  /// Those of a resource.
  static func of(_ served: ServedResource) -> ScalePaths {
    served.resource.scale ?? ScalePaths()
  }

  /// The path of the count as a definition writes it.
  var written: String { "." + spec.joined(separator: ".") }

  /// The pods that are counted, as a query.
  func selectorText(of object: KubeObject) -> String? {
    if !isBuiltIn { return selector.flatMap { object.value(at: $0)?.string } }
    guard let value = object[path: "spec", "selector"] else { return nil }
    if object.kind == "ReplicationController" { return LabelSelector(matchLabels: value.stringMap).query }
    return LabelSelector(json: value)?.query
  }
}

extension KubeObject {
  /// The value under a path of keys.
  func value(at path: [String]) -> JSONValue? { json[path: path[...]] }

  /// Sets the value under a path of keys.
  mutating func set(path: [String], to value: JSONValue?) { fields.set(path, to: value) }
}
