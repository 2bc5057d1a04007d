import KubeModel
import Seams

/// A fault as it is kept among the cluster's objects, in its snapshot and its journal, like everything else that
/// has to survive a process. The API serves no such kind.
struct StoredFault: Sendable {
  static let kind = ResourceKind(
    group: "sim.meshctl.dev", version: "v1alpha1", kind: "Fault", plural: "faults", isNamespaced: false)

  var fault: Fault
  /// When it was declared, by the true time.
  var since: Timestamp

  static func key(_ name: String) -> ObjectKey { ObjectKey(namespace: "", name: name) }

  var object: KubeObject {
    var object = KubeObject(kind: StoredFault.kind, name: fault.name)
    var spec: JSONObject = [
      "origin": .string(fault.origin.rawValue), "since": .int(since.microseconds),
      "effect": fault.effect.stored, "probability": .double(fault.schedule.probability),
    ]
    switch fault.schedule.start {
    case .after(let delay): spec["after"] = .int(delay.wholeMicroseconds)
    case .at(let time): spec["at"] = .int(time.microseconds)
    }
    spec["duration"] = fault.schedule.duration.map { .int($0.wholeMicroseconds) }
    spec["interval"] = fault.schedule.interval.map { .int($0.wholeMicroseconds) }
    spec["count"] = fault.schedule.count.map { .int(Int64($0)) }
    object.fields["spec"] = .object(spec)
    return object
  }

  init(_ fault: Fault, since: Timestamp) {
    (self.fault, self.since) = (fault, since)
  }

  /// - Returns: `nil` for what another version has written.
  init?(_ object: KubeObject) {
    let spec = object.fields["spec"] ?? .null
    guard let effect = spec["effect"].flatMap(FaultEffect.init(stored:)), let since = spec["since"]?.int,
      let origin = spec["origin"]?.string.flatMap(Fault.Origin.init)
    else { return nil }
    var schedule = FaultSchedule()
    if let delay = spec["after"]?.int { schedule.start = .after(.microseconds(delay)) }
    if let time = spec["at"]?.int { schedule.start = .at(Timestamp(microseconds: time)) }
    schedule.duration = spec["duration"]?.int.map { .microseconds($0) }
    schedule.interval = spec["interval"]?.int.map { .microseconds($0) }
    schedule.count = spec["count"]?.int.map { Int($0) }
    schedule.probability = spec["probability"]?.number ?? 1
    self.init(
      Fault(object.name, effect, schedule, origin: origin), since: Timestamp(microseconds: since))
  }
}

extension JSONValue {
  fileprivate var number: Double? {
    if case .double(let value) = self { return value }
    return int.map { Double($0) }
  }

  fileprivate func duration(_ key: String) -> Duration? { self[key]?.int.map { .microseconds($0) } }

  fileprivate func words(at key: String) -> [String] { (self[key]?.array ?? []).compactMap(\.string) }

  fileprivate func labels(_ key: String) -> [String: String] {
    Dictionary(
      (self[key]?.object?.members ?? []).map { ($0.key, $0.value.string ?? "") }, uniquingKeysWith: { $1 })
  }
}

extension FaultEffect {
  fileprivate var stored: JSONValue {
    switch self {
    case .crash(let pods): ["kind": "crash", "pods": pods.stored]
    case .slowStart(let pods, let time): ["kind": "slowStart", "pods": pods.stored, "by": time.stored]
    case .badImage(let pods): ["kind": "badImage", "pods": pods.stored]
    case .errorRate(let pods, let share):
      ["kind": "errorRate", "pods": pods.stored, "share": .double(share)]
    case .latency(let pods, let time): ["kind": "latency", "pods": pods.stored, "by": time.stored]
    case .nodeLoss(let nodes):
      [
        "kind": "nodeLoss", "names": .array(nodes.names.map { .string($0) }),
        "labels": FaultEffect.stored(nodes.labels),
      ]
    case .zoneLoss(let zone): ["kind": "zoneLoss", "zone": .string(zone)]
    case .regionLoss: ["kind": "regionLoss"]
    case .apiLatency(let requests, let time):
      ["kind": "apiLatency", "requests": requests.stored, "by": time.stored]
    case .apiError(let requests, let failure):
      [
        "kind": "apiError", "requests": requests.stored, "status": .int(Int64(failure.status)),
        "retryAfter": failure.retryAfter.map(\.stored) ?? .null,
      ]
    case .lostAnswer(let requests): ["kind": "lostAnswer", "requests": requests.stored]
    case .lostWatch(let requests): ["kind": "lostWatch", "requests": requests.stored]
    case .staleRead(let requests, let age):
      ["kind": "staleRead", "requests": requests.stored, "by": age.stored]
    case .partition(.metrics): ["kind": "partition", "metrics": true]
    case .partition(.cluster(let name, let hosts)):
      ["kind": "partition", "cluster": .string(name), "hosts": .array(hosts.map { .string($0) })]
    case .clockSkew(let offset): ["kind": "clockSkew", "by": offset.stored]
    }
  }

  fileprivate init?(stored value: JSONValue) {
    let pods = PodTarget(stored: value["pods"] ?? .null)
    let requests = RequestTarget(stored: value["requests"] ?? .null)
    let time = value.duration("by")
    switch value["kind"]?.string {
    case "crash": self = .crash(pods)
    case "slowStart": self = .slowStart(pods, by: time ?? .zero)
    case "badImage": self = .badImage(pods)
    case "errorRate": self = .errorRate(pods, share: value["share"]?.number ?? 0)
    case "latency": self = .latency(pods, by: time ?? .zero)
    case "nodeLoss":
      var nodes = NodeTarget()
      nodes.names = value.words(at: "names")
      nodes.labels = value.labels("labels")
      self = .nodeLoss(nodes)
    case "zoneLoss": self = .zoneLoss(zone: value["zone"]?.string ?? "")
    case "regionLoss": self = .regionLoss
    case "apiLatency": self = .apiLatency(requests, by: time ?? .zero)
    case "apiError":
      self = .apiError(
        requests,
        APIFailure(status: Int(value["status"]?.int ?? 503), retryAfter: value.duration("retryAfter")))
    case "lostAnswer": self = .lostAnswer(requests)
    case "lostWatch": self = .lostWatch(requests)
    case "staleRead": self = .staleRead(requests, by: time ?? .zero)
    case "partition":
      self = .partition(
        value["cluster"]?.string.map { .cluster($0, hosts: value.words(at: "hosts")) } ?? .metrics)
    case "clockSkew": self = .clockSkew(time ?? .zero)
    default: return nil
    }
  }

  fileprivate static func stored(_ labels: [String: String]) -> JSONValue {
    .object(JSONObject(labels.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
  }
}

extension Duration {
  fileprivate var stored: JSONValue { .int(wholeMicroseconds) }
}

extension PodTarget {
  fileprivate var stored: JSONValue {
    var value: JSONObject = ["labels": FaultEffect.stored(labels)]
    value["namespace"] = namespace.map { .string($0) }
    value["name"] = name.map { .string($0) }
    value["image"] = image.map { .string($0) }
    value["limit"] = limit.map { .int(Int64($0)) }
    return .object(value)
  }

  fileprivate init(stored value: JSONValue) {
    namespace = value["namespace"]?.string
    labels = value.labels("labels")
    name = value["name"]?.string
    image = value["image"]?.string
    limit = value["limit"]?.int.map { Int($0) }
  }
}

extension RequestTarget {
  fileprivate var stored: JSONValue {
    var value: JSONObject = [
      "verbs": .array(verbs.map { .string($0) }), "resources": .array(resources.map { .string($0) }),
      "share": .double(share),
    ]
    value["namespace"] = namespace.map { .string($0) }
    return .object(value)
  }

  fileprivate init(stored value: JSONValue) {
    verbs = value.words(at: "verbs")
    resources = value.words(at: "resources")
    namespace = value["namespace"]?.string
    share = value["share"]?.number ?? 1
  }
}
