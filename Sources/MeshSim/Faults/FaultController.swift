import KubeModel
import Seams

/// Begins faults when they are due, and ends them.
enum FaultController {
  /// Takes up a fault that is declared, or that was when the cluster was saved: what came before now has happened.
  static func take(_ stored: StoredFault, isNew: Bool, in state: inout ClusterState) {
    let fault = stored.fault
    let timeline = fault.schedule.timeline(
      since: stored.since, isMomentary: fault.effect.isMomentary(fault.schedule))
    var entry = FaultState.Entry(fault: fault, timeline: timeline)
    if !isNew, let latest = timeline.latest(by: state.trueNow) {
      entry.occurrence = latest
      let isOver = timeline.end(of: latest).map { $0 <= state.trueNow } ?? false
      if !isOver, holds(fault, latest, state) { entry.activeSince = timeline.start(of: latest) }
    }
    state.faults.put(entry)
    if !isNew { refresh(after: fault.effect, in: &state) }
    if isNew { reconcile(fault.name, in: &state) } else { plan(entry, in: &state) }
  }

  /// Takes a fault away, with what it does.
  static func drop(_ name: String, in state: inout ClusterState) {
    guard let entry = state.faults.entries[name] else { return }
    state.faults.remove(name)
    if entry.activeSince != nil { refresh(after: entry.fault.effect, in: &state) }
  }

  /// Lets a fault begin or end, if it is due.
  static func reconcile(_ name: String, in state: inout ClusterState) {
    guard var entry = state.faults.entries[name] else { return }
    let now = state.trueNow
    let latest = entry.timeline.latest(by: now)
    let wasActive = entry.activeSince != nil
    var begins = false
    if let latest, latest != entry.occurrence {
      entry.occurrence = latest
      begins = holds(entry.fault, latest, state)
      entry.activeSince = begins ? now : nil
    }
    if let latest, let end = entry.timeline.end(of: latest), end <= now { entry.activeSince = nil }
    state.faults.put(entry)
    if begins { strike(entry.fault, in: &state) }
    if wasActive || begins { refresh(after: entry.fault.effect, in: &state) }
    plan(entry, in: &state)
  }

  /// Whether a fault holds this time, by its probability and the cluster's seed.
  private static func holds(_ fault: Fault, _ occurrence: Int, _ state: ClusterState) -> Bool {
    guard fault.schedule.probability < 1 else { return true }
    var draws = SeededGenerator(
      seed: state.seed, stream: StableHash.of("\(state.name)/\(fault.name)/\(occurrence)"))
    return draws.chance(fault.schedule.probability)
  }

  private static func plan(_ entry: FaultState.Entry, in state: inout ClusterState) {
    let end = entry.activeSince == nil ? nil : entry.occurrence.flatMap { entry.timeline.end(of: $0) }
    let next = entry.timeline.next(after: entry.occurrence)
    guard let due = [end, next].compactMap({ $0 }).min() else { return }
    state.schedule(.fault(entry.fault.name), at: due + state.clockSkew)
  }

  // MARK: Effects

  /// What happens in the moment in which a fault begins.
  private static func strike(_ fault: Fault, in state: inout ClusterState) {
    switch fault.effect {
    case .crash(let target): crash(target, fault, in: &state)
    case .lostWatch(let target):
      state.breakWatches { target.matches(verb: "watch", plural: $0.plural, namespace: $1 ?? "") }
    case .regionLoss: state.breakWatches { _, _ in true }
    default: break
    }
  }

  private static func crash(_ target: PodTarget, _ fault: Fault, in state: inout ClusterState) {
    var pods = state.store.list(.pod, namespace: target.namespace).filter(target.matches)
    if let limit = target.limit {
      var draws = SeededGenerator(
        seed: state.seed, stream: StableHash.of("\(fault.name)/\(state.trueNow.microseconds)"))
      pods.shuffle(using: &draws)
      pods = pods.prefix(limit).sorted { $0.key < $1.key }
    }
    for pod in pods { Kubelet.crash(pod, in: &state, containers: target.matches(image:)) }
  }

  /// Brings everything that lasts into line with the faults that hold now.
  private static func refresh(after effect: FaultEffect, in state: inout ClusterState) {
    switch effect {
    case .errorRate, .latency, .regionLoss, .partition: state.traffic.noticeFaults()
    case .nodeLoss, .zoneLoss:
      state.traffic.noticeFaults()
      for node in state.store.list(.node) where effect.cutsOff(node) {
        NodeSilence.settle(node, in: &state)
      }
    case .clockSkew: state.setClockSkew(state.faults.clockSkew)
    default: break
    }
  }
}

extension ClusterState {
  /// Takes up the faults that the cluster was saved with.
  mutating func resumeFaults() {
    faults.draws = SeededGenerator(
      seed: seed, stream: StableHash.of("faults of \(name)") &+ UInt64(bitPattern: store.resourceVersion))
    for object in store.list(StoredFault.kind) {
      guard let stored = StoredFault(object) else { continue }
      FaultController.take(stored, isNew: false, in: &self)
    }
  }

  /// Lets the open watches of a kind and namespace break off, as when a connection is lost.
  mutating func breakWatches(where isBroken: (ResourceKind, String?) -> Bool) {
    for entry in watchers.all
    where isBroken(entry.watcher.writer.served.kind, entry.watcher.selection.namespace) {
      watchers.remove(entry.id)?.continuation.finish(
        throwing: TransportError(.broken, "the connection was lost"))
    }
  }
}
