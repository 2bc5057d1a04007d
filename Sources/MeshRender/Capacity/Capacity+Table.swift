extension Capacity {
  /// What is in each column of ``rows``.
  public static let columns = [
    "CLUSTER", "RESOURCE", "AT REST", "AT MOST", "NOW", "COULD HAVE", "LEFT", "BOUND BY",
  ]

  /// The measures of all clusters as the cells of a table: what is asked for at rest and at most, what there
  /// is and could be, and what then is left. Those of the node pools follow, as `CLUSTER/POOL`, where a cluster has
  /// several.
  public var rows: [[String]] {
    clusters.flatMap { cluster in
      cluster.measures.rows(of: cluster.name)
        + cluster.severalPools.flatMap { $0.measures.rows(of: "\(cluster.name)/\($0.name)") }
    }
  }

  /// What runs out first in each cluster and in each of several node pools, and what else is worth knowing, as
  /// sentences.
  public var remarks: [String] {
    clusters.flatMap { cluster in
      ["\(cluster.name): \(cluster.limitingFactor.text)"]
        + cluster.severalPools.map { "\(cluster.name)/\($0.name): \($0.limitingFactor.text)" }
        + cluster.notes.map { "\(cluster.name): \($0)" }
    }
  }
}

extension ClusterCapacity {
  /// The node pools, where there are several: of a single one the cluster says everything.
  fileprivate var severalPools: [Pool] { pools.count > 1 ? pools : [] }
}

extension [ClusterCapacity.Measure] {
  fileprivate func rows(of name: String) -> [[String]] {
    map { measure in
      let amounts = [
        measure.askedAtRest, measure.askedAtMost, measure.now, measure.atMost, measure.headRoom,
      ]
      return [name, measure.resource.rawValue] + amounts.map(measure.resource.text) + [measure.bound]
    }
  }
}
