internal import KubeModel

/// A step in which Prometheus keeps a target or changes its labels.
struct Relabeling {
  enum Action: String {
    case keep, drop, replace
  }

  var sources: [String] = []
  var action = Action.replace
  /// The expression that the sources, joined by `;`, must match as a whole; anything by default.
  var regex: String?
  var target: String?
  var replacement: String?

  /// Keeps what matches.
  static func keep(_ sources: [String], _ regex: String) -> Relabeling {
    Relabeling(sources: sources, action: .keep, regex: regex)
  }

  /// Leaves out what matches.
  static func drop(_ sources: [String], _ regex: String) -> Relabeling {
    Relabeling(sources: sources, action: .drop, regex: regex)
  }

  /// Copies a label.
  static func copy(_ source: String, to target: String) -> Relabeling {
    Relabeling(sources: [source], target: target)
  }

  /// Sets a label to `replacement` when the sources match.
  static func set(_ target: String, to replacement: String, where sources: [String], match regex: String)
    -> Relabeling
  {
    Relabeling(sources: sources, regex: regex, target: target, replacement: replacement)
  }

  /// As Prometheus' configuration has it.
  var yaml: YAMLTree {
    var entries: [(String, YAMLTree)] = [("source_labels", .texts(sources))]
    // To replace is what a step does that says nothing else.
    if action != .replace { entries.append(("action", .text(action.rawValue))) }
    if let regex { entries.append(("regex", .text(regex))) }
    if let target { entries.append(("target_label", .text(target))) }
    if let replacement { entries.append(("replacement", .text(replacement))) }
    return .mapping(entries)
  }

  /// As the objects of Prometheus' operator have it.
  var json: JSONValue {
    var json: JSONValue = ["sourceLabels": .array(sources.map(JSONValue.string))]
    if action != .replace { json["action"] = .string(action.rawValue) }
    json["regex"] = regex.map(JSONValue.string)
    json["targetLabel"] = target.map(JSONValue.string)
    json["replacement"] = replacement.map(JSONValue.string)
    return json
  }
}

/// The labels by which Prometheus knows what it found in Kubernetes.
enum Discovered {
  static let namespace = "__meta_kubernetes_namespace"
  static let service = "__meta_kubernetes_service_name"
  static let endpointPort = "__meta_kubernetes_endpoint_port_name"
  static let node = "__meta_kubernetes_node_name"
  static let pod = "__meta_kubernetes_pod_name"
  static let podAddress = "__meta_kubernetes_pod_ip"
  static let podPhase = "__meta_kubernetes_pod_phase"
  static let container = "__meta_kubernetes_pod_container_name"
  static let containerPort = "__meta_kubernetes_pod_container_port_number"
  static let containerPortName = "__meta_kubernetes_pod_container_port_name"
  static let app = "__meta_kubernetes_pod_label_app"
  /// The label `cnpg.io/cluster`, as Prometheus writes it.
  static let database = "__meta_kubernetes_pod_label_cnpg_io_cluster"

  /// What a pod's measures are told apart by, besides their own labels.
  static let podLabels: [Relabeling] = [
    .copy(namespace, to: "namespace"), .copy(pod, to: "pod"), .copy(app, to: "workload"),
  ]

  /// Pods that have ended still have an address, which may be another pod's by now.
  static let running = Relabeling.drop([podPhase], "Pending|Succeeded|Failed")
}
