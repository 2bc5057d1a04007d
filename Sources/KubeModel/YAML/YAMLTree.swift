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
    var writer = YAMLWriter()
    writer.write(self, .document, indentation: 0)
    return writer.text
  }
}
