/// A key of a Secret in the same namespace; the topology never holds what is under it.
public struct SecretKey: TopologyValue {
  /// The Secret.
  public var name: String
  /// The key in it.
  public var key: String

  /// Creates a reference.
  public init(name: String, key: String) {
    self.name = name
    self.key = key
  }
}

extension SecretKey: Formed {
  static let form = Form(
    "SecretKey", "A key of a Secret in the same namespace.", blank: Self(name: "", key: "")
  ) {
    FormField.required(
      "name", \.name, .name(.domain), example: "redis-auth",
      "The Secret. The topology never holds what is in it.")
    FormField.required("key", \.key, .name(.key), example: "password", "The key in it.")
  }
}
