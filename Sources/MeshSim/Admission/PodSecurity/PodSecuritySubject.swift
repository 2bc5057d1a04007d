import KubeModel

/// A pod, or the template of one, as the checks see it.
struct PodSecuritySubject {
  static let appArmorPrefix = "container.apparmor.security.beta.kubernetes.io/"

  let annotations: [String: String]
  let spec: JSONValue
  /// Init containers, containers and ephemeral containers.
  let containers: [JSONValue]

  init(metadata: JSONValue?, spec: JSONValue?) {
    annotations = metadata?["annotations"]?.stringMap ?? [:]
    self.spec = spec ?? .null
    containers = ["initContainers", "containers", "ephemeralContainers"].flatMap { spec?[$0]?.array ?? [] }
  }

  /// The security context of the pod.
  var context: JSONValue { spec["securityContext"] ?? .null }
  var isWindows: Bool { spec[path: "os", "name"]?.string == "windows" }
  var volumes: [JSONValue] { spec["volumes"]?.array ?? [] }

  /// The names of the containers whose own security context fulfills a condition.
  func containers(where condition: (JSONValue) -> Bool) -> [String] {
    containers.filter { condition($0["securityContext"] ?? .null) }.map { $0["name"]?.string ?? "" }
  }
}

/// A check that a pod fails.
struct PodSecurityViolation: Hashable, Sendable {
  let reason: String
  var detail = ""
}

/// Words for several things, as these messages put them.
enum PodSecurityWords {
  /// `"a", "b"`.
  static func quoted(_ names: [String]) -> String { names.map { "\"\($0)\"" }.joined(separator: ", ") }

  /// `container "a"` or `containers "a", "b"`.
  static func containers(_ names: [String]) -> String {
    plural("container", "containers", names.count) + " " + quoted(names)
  }

  static func plural(_ one: String, _ several: String, _ count: Int) -> String { count == 1 ? one : several }

  /// `pod and container "a"`: who sets what must not be set.
  static func setters(pod: Bool, _ containers: [String]) -> String {
    ((pod ? ["pod"] : []) + (containers.isEmpty ? [] : [self.containers(containers)])).joined(
      separator: " and ")
  }
}
