import KubeModel
public import Seams

extension SimulatedCluster {
  /// Declares a fault from now on, in place of one of the same name. It is kept with the cluster.
  public func add(_ fault: Fault) {
    withState { $0.declareFault(fault) }
    rescheduled()
  }

  /// Takes a fault away, with what it does.
  ///
  /// - Returns: whether there was one.
  @discardableResult
  public func removeFault(_ name: String) -> Bool {
    let isThere = withState { state in
      let isThere = state.store.contains(StoredFault.kind, StoredFault.key(name))
      state.withdrawFault(name)
      return isThere
    }
    rescheduled()
    return isThere
  }

  /// Makes `faults` all that are declared by the topology: those that stay as they are go on, others go or begin.
  public func setTopologyFaults(_ faults: [Fault]) {
    withState { state in
      let known = state.store.list(StoredFault.kind).compactMap(StoredFault.init).map(\.fault)
        .filter { $0.origin == .topology }
      let names = Set(faults.map(\.name))
      for fault in known where !names.contains(fault.name) { state.withdrawFault(fault.name) }
      for fault in faults where !known.contains(fault) { state.declareFault(fault) }
    }
    rescheduled()
  }

  /// All faults that are declared, by name.
  public var faults: [FaultReport] {
    withState { state in
      state.faults.entries.values.sorted { $0.fault.name < $1.fault.name }.map { $0.report }
    }
  }

  /// Makes sure that the cluster's metrics can be had from outside.
  ///
  /// - Throws: when a fault cuts them off.
  public func reachMetrics() throws(TransportError) {
    guard withState({ $0.faults.isCutFromMetrics }) else { return }
    throw TransportError(
      .unreachable, "the metrics of \(name) do not answer: connection timed out", wasSent: false)
  }
}

extension FaultState.Entry {
  var report: FaultReport {
    let next = timeline.next(after: occurrence)
    let isActive = activeSince != nil
    return FaultReport(
      fault: fault, phase: isActive ? .active : next == nil ? .over : .planned,
      until: isActive ? occurrence.flatMap { timeline.end(of: $0) } : next,
      occurrences: occurrence.map { $0 + 1 } ?? 0)
  }
}

extension ClusterState {
  fileprivate mutating func declareFault(_ fault: Fault) {
    withdrawFault(fault.name)
    let stored = StoredFault(fault, since: trueNow)
    create(stored.object, kind: StoredFault.kind, manager: nil)
    FaultController.take(stored, isNew: true, in: &self)
  }

  fileprivate mutating func withdrawFault(_ name: String) {
    FaultController.drop(name, in: &self)
    remove(StoredFault.kind, StoredFault.key(name), manager: nil)
  }
}
