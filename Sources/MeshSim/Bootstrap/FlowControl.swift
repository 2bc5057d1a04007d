import KubeModel
import Seams

/// The flow schemas and priority levels that an API server makes for itself. Nothing is queued by them here: they are
/// there to be looked at.
enum FlowControl {
  private static let levelKind = kind("PriorityLevelConfiguration", "prioritylevelconfigurations")
  private static let schemaKind = kind("FlowSchema", "flowschemas")

  private static func kind(_ kind: String, _ plural: String) -> ResourceKind {
    ResourceKind(
      group: "flowcontrol.apiserver.k8s.io", version: "v1", kind: kind, plural: plural, isNamespaced: false)
  }

  static func objects(at time: Timestamp) -> [(ResourceKind, KubeObject)] {
    levels.map { (levelKind, level($0)) } + schemas.map { (schemaKind, schema($0, at: time)) }
  }

  // MARK: Priority levels

  private struct Level {
    var name: String
    var shares: Int64
    var lendable: Int64
    /// Queues and how many of them a flow uses; `nil` where what is too much is refused.
    var queues: (count: Int64, hand: Int64)?
  }

  private static let levels = [
    Level(name: "exempt", shares: 0, lendable: 0), Level(name: "catch-all", shares: 5, lendable: 0),
    Level(name: "system", shares: 30, lendable: 33, queues: (64, 6)),
    Level(name: "node-high", shares: 40, lendable: 25, queues: (64, 6)),
    Level(name: "leader-election", shares: 10, lendable: 0, queues: (16, 4)),
    Level(name: "workload-high", shares: 40, lendable: 50, queues: (128, 6)),
    Level(name: "workload-low", shares: 100, lendable: 90, queues: (128, 6)),
    Level(name: "global-default", shares: 20, lendable: 50, queues: (128, 6)),
  ]

  private static func level(_ level: Level) -> KubeObject {
    var object = named(levelKind, level.name)
    var bounds: JSONValue = [
      "lendablePercent": .int(level.lendable), "nominalConcurrencyShares": .int(level.shares),
    ]
    if level.name == "exempt" {
      object.fields["spec"] = ["type": "Exempt", "exempt": bounds]
    } else {
      bounds["limitResponse"] = ["type": "Reject"]
      if let queues = level.queues {
        bounds["limitResponse"] = [
          "type": "Queue",
          "queuing": [
            "queues": .int(queues.count), "handSize": .int(queues.hand), "queueLengthLimit": 50,
          ],
        ]
      }
      object.fields["spec"] = ["type": "Limited", "limited": bounds]
    }
    object.fields["status"] = [:]
    return object
  }

  // MARK: Flow schemas

  private struct Flow {
    var name: String
    var level: String
    var precedence: Int64
    /// What tells flows apart: `ByUser`, `ByNamespace`, or nothing.
    var distinguisher: String?
    var subjects: [JSONValue]
    var resources: [JSONValue] = [rule()]
    var paths: [String] = ["*"]
    var pathVerb = "*"
  }

  private static let everyone = [group("system:unauthenticated"), group("system:authenticated")]
  private static let systemAccounts: JSONValue = [
    "kind": "ServiceAccount", "serviceAccount": ["name": "*", "namespace": "kube-system"],
  ]
  private static let leases = rule(
    verbs: ["*"], group: "coordination.k8s.io", resources: ["leases"], isClusterScoped: false)

  private static let schemas = [
    Flow(name: "exempt", level: "exempt", precedence: 1, subjects: [group("system:masters")]),
    Flow(
      name: "probes", level: "exempt", precedence: 2, subjects: everyone, resources: [],
      paths: ["/healthz", "/readyz", "/livez"], pathVerb: "get"),
    Flow(
      name: "system-leader-election", level: "leader-election", precedence: 100, distinguisher: "ByUser",
      subjects: [user("system:kube-controller-manager"), user("system:kube-scheduler"), systemAccounts],
      resources: [
        rule(
          verbs: ["get", "create", "update"], group: "coordination.k8s.io", resources: ["leases"],
          isClusterScoped: false)
      ], paths: []),
    Flow(
      name: "system-node-high", level: "node-high", precedence: 400, distinguisher: "ByUser",
      subjects: [group("system:nodes")],
      resources: [rule(group: "", resources: ["nodes", "nodes/status"]), leases], paths: []),
    Flow(
      name: "system-nodes", level: "system", precedence: 500, distinguisher: "ByUser",
      subjects: [group("system:nodes")]),
    Flow(
      name: "kube-controller-manager", level: "workload-high", precedence: 800, distinguisher: "ByNamespace",
      subjects: [user("system:kube-controller-manager")]),
    Flow(
      name: "kube-scheduler", level: "workload-high", precedence: 800, distinguisher: "ByNamespace",
      subjects: [user("system:kube-scheduler")]),
    Flow(
      name: "kube-system-service-accounts", level: "workload-high", precedence: 900,
      distinguisher: "ByNamespace", subjects: [systemAccounts]),
    Flow(
      name: "service-accounts", level: "workload-low", precedence: 9_000, distinguisher: "ByUser",
      subjects: [group("system:serviceaccounts")]),
    Flow(
      name: "global-default", level: "global-default", precedence: 9_900, distinguisher: "ByUser",
      subjects: everyone),
    Flow(
      name: "catch-all", level: "catch-all", precedence: 10_000, distinguisher: "ByUser", subjects: everyone),
  ]

  private static func schema(_ flow: Flow, at time: Timestamp) -> KubeObject {
    var object = named(schemaKind, flow.name)
    var rules: JSONValue = ["subjects": .array(flow.subjects)]
    if !flow.resources.isEmpty { rules["resourceRules"] = .array(flow.resources) }
    if !flow.paths.isEmpty {
      rules["nonResourceRules"] = [
        [
          "verbs": [.string(flow.pathVerb)], "nonResourceURLs": .array(flow.paths.map(JSONValue.string)),
        ]
      ]
    }
    var spec: JSONValue = [
      "matchingPrecedence": .int(flow.precedence), "rules": [rules],
      "priorityLevelConfiguration": ["name": .string(flow.level)],
    ]
    if let distinguisher = flow.distinguisher {
      spec["distinguisherMethod"] = ["type": .string(distinguisher)]
    }
    object.fields["spec"] = spec
    object.fields["status"] = [
      "conditions": [
        [
          "type": "Dangling", "status": "False", "reason": "Found",
          "lastTransitionTime": .string(time.rfc3339),
          "message": .string(
            "This FlowSchema references the PriorityLevelConfiguration object named \"\(flow.level)\" and it exists"
          ),
        ]
      ]
    ]
    return object
  }

  private static func rule(
    verbs: [String] = ["*"], group: String = "*", resources: [String] = ["*"], isClusterScoped: Bool = true
  ) -> JSONValue {
    var rule: JSONValue = [
      "verbs": .array(verbs.map(JSONValue.string)), "apiGroups": [.string(group)],
      "resources": .array(resources.map(JSONValue.string)), "namespaces": ["*"],
    ]
    if isClusterScoped { rule["clusterScope"] = true }
    return rule
  }

  private static func group(_ name: String) -> JSONValue {
    ["kind": "Group", "group": ["name": .string(name)]]
  }

  private static func user(_ name: String) -> JSONValue { ["kind": "User", "user": ["name": .string(name)]] }

  private static func named(_ kind: ResourceKind, _ name: String) -> KubeObject {
    var object = KubeObject(kind: kind, name: name)
    object.annotations = ["apf.kubernetes.io/autoupdate-spec": "true"]
    object.set("metadata", "generation", to: 1)
    return object
  }
}
