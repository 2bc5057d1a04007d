import KubeModel

/// One step of a field path, as managedFields write it.
enum PathElement: Hashable, Comparable, Sendable {
  /// `f:name`
  case field(String)
  /// `k:{"name":"x"}`: an element of a keyed list.
  case key(JSONObject)
  /// `v:"x"`: an element of a set.
  case value(JSONValue)

  init?(managedFieldsKey text: String) {
    let rest = String(text.dropFirst(2))
    switch text.prefix(2) {
    case "f:": self = .field(rest)
    case "k:":
      guard let key = try? JSONValue(json: rest), let object = key.object else { return nil }
      self = .key(object)
    case "v:":
      guard let value = try? JSONValue(json: rest) else { return nil }
      self = .value(value)
    default: return nil
    }
  }

  /// The text in managedFields.
  var managedFieldsKey: String {
    switch self {
    case .field(let name): "f:" + name
    case .key(let key): "k:" + JSONValue.object(key).jsonText()
    case .value(let value): "v:" + value.jsonText()
    }
  }

  /// The text in a conflict's field path, such as `.spec` or `[name="x"]`.
  var conflictText: String {
    switch self {
    case .field(let name): "." + name
    case .key(let key):
      "[" + key.members.map { "\($0.key)=\($0.value.jsonText())" }.joined(separator: ",") + "]"
    case .value(let value): "[=\(value.jsonText())]"
    }
  }

  static func < (left: PathElement, right: PathElement) -> Bool {
    left.managedFieldsKey < right.managedFieldsKey
  }
}
