import KubeModel
import Seams

/// Binds a pod to a node, as a scheduler does.
enum Binding {
  static func answer(_ request: APIRequest, _ served: ServedResource, in state: inout ClusterState)
    throws(StatusError) -> Answer
  {
    let rendering = try Rendering(request, served, now: state.now)
    let options = try WriteOptions(request, .create)
    let binding = try BodyReader.part(of: request, apiVersion: "v1", kind: "Binding")
    try bind(binding, pod: request.info.key, options, manager: options.manager, in: &state)
    return rendering.answer(created, status: 201)
  }

  static let created: JSONValue = [
    "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Success", "code": 201,
  ]

  /// Puts a pod on the node that a binding names.
  static func bind(
    _ binding: JSONValue, pod key: ObjectKey, _ options: WriteOptions, manager: String?,
    in state: inout ClusterState
  ) throws(StatusError) {
    let node = binding["target"]?["name"]?.string ?? ""
    guard !node.isEmpty else { throw .internalError("target.name: Required value") }
    if let kind = binding["target"]?["kind"]?.string, !kind.isEmpty, kind != "Node" {
      throw .internalError(
        "target.kind: Unsupported value: \"\(kind)\": supported values: \"Node\", \"<empty>\"")
    }
    guard let live = state.store.get(.pod, key) else { throw .notFound(.pod, key.name) }
    guard live.deletionTimestamp == nil else {
      throw conflict(key.name, "pod \(key.name) is being deleted, cannot be assigned to a host")
    }
    if let bound = live[path: "spec", "nodeName"]?.string, !bound.isEmpty {
      throw conflict(key.name, "pod \(key.name) is already assigned to node \"\(bound)\"")
    }
    guard !options.isDryRun else { return }
    var pod = live
    pod.set("spec", "nodeName", to: .string(node))
    for (name, value) in binding["metadata"]?["annotations"]?.stringMap ?? [:] {
      pod.annotations[name] = value
    }
    let old = pod[path: "status", "conditions"]?.array ?? []
    let condition: JSONValue = [
      "type": "PodScheduled", "status": "True", "lastProbeTime": .null,
      "lastTransitionTime": .string(state.now.rfc3339),
    ]
    pod.set(
      "status", "conditions", to: .array(old.filter { $0["type"]?.string != "PodScheduled" } + [condition]))
    state.revise(pod, kind: .pod, manager: manager ?? "kube-scheduler", subresource: "binding")
  }

  private static func conflict(_ name: String, _ text: String) -> StatusError {
    .conflict(ResourceKind(group: "", version: "v1", kind: "Pod", plural: "pods/binding"), name, text)
  }
}
