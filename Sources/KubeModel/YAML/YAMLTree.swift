internal import Yams

/// A YAML value whose mappings keep the order in which they are to be written.
public indirect enum YAMLTree: Sendable {
  /// A value on its own; an object or array is written as it is.
  case scalar(JSONValue)
  /// A sequence.
  case list([YAMLTree])
  /// A mapping.
  case mapping([(String, YAMLTree)])

  /// The value without the order.
  public var json: JSONValue {
    switch self {
    case .scalar(let json): json
    case .list(let elements): .array(elements.map(\.json))
    case .mapping(let entries): .object(JSONObject(entries.lazy.map { ($0.0, $0.1.json) }))
    }
  }

  /// The value as one document of YAML, ending with a newline.
  public var yamlText: String {
    do {
      return try Yams.serialize(node: node, width: -1)
    } catch {
      // libyaml only fails to emit when memory is short; JSON is YAML too.
      return json.jsonText(isPretty: true) + "\n"
    }
  }

  private var node: Node {
    switch self {
    case .scalar(let json): json.yamlNode
    case .list(let elements): Node(elements.map(\.node))
    case .mapping(let entries): Node(entries.map { (JSONValue.string($0.0).yamlNode, $0.1.node) })
    }
  }
}
