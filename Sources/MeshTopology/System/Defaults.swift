/// What holds for all workloads that say nothing else.
///
/// Defaults are taken in while a topology is read: what is read says everything itself.
struct Defaults: TopologyValue {
  var name: String

  init(name: String) { self.name = name }
}

extension Defaults: Formed {
  static let form = Form(
    "Defaults", "What holds for all workloads, or for those of one namespace, that say nothing else.",
    blank: Self(name: "")
  ) {
    FormField.ignored(
      "workload", shape: .any(words: "any part of the spec of a Workload"),
      example: "{resources: {cpu: 100m, memory: 128Mi}}",
      "Part of the spec of a Workload.")
    FormField.ignored(
      "namespace", shape: .text(words: NameRule.label.words), example: nil,
      "The namespace it holds in; all by default.")
  }
}
