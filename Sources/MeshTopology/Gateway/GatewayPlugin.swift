public import KubeModel

extension Gateway {
  /// A plug-in of Kong with its configuration as Kong has it.
  public struct Plugin: TopologyValue {
    /// The name, such as `correlation-id`.
    public var name: String
    /// The configuration; Kong's defaults by default.
    public var config: JSONValue = .object(JSONObject())

    /// A plug-in with Kong's defaults.
    public init(name: String) { self.name = name }
  }
}

extension Gateway.Plugin: Formed {
  static let form = Form(
    "Gateway.Plugin", "A plug-in of Kong with its configuration as Kong has it.", blank: Self(name: "")
  ) {
    FormField.required("name", \.name, .name(.label), example: "correlation-id", "The name.")
    FormField.defaulted(
      "config", \.config, .mapping("the plug-in's configuration as Kong has it"),
      "The configuration; what is missing is as by default in Kong.", default: .object(JSONObject()))
  }

  /// Plug-ins, each once: Kong would take one of two configurations and drop the other.
  static let list = Codec<[Gateway.Plugin]>.list(
    of: .form, unique: [Unique("plug-in", key: "name") { $0.name }])
}

extension Codec where Value == JSONValue {
  /// Any mapping, kept as it is.
  static func mapping(_ words: String) -> Codec {
    Codec(
      read: { field in
        let json = field.node.json
        guard json.object != nil else {
          field.reportType(
            expected: "a mapping", remedy: "write its fields as KEY: VALUE lines, indented below")
          return nil
        }
        return json
      },
      write: { .scalar($0) }, source: { SwiftSource(json: $0) }, shape: { .any(words: words) })
  }
}

extension SwiftSource {
  /// A JSON value as a literal.
  init(json: JSONValue) {
    switch json {
    case .null: self.init(".null")
    case .bool(let bool): self.init("\(bool)")
    case .int(let int): self.init("\(int)")
    case .double(let double): self.init(".double(\(double))")
    case .string(let text): self.init(SwiftSource.literal(text))
    case .array(let elements): self.init(list: elements.map(SwiftSource.init(json:)))
    case .object(let object): self.init(map: object.members.map { ($0.key, SwiftSource(json: $0.value)) })
    }
  }
}
