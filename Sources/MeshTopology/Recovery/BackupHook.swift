/// Commands in pods before and after they are saved, such as one that writes everything to the disk.
public struct BackupHook: TopologyValue {
  /// The name.
  public var name: String
  /// The namespaces of the pods; all that are saved by default.
  public var namespaces: [String] = []
  /// The labels of the pods; any by default.
  public var labelSelector: [String: String] = [:]
  /// The container that runs the commands; the pod's first one by default.
  public var container: String?
  /// What is run before; nothing by default.
  public var before: [String] = []
  /// What is run after; nothing by default.
  public var after: [String] = []
  /// How long each may take, in whole seconds; 30 s by default, as in Velero.
  public var timeout: Duration = .seconds(30)
  /// Whether a failure makes the backup fail; true by default.
  public var failsBackup = true

  /// A hook in all pods.
  public init(name: String) { self.name = name }
}

extension BackupHook: Formed {
  static let form = Form(
    "BackupHook", "Commands in pods before and after they are saved.", blank: Self(name: "")
  ) {
    FormField.required("name", \.name, .name(.label), example: "flush", "The name.")
    FormField.list(
      "namespaces", \.namespaces,
      .list(of: .name(of: .namespace), unique: [Unique("namespace", key: nil) { $0 }]),
      "The namespaces of the pods; all that are saved by default.")
    FormField.defaulted(
      "labelSelector", \.labelSelector, .map(.labelKey, .setting), "The labels of the pods; any by default.",
      default: [:])
    FormField.optional(
      "container", \.container, .name(.label),
      "The container that runs the commands; the pod's first one by default.")
    FormField.list("before", \.before, .list(of: .text()), "What is run before.")
    FormField.list("after", \.after, .list(of: .text()), "What is run after.")
    FormField.defaulted(
      "timeout", \.timeout, .wholeSeconds(in: .seconds(1) ... .seconds(3600)), "How long each may take.",
      default: .seconds(30))
    FormField.defaulted(
      "failsBackup", \.failsBackup, .flag, "Whether a failure makes the backup fail.", default: true)
  }.checked { hook, section in
    if hook.before.isEmpty, hook.after.isEmpty {
      section.report(
        .missingField, "a hook that runs nothing",
        remedy: "add before: or after: with a command, such as [\"sync\"]")
    }
  }
}
