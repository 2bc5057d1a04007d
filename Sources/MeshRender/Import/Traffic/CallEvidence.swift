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
  }

  private struct Pair: Hashable {
    let from: WorkloadReference
    let to: WorkloadReference
    let port: PortReference?
  }

  private func grouped() -> [(Pair, [CallEvidence])] {
    var groups: [Pair: [CallEvidence]] = [:]
    for piece in evidence where piece.from != piece.to {
      guard workloads[piece.from] != nil, !ports(of: piece.to).isEmpty else { continue }
      let pair = Pair(from: piece.from, to: piece.to, port: reference(toPort: piece.port, of: piece.to))
      groups[pair, default: []].append(piece)
    }
    return groups.sorted {
      ($0.key.from, $0.key.to, $0.key.port?.description ?? "") < (
        $1.key.from, $1.key.to, $1.key.port?.description ?? ""
      )
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
