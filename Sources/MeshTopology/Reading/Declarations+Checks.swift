extension Declarations {
  /// Reports what is wrong between documents. A document that could not all be read has been reported for
  /// that, and is not held against others.
  func check() {
    checkWorkloads()
    checkCalls()
    checkMesh()
    checkPlacement()
    checkNodePools()
    checkIdentities()
    checkExternalServices()
    checkGateways()
    checkObservability()
    checkRecovery()
    checkClusters()
    checkRanges()
    checkFaultPlans()
    findRegrets()
  }

  private func checkWorkloads() {
    for declared in all(Workload.self) {
      let document = declared.document
      if Workload.reservedNames.contains(document.name) {
        reading.report(
          .invalidName,
          "no workload can be called \(document.name): meshctl rollout \(document.name) means a subcommand",
          at: document.nameSpot, remedy: "choose a name such as \(document.name)-service")
      }
    }
  }

  private func checkCalls() {
    let callees = Dictionary(
      soundCallees.map { ($0.reference, $0) }, uniquingKeysWith: { first, _ in first })
    for declared in sound(Workload.self) {
      for (index, call) in declared.value.calls.enumerated() {
        let spot = declared.document.spot("calls", .index(index), "to")
        if call.to == declared.value.reference, declared.value.controller != .statefulSet {
          reading.report(
            .contradiction, "\(call.to.name) calls itself", at: spot,
            remedy: "remove the call, or name another workload")
        } else if let callee = callees[call.to], callee.port(call.port) == nil {
          reportMissingPort(
            call, callee: callee,
            at: call.port == nil ? spot : declared.document.spot("calls", .index(index), "port"))
        }
      }
    }
  }

  private var soundCallees: [any Callee] {
    var callees: [any Callee] = sound(Workload.self).map(\.value)
    callees += sound(ExternalService.self).map { $0.value as any Callee }
    callees += sound(RedisCluster.self).map { $0.value as any Callee }
    callees += sound(Database.self).map { $0.value as any Callee }
    callees += sound(Gateway.self).map { $0.value as any Callee }
    return callees
  }

  private func reportMissingPort(_ call: Call, callee: any Callee, at spot: Spot) {
    guard let port = call.port, !callee.ports.isEmpty else {
      reading.report(
        .unknownReference, "\(callee.name) has no port to call", at: spot,
        remedy: "declare ports of \(callee.reference)")
      return
    }
    let ports = callee.ports.map { "\($0.name) (\($0.port))" }
    reading.report(
      .unknownReference, "\(callee.name) has no port \(port)", at: spot,
      remedy: "its ports are \(alternatives(ports, last: "and"))")
  }
}
