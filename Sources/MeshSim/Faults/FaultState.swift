import KubeModel
import Seams

/// The faults of a cluster, and what of them holds now.
struct FaultState: Sendable {
  /// One declared fault.
  struct Entry: Sendable {
    let fault: Fault
    let timeline: FaultSchedule.Timeline
    /// The last time that it came, be it left out by its probability or not.
    var occurrence: Int?
    /// Since when it holds, by the true time.
    var activeSince: Timestamp?
  }

  private(set) var entries: [String: Entry] = [:]
  /// The effects that hold, by the names of their faults, with the time since when.
  private(set) var active: [(name: String, effect: FaultEffect, since: Timestamp)] = []
  /// Draws for single requests, apart from those of the controllers.
  var draws = SeededGenerator(seed: 0)
  /// How old what the API's caches show is, for the request that is being answered.
  var cacheAge: Duration?

  mutating func put(_ entry: Entry) {
    entries[entry.fault.name] = entry
    settle()
  }

  mutating func remove(_ name: String) {
    entries[name] = nil
    settle()
  }

  private mutating func settle() {
    active = entries.values.compactMap { entry in
      entry.activeSince.map { (entry.fault.name, entry.fault.effect, $0) }
    }.sorted { $0.name < $1.name }
  }

  // MARK: What holds

  /// Since when a node is cut off; `nil` when it is not.
  func loss(of node: KubeObject) -> Timestamp? {
    active.lazy.filter { $0.effect.cutsOff(node) }.map(\.since).min()
  }

  var isRegionLost: Bool { active.contains { $0.effect == .regionLoss } }

  var isCutFromMetrics: Bool {
    active.contains { $0.effect == .regionLoss || $0.effect == .partition(.metrics) }
  }

  func isCutFrom(cluster peer: String) -> Bool {
    active.contains {
      if case .partition(.cluster(let name, _)) = $0.effect { name == peer } else { false }
    }
  }

  /// Hosts that calls from here do not reach.
  var cutHosts: [String] {
    active.flatMap { entry -> [String] in
      if case .partition(.cluster(_, let hosts)) = entry.effect { hosts } else { [] }
    }
  }

  /// What is wrong with the containers of a pod.
  func containerTrouble(of pod: KubeObject) -> [ContainerTrouble] {
    active.compactMap { entry in
      switch entry.effect {
      case .crash(let target) where target.limit == nil && target.matches(pod):
        ContainerTrouble(target: target, failure: .crashLoop)
      case .badImage(let target) where target.matches(pod):
        ContainerTrouble(target: target, failure: .imagePull)
      case .slowStart(let target, let time) where target.matches(pod):
        ContainerTrouble(target: target, addedStartup: time)
      default: nil
      }
    }
  }

  /// What is wrong with the requests that a pod answers.
  func requestTrouble(of pod: KubeObject, lostNodes: Set<String>) -> RequestTrouble? {
    var trouble = RequestTrouble()
    trouble.isUnreachable = isRegionLost || pod.nodeName.map(lostNodes.contains) ?? false
    for entry in active {
      switch entry.effect {
      case .errorRate(let target, let share)
      where target.matches(pod) && target.matches(image: pod.mainImage):
        trouble.errorShare = 1 - (1 - trouble.errorShare) * (1 - share)
      case .latency(let target, let time) where target.matches(pod) && target.matches(image: pod.mainImage):
        trouble.addedLatency += time
      default: break
      }
    }
    return trouble == RequestTrouble() ? nil : trouble
  }

  var clockSkew: Duration {
    active.reduce(.zero) { sum, entry in
      if case .clockSkew(let offset) = entry.effect { sum + offset } else { sum }
    }
  }
}

/// What is wrong with containers that a target names.
struct ContainerTrouble: Sendable {
  let target: PodTarget
  var failure = ImageBehavior.Failure.none
  var addedStartup = Duration.zero
}

/// What is wrong with the requests to some pods.
struct RequestTrouble: Hashable, Sendable {
  var isUnreachable = false
  var errorShare = 0.0
  var addedLatency = Duration.zero
}

extension ImageBehavior {
  func with(_ trouble: RequestTrouble) -> ImageBehavior {
    var behavior = self
    behavior.errorRate = 1 - (1 - errorRate) * (1 - trouble.errorShare)
    behavior.medianLatency += trouble.addedLatency
    behavior.p99Latency += trouble.addedLatency
    return behavior
  }
}

extension KubeObject {
  /// The image of a pod's first container that is not the mesh's proxy.
  fileprivate var mainImage: String {
    let containers = self[path: "spec", "containers"]?.array ?? []
    return containers.first { $0["name"]?.string != "istio-proxy" }?["image"]?.string ?? ""
  }
}
