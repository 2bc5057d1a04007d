internal import MeshTopology

/// How many nodes a cluster can still get, looking at addresses and at GKE's limits.
struct NodeBudget {
  /// What keeps a cluster from having more nodes.
  enum Bound: Hashable {
    case pool
    case primaryRange(AddressRange)
    case podsRange(String, AddressRange)
    case cluster
  }

  private var nodes: Int?
  private var nodesOfCluster = GKE.nodesPerCluster
  private var podAddresses: [String: Int] = [:]
  private let subnet: Subnet?
  private let podsRange: String?

  /// What `cluster` has when the clusters that share its subnet keep the nodes they have now.
  init(of cluster: Cluster, in topology: Topology) {
    let network = cluster.network.flatMap { topology.network(named: $0) }
    subnet = cluster.subnetwork.flatMap { network?.subnet(named: $0) }
    podsRange = cluster.podsRange
    nodes = subnet.flatMap { GKE.nodes(primaryRange: $0.range) }
    for range in subnet?.secondaryRanges ?? [] where range.range.family == .ipv4 {
      podAddresses[range.name] = 1 << range.range.hostBits
    }
    for other in topology.clusters
    where other.name != cluster.name && other.network == cluster.network
      && other.subnetwork == cluster.subnetwork
    {
      for pool in other.nodePools {
        let count = other.nodesNow(of: pool)
        nodes = nodes.map { max(0, $0 - count) }
        guard let name = pool.podsRange ?? other.podsRange else { continue }
        podAddresses[name]? -= count * (NodeBudget.blockSize(of: pool) ?? 0)
      }
    }
  }

  /// Takes what one more node of `pool` needs; returns what there is too little of, if anything.
  mutating func take(_ pool: NodePool) -> Bound? {
    if nodesOfCluster < 1 { return .cluster }
    if let nodes, nodes < 1, let subnet { return .primaryRange(subnet.range) }
    let name = pool.podsRange ?? podsRange
    if let name, let left = podAddresses[name], let size = NodeBudget.blockSize(of: pool) {
      if left < size, let range = subnet?.secondaryRange(named: name) { return .podsRange(name, range.range) }
      podAddresses[name] = left - size
    }
    nodesOfCluster -= 1
    nodes = nodes.map { $0 - 1 }
    return nil
  }

  private static func blockSize(of pool: NodePool) -> Int? {
    GKE.podBlockPrefixLength(podsPerNode: pool.maxPodsPerNode).map { 1 << (32 - $0) }
  }
}

extension Cluster {
  /// The number of nodes that `pool` has now; with an autoscaler, the fewest.
  func nodesNow(of pool: NodePool) -> Int {
    if let scaling = pool.autoscaling { return min(max(scaling.min, 0), GKE.nodesPerCluster) }
    return nodesPerZone(min(pool.nodes, GKE.nodesPerCluster), of: pool) * zoneCount(of: pool)
  }

  /// The number of nodes in each zone when there are to be `nodes` in all of them, rounded up.
  func nodesPerZone(_ nodes: Int, of pool: NodePool) -> Int {
    let zones = zoneCount(of: pool)
    return (max(0, nodes) + zones - 1) / zones
  }

  /// The most nodes that `pool` may have.
  func nodesAtMost(of pool: NodePool) -> Int {
    let most = max(nodesNow(of: pool), pool.autoscaling?.max ?? 0)
    return min(most, GKE.nodesPerPoolAndZone * zoneCount(of: pool))
  }
}
