import KubeModel
import Seams

/// The requests in a cluster and what has been measured of them.
struct TrafficModel {
  struct SeriesKey: Hashable, Comparable {
    let namespace: String
    let workload: String
    let version: String

    static func < (left: SeriesKey, right: SeriesKey) -> Bool {
      (left.namespace, left.workload, left.version) < (right.namespace, right.workload, right.version)
    }
  }

  /// What is known of a pod as long as its version stays.
  private struct KnownPod {
    let version: Int64
    let facts: PodFacts
    let member: PodGroup.Member
  }

  var plan = TrafficPlan() {
    didSet { isStale = true }
  }
  var network = TrafficNetwork(RoutingSnapshot { _ in [] }, loads: [:])
  private var configuration: RoutingSnapshot?
  private var isStale = true
  private var hasNewFiles = false
  /// The versions of the ConfigMaps that have a say.
  private var knownFiles: [Int64] = []
  private var knownPods: [String: KnownPod] = [:]
  /// What pods have used before they came to the group in which they are, by uid.
  private var usedBefore: [String: Double] = [:]
  private var behaviorVersion = -1
  private var settledFlows: [EdgeCall: EdgeFlow] = [:]
  private var series: [SeriesKey: RequestSeries] = [:]
  private var recommendations: [ObjectKey: [(time: Timestamp, replicas: Int)]] = [:]
  /// Requests for which no ready pod was there, by the Service they were sent to.
  private(set) var unroutable: [ServiceName: Int] = [:]
  var profiles = LatencyProfiles()
  var meters = RequestMeters()
  var gatewayMeters: [GatewayMeterKey: Int] = [:]
  var ejections: [EjectionKey: Ejections] = [:]
  var counters = RateCounters()
  var draws = SeededGenerator(seed: 0)
  /// Keeps metrics for queries, once somebody has asked.
  var keeper: (any MetricsKeeper)?

  var isFlowing: Bool { !plan.sources.isEmpty }

  /// Whether changes of a kind change the ways of requests.
  private static let configurationKinds = Set(RoutingSnapshot.configurationKinds)

  mutating func noticeChange(of kind: ResourceKind) {
    if kind == .pod {
      isStale = true
    } else if kind == .configMap {
      hasNewFiles = true
    } else if TrafficModel.configurationKinds.contains(kind) {
      isStale = true
      configuration = nil
      // Which pods have a proxy is said by their namespaces.
      if kind == .namespace { knownPods = [:] }
    }
  }

  /// Takes note that other faults hold than before.
  mutating func noticeFaults() {
    isStale = true
    knownPods = [:]
  }

  // MARK: The network

  /// Brings the network up to date with the objects.
  mutating func refresh(_ store: ObjectStore, _ images: ImageCatalog, _ faults: FaultState) {
    // Most ConfigMaps have nothing to do with traffic, and some change every second.
    if hasNewFiles, fileVersions(store) != knownFiles { isStale = true }
    hasNewFiles = false
    if isStale { rebuild(store, faults) }
    guard isStale || behaviorVersion != images.version else { return }
    isStale = false
    behaviorVersion = images.version
    network.behaviors = network.snapshot.groups.map {
      images.behavior(of: $0.facts.image).with($0.facts.trouble)
    }
  }

  private func fileVersions(_ store: ObjectStore) -> [Int64] {
    network.snapshot.files.map {
      store.stored(.configMap, ObjectKey(namespace: $0.namespace, name: $0.name))?.version ?? 0
    }
  }

  private mutating func rebuild(_ store: ObjectStore, _ faults: FaultState) {
    let lost =
      faults.active.isEmpty
      ? [] : Set(store.list(.node).filter { faults.loss(of: $0) != nil }.map(\.name))
    let configuration = self.configuration ?? RoutingSnapshot { store.list($0) }
    self.configuration = configuration
    var snapshot = configuration
    snapshot.cutHosts = faults.cutHosts
    var pods: [(facts: PodFacts, member: PodGroup.Member)] = []
    var known: [String: KnownPod] = [:]
    for section in store.sections(.pod) {
      let labels = snapshot.namespaces[section.namespace] ?? [:]
      for slot in section.slots {
        let key = section.namespace + "/" + slot.name
        var pod = knownPods[key]
        if pod?.version != slot.stored.version {
          let object = slot.stored.object
          var facts = PodFacts(object, namespaceLabels: labels)
          if !faults.active.isEmpty, let trouble = faults.requestTrouble(of: object, lostNodes: lost) {
            facts = facts.with(trouble)
          }
          pod = KnownPod(
            version: slot.stored.version, facts: facts,
            member: PodGroup.Member(object))
        }
        guard let pod else { continue }
        known[key] = pod
        pods.append((pod.facts, pod.member))
      }
    }
    knownPods = known
    snapshot.setPods(PodGrouping(pods).groups) { store.get(.configMap, ObjectKey(namespace: $0, name: $1)) }
    let loads = settleUse(in: snapshot)
    settleFlows()
    meters.clearSlots()
    network = TrafficNetwork(snapshot, loads: loads)
    knownFiles = fileVersions(store)
  }

  /// Keeps what each pod has used when groups change, and starts the groups' own counts at zero.
  private mutating func settleUse(in next: RoutingSnapshot) -> [String: PodLoad] {
    var loads: [String: PodLoad] = [:]
    var used: [String: Double] = [:]
    for (group, load) in zip(network.snapshot.groups, network.loads) {
      for member in group.members {
        used[member.uid] = (usedBefore[member.uid] ?? 0) + (member.isReady ? load.secondsPerPod : 0)
      }
      var load = load
      load.settle()
      loads[group.facts.key] = load
    }
    let present = Set(next.groups.flatMap { $0.members.map(\.uid) })
    usedBefore = used.filter { present.contains($0.key) }
    return loads
  }

  /// Keeps what has gone along the edges when these are made anew.
  private mutating func settleFlows() {
    for (edge, flow) in zip(network.edges, network.flows) where flow.requests > 0 {
      settledFlows[network.call(of: edge), default: EdgeFlow()] += flow
    }
  }

  /// All that has gone from callers to Services since the cluster was made or loaded.
  var flows: [EdgeCall: EdgeFlow] {
    var flows = settledFlows
    for (edge, flow) in zip(network.edges, network.flows) where flow.requests > 0 {
      flows[network.call(of: edge), default: EdgeFlow()] += flow
    }
    return flows
  }

  // MARK: Measuring

  mutating func record(_ statistics: RequestStatistics, for key: SeriesKey, at second: Int64) {
    series[key, default: RequestSeries(firstSecond: second - 1)].add(statistics, at: second)
  }

  mutating func recordUnroutable(_ count: Int, at service: ServiceName) {
    unroutable[service, default: 0] += count
  }

  /// What happened to a workload's requests after `start` and up to `end`, all versions together.
  func statistics(namespace: String, workload: String, after start: Timestamp, to end: Timestamp)
    -> RequestStatistics
  {
    let (first, last) = (start.wholeSecond, end.wholeSecond)
    return series.filter { $0.key.namespace == namespace && $0.key.workload == workload }
      .reduce(RequestStatistics()) { $0 + $1.value.statistics(after: first, to: last) }
  }

  /// Requests a second; 0 before there is enough data.
  func requestRate(of deployment: ObjectKey, over window: Duration, now: Timestamp) -> Double {
    let start = now - window
    let requests = statistics(
      namespace: deployment.namespace, workload: deployment.name, after: start, to: now
    ).requests
    return Double(requests) / window.inSeconds
  }

  /// Whether a workload has been measured for at least `window`.
  func hasHistory(of deployment: ObjectKey, over window: Duration, now: Timestamp) -> Bool {
    series.contains {
      $0.key.namespace == deployment.namespace && $0.key.workload == deployment.name
        && $0.value.start <= (now - window).wholeSecond
    }
  }

  // MARK: Use

  /// What the requests of pods cost them, by the pods' uids: cores at the moment, and CPU seconds since their start.
  func use(ofPods uids: Set<String>? = nil) -> [String: (cores: Double, seconds: Double)] {
    var use: [String: (cores: Double, seconds: Double)] = [:]
    for (group, load) in zip(network.snapshot.groups, network.loads) {
      for member in group.members where uids?.contains(member.uid) ?? true {
        let before = usedBefore[member.uid] ?? 0
        use[member.uid] = member.isReady ? (load.coresPerPod, before + load.secondsPerPod) : (0, before)
      }
    }
    return use
  }

  // MARK: Autoscaling

  /// Remembers a recommendation and gives the highest of the window. What is there `atFirst` counts as
  /// recommended, or an autoscaler would scale down before it has seen a whole window.
  mutating func recommend(
    _ replicas: Int, for key: ObjectKey, atFirst current: Int, window: Duration, now: Timestamp
  ) -> Int {
    let known = recommendations[key] ?? [(now, current)]
    let recent = known.filter { $0.time > now - window } + [(now, replicas)]
    recommendations[key] = recent
    return recent.map(\.replicas).max() ?? replicas
  }

  mutating func forgetRecommendations(of key: ObjectKey) { recommendations[key] = nil }
}

extension Timestamp {
  var wholeSecond: Int64 { microseconds / 1_000_000 }
}
