/// What a workload may do with the Kubernetes API, or a person with a namespace.
public struct Permission: TopologyValue {
  /// The API groups; the core group, which has an empty name, by default.
  public var groups: [String] = [""]
  /// The kinds of resources in the plural, such as `pods`.
  public var resources: [String]
  /// What may be done with them, such as `get`.
  public var verbs: [String]
  /// The names of the objects; any by default.
  public var names: [String] = []
  /// Whether it holds in all namespaces; false by default.
  public var isClusterWide = false

  /// A permission on all objects of the core group's `resources`.
  public init(resources: [String], verbs: [String]) {
    self.resources = resources
    self.verbs = verbs
  }
}

extension Permission: Formed {
  private static let words = Codec<[String]>.list(
    of: .text(), atLeast: 1, unique: [Unique("word", key: nil) { $0 }])

  static let form = Form(
    "Permission", "What may be done with the Kubernetes API.", blank: Self(resources: [], verbs: [])
  ) {
    FormField.defaulted(
      "groups", \.groups, words, "The API groups; the core group, whose name is empty, by default.",
      default: [""])
    FormField.required(
      "resources", \.resources, words, example: "[configmaps]", "The kinds of resources, in the plural.")
    FormField.required(
      "verbs", \.verbs, words, example: "[get, list]",
      "What may be done: `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`.")
    FormField.list("names", \.names, words, "The names of the objects; any by default.")
    FormField.defaulted(
      "clusterWide", \.isClusterWide, .flag, property: "isClusterWide",
      "Whether it holds in all namespaces, by a ClusterRole.", default: false)
  }.checked { permission, section in
    let known = [
      "get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "*",
      "use", "bind", "escalate", "impersonate", "approve", "sign",
    ]
    for (index, verb) in permission.verbs.enumerated() where !known.contains(verb) {
      section.reading.report(
        .invalidValue, "\(shown(verb)) is no verb of the Kubernetes API",
        at: section.spot("verbs", .index(index)),
        remedy: Suggestion.remedy(
          for: verb, in: known, otherwise: "the verbs are \(alternatives(known.prefix(8), last: "and"))"))
    }
  }
}
