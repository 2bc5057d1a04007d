internal import KubeModel
internal import MeshTopology

/// Something in the manifests that says that one workload calls another.
struct CallEvidence {
  /// What kind of thing says so.
  enum Kind {
    /// The caller's settings name the callee, or requests are routed there: the call is needed.
    case need
    /// A policy lets it through.
    case network
    /// A policy of the mesh lets it through.
    case authorization
  }

  let kind: Kind
  let from: WorkloadReference
  let to: WorkloadReference
  /// The port of the callee: of its Service or of its containers.
  var port: Int?
  var methods: [Call.Method] = []
  var paths: [String] = []
  /// Whether the callee gets paths without the part that chose the route.
  var stripsPath = false
  let place: Place
  /// What says so.
  let words: String
}

extension Importing {
  /// Finds out who calls whom.
  mutating func placeCalls() {
    placeGateways()
    readPlatformRoutes()
    readEnvironmentCalls()
    readNetworkPolicies()
    readAuthorizationPolicies()
    checkNeeds()
    for (key, group) in grouped() { add(key, group) }
    noteUncalled()
  }

  /// Says of what nobody is known to call that nobody may: policies let through calls of the topology alone.
  private mutating func noteUncalled() {
    var called = Set(workloads.values.flatMap(\.calls).map(\.to))
    called.formUnion(topology.gateways.flatMap(\.routes).map(\.to))
    for workload in workloads.values.sorted(by: { $0.reference < $1.reference })
    where !workload.ports.isEmpty && !workload.isExposed && !called.contains(workload.reference)
      && !isInferred(workload.reference)
    {
      let route = routed[workload.reference].map {
        "\($0) leads to it, whose gateway is no part of the topology: give a Gateway the routes, or write exposed: true"
      }
      assume(
        workload.reference.workloadPath,
        "nobody may call it. "
          + (route ?? "No manifest says who does: add it to the calls of its callers"))
    }
  }

  private struct Pair: Hashable {
    let from: WorkloadReference
    let to: WorkloadReference
    let port: PortReference?
  }

  /// Whether the pods of a workload call each other, and the topology can say so: only those of a StatefulSet have
  /// names to know each other by.
  func callsItself(_ piece: CallEvidence) -> Bool {
    piece.from == piece.to && piece.kind != .need && workloads[piece.from]?.controller == .statefulSet
  }

  private func grouped() -> [(Pair, [CallEvidence])] {
    var groups: [Pair: [CallEvidence]] = [:]
    // Rules of NetworkPolicies for what is outside stand in the order of the calls.
    var order: [Pair: Int] = [:]
    for (index, piece) in evidence.enumerated() where piece.from != piece.to || callsItself(piece) {
      guard workloads[piece.from] != nil, !ports(of: piece.to).isEmpty else { continue }
      let pair = Pair(from: piece.from, to: piece.to, port: reference(toPort: piece.port, of: piece.to))
      groups[pair, default: []].append(piece)
      let isOutside = topology.externalServices.contains { $0.reference == piece.to }
      if order[pair] == nil || piece.kind == .network && isOutside && order[pair] == 0 {
        order[pair] = isOutside && piece.kind == .network ? index : 0
      }
    }
    return groups.sorted { left, right in
      let (first, second) = (left.key, right.key)
      if first.from != second.from { return first.from < second.from }
      if order[first] != order[second] { return order[first] ?? 0 < order[second] ?? 0 }
      return (first.to, first.port?.description ?? "") < (second.to, second.port?.description ?? "")
    }
  }

  private mutating func add(_ pair: Pair, _ group: [CallEvidence]) {
    var call = Call(to: pair.to)
    call.port = pair.port
    let rules = group.filter { $0.kind == .authorization }
    if !rules.isEmpty, rules.allSatisfy({ !$0.methods.isEmpty }) {
      let methods = rules.flatMap(\.methods)
      call.methods = Call.Method.allCases.filter(methods.contains)
    }
    if !rules.isEmpty, rules.allSatisfy({ !$0.paths.isEmpty }) {
      for path in rules.flatMap(\.paths) where !call.paths.contains(path) { call.paths.append(path) }
    }
    workloads[pair.from]?.calls.append(call)
    let seen = Set(group.map { "\($0.words) at \($0.place)" }).sorted()
    let path = "\(pair.from.workloadPath) calls[to: \(pair.to)]"
    assume(
      path,
      "inferred from \(seen.prefix(4).joined(separator: ", "))"
        + (seen.count > 4 ? " and \(seen.count - 4) more" : ""))
  }
}
