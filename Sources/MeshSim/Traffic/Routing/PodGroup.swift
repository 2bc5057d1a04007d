internal import KubeModel
internal import Seams

/// Pods that no rule can tell apart: same namespace, labels, account and containers.
public struct PodGroup: Sendable {
  /// One pod of a group.
  struct Member: Sendable {
    let name: String
    let uid: String
    let address: String
    let isReady: Bool
  }

  /// What the rules see of these pods.
  let facts: PodFacts
  /// All of them, by name.
  var members: [Member]
  /// Those that take requests.
  var readyCount: Int

  init(_ facts: PodFacts) {
    self.facts = facts
    members = []
    readyCount = 0
  }

  mutating func add(_ member: Member) {
    members.append(member)
    if member.isReady { readyCount += 1 }
  }

  var address: String { members.first?.address ?? "" }
}

/// What the rules of a cluster see of a pod besides its address and whether it is ready.
struct PodFacts: Hashable, Sendable {
  struct Port: Hashable, Sendable {
    let name: String
    let number: Int
  }

  let namespace: String
  /// The Deployment, StatefulSet or other owner; a pod without one is its own.
  let workload: String
  let image: String
  let labels: [String: String]
  let serviceAccount: String
  let ports: [Port]
  /// Whether a proxy stands before it: a container of its own, or one that its namespace lets be injected.
  let hasProxy: Bool
  /// Ports at which the proxy is passed by.
  let excludedInbound: Set<Int>
  let excludedOutbound: Set<Int>
  /// Cores that its containers may use; `nil` without a limit.
  let cpuLimit: Double?
  let memoryRequest: Double?
  /// Kong's declarative file, if the pod runs Kong with one.
  let kong: KongFileReference?
  /// What faults do to requests at these pods.
  var trouble = RequestTrouble()
  /// Tells groups apart, and orders them.
  private(set) var key: String

  init(_ pod: KubeObject, namespaceLabels: [String: String]) {
    namespace = pod.namespace ?? ""
    let spec = pod.fields["spec"] ?? .null
    let labels = pod.labels
    self.labels = labels
    let containers = spec["containers"]?.array ?? []
    let main = containers.first { $0["name"]?.string != "istio-proxy" }
    image = main?["image"]?.string ?? ""
    let name = PodFacts.workload(of: pod, labels)
    workload = name
    let account = spec["serviceAccountName"]?.string ?? "default"
    serviceAccount = account
    let annotations = pod.annotations
    ports = containers.flatMap { $0["ports"]?.array ?? [] }.map {
      Port(name: $0["name"]?.string ?? "", number: Int($0["containerPort"]?.int ?? 0))
    }
    let all = containers + (spec["initContainers"]?.array ?? [])
    let isInjected = PodFacts.isInjected(labels, annotations, namespaceLabels)
    hasProxy =
      all.contains { $0["name"]?.string == "istio-proxy" } || isInjected && spec["hostNetwork"]?.bool != true
    let excluded = { (key: String) in
      Set((annotations["traffic.sidecar.istio.io/" + key] ?? "").split(separator: ",").compactMap { Int($0) })
    }
    excludedInbound = excluded("excludeInboundPorts")
    excludedOutbound = excluded("excludeOutboundPorts")
    let limits = main.flatMap { $0[path: "resources", "limits", "cpu"]?.string }
    cpuLimit = limits.flatMap { Quantity(parsing: $0)?.value }
    let memory = main.flatMap { $0[path: "resources", "requests", "memory"]?.string }
    memoryRequest = memory.flatMap { Quantity(parsing: $0)?.value }
    kong = main.flatMap { KongFileReference(container: $0, spec: spec, namespace: pod.namespace ?? "") }
    let text = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
    key = "\(pod.namespace ?? "")/\(name)/\(image)/\(account)/\(hasProxy)/\(text)"
  }

  /// The proxy is injected where the namespace or the pod asks for it, unless one of them says no.
  private static func isInjected(
    _ labels: [String: String], _ annotations: [String: String], _ namespace: [String: String]
  ) -> Bool {
    let wish = labels["sidecar.istio.io/inject"] ?? annotations["sidecar.istio.io/inject"]
    if wish == "false" || namespace["istio-injection"] == "disabled" { return false }
    return namespace["istio-injection"] == "enabled" || namespace["istio.io/rev"] != nil || wish == "true"
  }

  private static func workload(of pod: KubeObject, _ labels: [String: String]) -> String {
    var name = pod.controllerReference?["name"]?.string ?? pod.name
    if let hash = labels["pod-template-hash"], name.hasSuffix("-\(hash)") {
      name.removeLast(hash.utf8.count + 1)
    }
    return name
  }

  /// The same pods, apart from those that nothing is wrong with.
  func with(_ trouble: RequestTrouble) -> PodFacts {
    var facts = self
    facts.trouble = trouble
    facts.key +=
      "/\(trouble.isUnreachable)/\(trouble.errorShare)/\(trouble.addedLatency.wholeMicroseconds)"
    return facts
  }

  /// The identity that its proxy proves.
  var principal: String { "cluster.local/ns/\(namespace)/sa/\(serviceAccount)" }

  /// The port that a Service's target port means here; `nil` when a named one is not there.
  func number(of target: ServiceFacts.Target) -> Int? {
    switch target {
    case .number(let number): number
    case .name(let name): ports.first { $0.name == name }?.number
    }
  }

  /// Whether something listens on a port: what declares its ports listens on these only.
  func listens(on port: Int) -> Bool { ports.isEmpty || ports.contains { $0.number == port } }

  static func == (left: PodFacts, right: PodFacts) -> Bool { left.key == right.key }

  func hash(into hasher: inout Hasher) { hasher.combine(key) }
}
