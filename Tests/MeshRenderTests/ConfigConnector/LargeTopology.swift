import MeshTopology

/// A topology in which everything that renders to infrastructure is there.
enum LargeTopology {
  static func make() -> Topology {
    var topology = Topology(name: "shop")
    topology.networks = [network(), otherNetwork()]
    topology.clusters = [main(), open()]
    topology.namespaces = [Namespace(name: "production")]
    return topology
  }

  private static func network() -> Network {
    var subnet = Subnet(name: "nodes", region: "tokyo", range: "10.0.0.0/20")
    subnet.purpose = "nodes"
    subnet.secondaryRanges = [
      Subnet.SecondaryRange(name: "pods", range: "10.16.0.0/14"),
      Subnet.SecondaryRange(name: "batch-pods", range: "10.20.0.0/16"),
      Subnet.SecondaryRange(name: "services", range: "10.24.0.0/20"),
    ]
    var network = Network(name: "vpc")
    network.project = "shop-network"
    network.subnets = [subnet]
    network.nat?.addresses = 2
    network.nat?.portsPerNode = 1024
    network.privateServicesRange = "10.32.0.0/16"
    network.reservedAddresses = [
      ReservedAddress(name: "shop-gateway", region: "tokyo"), ReservedAddress(name: "shop-global"),
    ]
    return network
  }

  /// Has a subnet of the same name in another region.
  private static func otherNetwork() -> Network {
    var network = Network(name: "vpc-open")
    network.subnets = [Subnet(name: "nodes", region: "osaka", range: "10.1.0.0/20")]
    network.nat = nil
    return network
  }

  private static func main() -> Cluster {
    var cluster = Cluster(name: "main", region: "tokyo")
    cluster.project = "shop-clusters"
    cluster.zones = ["tokyo-b", "tokyo-a"]
    cluster.network = "vpc"
    cluster.subnetwork = "nodes"
    cluster.podsRange = "pods"
    cluster.servicesRange = "services"
    cluster.controlPlaneRange = "10.40.0.0/28"
    cluster.hasPrivateEndpoint = true
    cluster.authorizedNetworks = [
      Cluster.AuthorizedNetwork(name: "office", range: "192.0.2.0/24")
    ]
    cluster.releaseChannel = .stable
    cluster.version = "1.33"
    var window = Cluster.MaintenanceWindow(start: 22 * 60 + 30)
    window.days = [.sunday, .saturday]
    cluster.maintenance = window
    cluster.nodePools = [general(), batch()]
    return cluster
  }

  private static func general() -> NodePool {
    var pool = NodePool(name: "general", machineType: "e2-standard-4")
    pool.autoscaling = NodePool.Autoscaling(min: 4, max: 20)
    pool.serviceAccount = "nodes@shop-clusters.iam.gserviceaccount.com"
    pool.upgrade.maxSurge = 2
    return pool
  }

  private static func batch() -> NodePool {
    var pool = NodePool(name: "batch", machineType: "n2d-highmem-8")
    pool.nodes = 5
    pool.zones = ["tokyo-a", "tokyo-b"]
    pool.maxPodsPerNode = 32
    pool.podsRange = "batch-pods"
    pool.diskType = .ssd
    pool.diskSizeGb = 200
    pool.interruption = .spot
    pool.labels = ["shop/batch": "yes"]
    pool.taints = [NodePool.Taint(key: "shop/batch", value: "yes", effect: .noSchedule)]
    pool.hasSecureBoot = false
    return pool
  }

  /// The opposite of what is usual.
  private static func open() -> Cluster {
    var cluster = Cluster(name: "open", region: "osaka")
    cluster.network = "vpc-open"
    cluster.subnetwork = "nodes"
    cluster.controlPlaneRange = "10.40.0.16/28"
    cluster.hasPrivateNodes = false
    cluster.hasWorkloadIdentity = false
    cluster.hasDataplaneV2 = false
    cluster.maintenance = Cluster.MaintenanceWindow(start: 60)
    cluster.nodePools = [NodePool(name: "general", machineType: "e2-medium")]
    return cluster
  }
}
