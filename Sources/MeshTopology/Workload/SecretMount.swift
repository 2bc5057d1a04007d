/// A Secret whose keys a workload finds as files.
public struct SecretMount: TopologyValue {
  /// The Secret, in the workload's namespace; somebody else makes it.
  public var name: String
  /// The folder that holds one file for each key.
  public var path: String

  /// Creates a mount.
  public init(name: String, path: String) {
    self.name = name
    self.path = path
  }
}

extension SecretMount: Formed {
  static let form = Form(
    "SecretMount", "A Secret whose keys a workload finds as files.", blank: Self(name: "", path: "")
  ) {
    FormField.required(
      "name", \.name, .name(.domain), example: "user-tls",
      "The Secret, in the workload's namespace. The topology never holds what is in it.")
    FormField.required(
      "path", \.path, .path("/etc/tls"), example: "/etc/tls", "The folder that holds one file for each key.")
  }
}
