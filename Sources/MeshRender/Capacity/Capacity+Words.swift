internal import MeshTopology

extension ClusterCapacity.Resource {
  /// How a sentence says that it is used up.
  var runsOut: String {
    switch self {
    case .nodes: "nodes run out"
    case .pods: "places for pods run out"
    case .cpu: "cores run out"
    case .memory: "memory runs out"
    case .services: "addresses of Services run out"
    }
  }

  /// How a sentence says that there is not enough.
  var shortage: String {
    switch self {
    case .nodes: "too few nodes"
    case .pods: "too few places for pods"
    case .cpu: "too few cores"
    case .memory: "too little memory"
    case .services: "too few addresses of Services"
    }
  }

  /// An amount as a person reads it: cores and GiB to one decimal, others as they are.
  func text(_ amount: Int?) -> String {
    guard let amount else { return "unknown" }
    switch self {
    case .nodes, .pods, .services: return String(amount)
    case .cpu: return decimal(Double(amount) / 1000)
    case .memory: return decimal(Double(amount) / 0x1p30) + " GiB"
    }
  }

  private func decimal(_ value: Double) -> String {
    let tenths = Int((abs(value) * 10).rounded())
    return "\(value < 0 && tenths > 0 ? "-" : "")\(tenths / 10).\(tenths % 10)"
  }
}

extension NodeBudget.Bound {
  /// What it is, for tables.
  var words: String {
    switch self {
    case .pool: "the sizes of its node pools"
    case .primaryRange(let range): "the subnet's primary range \(range)"
    case .podsRange(let name, let range): "the pods range \(name) \(range)"
    case .cluster: "GKE's limit of nodes a cluster"
    }
  }
}

extension NodeBudget.Bound {
  /// What it is, for the table's rows of one node pool.
  var wordsOfPool: String { self == .pool ? "the pool's own size" : words }
}

/// `1 node`, `3 nodes`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

/// The sentence about machine types that are not in the tables.
func unknownMachines(_ names: [String]) -> String {
  "the size of \(names.joined(separator: ", ")) is not known"
}
