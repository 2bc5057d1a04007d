internal import KubeModel

/// A file that a workload reads its settings from; it is kept in a ConfigMap.
public struct ConfigurationFile: TopologyValue {
  /// Where the containers find it, such as `/etc/app/settings.yaml`.
  public var path: String
  /// What is in it.
  public var content: String

  /// Creates a file.
  public init(path: String, content: String) {
    self.path = path
    self.content = content
  }
}

extension ConfigurationFile: Formed {
  static let form = Form(
    "ConfigurationFile", "A file that a workload reads its settings from, kept in a ConfigMap.",
    blank: Self(path: "", content: "")
  ) {
    FormField.required(
      "path", \.path, .path("/etc/app/settings.yaml"), example: "/etc/app/settings.yaml",
      "Where the containers find it.")
    FormField.required(
      "content", \.content, .text("text, of any number of lines", atMost: 512 * 1024),
      example: "\"level: info\"",
      "What is in it. A change starts the pods anew.")
  }
}
