/// Who is at one end of requests, in the words of Istio's metrics.
struct MeterParty: Hashable, Sendable {
  var workload = "unknown"
  var namespace = "unknown"
  var principal = "unknown"
  var app = "unknown"
  var version = "unknown"
  var canonicalService = "unknown"
  var canonicalRevision = "latest"
  var cluster = "unknown"

  /// Nobody that the proxies know.
  static let unknown = MeterParty()

  init() {}

  init(_ pods: PodFacts) {
    workload = pods.workload
    namespace = pods.namespace
    principal = pods.hasProxy ? "spiffe://\(pods.principal)" : "unknown"
    app = pods.labels["app"] ?? pods.labels["app.kubernetes.io/name"] ?? "unknown"
    version = pods.labels["version"] ?? pods.labels["app.kubernetes.io/version"] ?? "unknown"
    canonicalService =
      pods.labels["service.istio.io/canonical-name"] ?? pods.labels["app.kubernetes.io/name"] ?? pods.labels[
        "app"]
      ?? pods.workload
    canonicalRevision =
      pods.labels["service.istio.io/canonical-revision"] ?? pods.labels["app.kubernetes.io/version"]
      ?? pods.labels["version"] ?? "latest"
    cluster = "Kubernetes"
  }

  /// The mesh's own gateway.
  static let ingress: MeterParty = {
    var party = MeterParty()
    party.workload = "istio-ingressgateway"
    party.namespace = RoutingSnapshot.root
    party.principal = "spiffe://cluster.local/ns/istio-system/sa/istio-ingressgateway-service-account"
    party.app = "istio-ingressgateway"
    party.canonicalService = "istio-ingressgateway"
    party.cluster = "Kubernetes"
    return party
  }()
}

/// Who sends what to whom.
struct MeterSubject: Hashable, Sendable {
  var source: MeterParty
  var destination: MeterParty
  var host: String
  var service: ServiceName?
  var kind: ClientRequest.Kind
  var isMutualTLS: Bool
}

/// The counters that the mesh's proxies keep.
struct RequestMeters: Sendable {
  /// One set of counters: of one proxy's side, with one kind of answer.
  struct Meter: Sendable {
    let subject: MeterSubject
    let isSource: Bool
    let code: Int
    let flags: String
    var count = 0
    var buckets = [Int](repeating: 0, count: RequestStatistics.bounds.count + 1)
    var seconds = 0.0
  }

  private struct Key: Hashable {
    let subject: MeterSubject
    let isSource: Bool
    let code: Int
    let flags: String
  }

  /// Where a subject of the present network has its meters.
  private struct Slot: Sendable {
    let subject: MeterSubject
    var meters: [(isSource: Bool, code: Int, flags: String, meter: Int)] = []
  }

  /// In the order in which they came; none ever goes.
  private(set) var meters: [Meter] = []
  private var places: [Key: Int] = [:]
  private var slots: [Slot] = []

  /// Forgets the places of subjects, not what has been counted.
  mutating func clearSlots() { slots.removeAll(keepingCapacity: true) }

  mutating func addSlot(_ subject: MeterSubject) -> Int {
    slots.append(Slot(subject: subject))
    return slots.count - 1
  }

  /// Counts requests of a subject.
  mutating func count(
    _ count: Int, buckets: [Int], seconds: Double, slot: Int, isSource: Bool, code: Int, flags: String
  ) {
    guard count > 0 else { return }
    // Connections have no status.
    let meter = place(slot, isSource, slots[slot].subject.kind == .tcp ? 0 : code, flags)
    meters[meter].count += count
    meters[meter].seconds += seconds
    for index in buckets.indices { meters[meter].buckets[index] += buckets[index] }
  }

  private mutating func place(_ slot: Int, _ isSource: Bool, _ code: Int, _ flags: String) -> Int {
    for known in slots[slot].meters
    where known.code == code && known.isSource == isSource && known.flags == flags {
      return known.meter
    }
    let key = Key(subject: slots[slot].subject, isSource: isSource, code: code, flags: flags)
    let meter = places[key] ?? meters.count
    if meter == meters.count {
      places[key] = meter
      meters.append(Meter(subject: key.subject, isSource: isSource, code: code, flags: flags))
    }
    slots[slot].meters.append((isSource, code, flags, meter))
    return meter
  }
}

/// What a gateway has answered to users.
struct GatewayMeterKey: Hashable, Comparable, Sendable {
  let gateway: String
  let service: String
  let route: String
  let code: Int

  static func < (left: GatewayMeterKey, right: GatewayMeterKey) -> Bool {
    (left.gateway, left.service, left.route, left.code) < (
      right.gateway, right.service, right.route, right.code
    )
  }
}
