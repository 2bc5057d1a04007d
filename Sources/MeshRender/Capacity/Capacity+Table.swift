extension Capacity {
  /// What is in each column of ``rows``.
  public static let columns = [
    "CLUSTER", "RESOURCE", "AT REST", "AT MOST", "NOW", "COULD HAVE", "LEFT", "BOUND BY",
  ]

  /// The measures of all clusters as the cells of a table: what is asked for at rest and at most, what there
  /// is and could be, and what then is left.
  public var rows: [[String]] { clusters.flatMap(\.rows) }

  /// What runs out first in each cluster, and what else is worth knowing, as sentences.
  public var remarks: [String] {
    clusters.flatMap { cluster in
      ([cluster.limitingFactor.text] + cluster.notes).map { "\(cluster.name): \($0)" }
    }
  }
}

extension ClusterCapacity {
  fileprivate var rows: [[String]] {
    measures.map { measure in
      let amounts = [
        measure.askedAtRest, measure.askedAtMost, measure.now, measure.atMost, measure.headRoom,
      ]
      return [name, measure.resource.rawValue] + amounts.map(measure.resource.text) + [measure.bound]
    }
  }
}
