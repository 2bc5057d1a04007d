import KubeModel

extension Coverage {
  /// The cluster and its address ranges.
  static let network: [CoveredObject] = gkeCluster + networkRanges

  private static let gkeCluster = [
    CoveredObject(
      "Cluster/microservices-cluster", of: "gke-cluster.yaml", from: "Cluster/microservices-cluster",
      as: "ContainerCluster/config-connector/microservices-cluster",
      [
        .modern(
          "apiVersion", "container.v1", by: "kind", now: "container.cnrm.cloud.google.com/v1beta1",
          because: Reason.configConnector),
        .modern("kind", "Cluster", by: "kind", now: "ContainerCluster", because: Reason.configConnector),
        .same("metadata.name", "microservices-cluster", by: "metadata.name"),
        .same("metadata.location", "asia-northeast1", by: "spec.region", at: "spec.location"),
        .modern(
          "spec.network", "microservices-vpc", by: "spec.network", at: "spec.networkRef.name",
          because: Reason.configConnector),
        .modern(
          "spec.subnetwork", "gke-subnet", by: "spec.subnetwork", at: "spec.subnetworkRef.name",
          because: Reason.configConnector),
        .same("spec.ipAllocationPolicy.clusterSecondaryRangeName", "pods-range", by: "spec.podsRange"),
        .same(
          "spec.ipAllocationPolicy.servicesSecondaryRangeName", "services-range", by: "spec.servicesRange"),
        .same("spec.privateClusterConfig.enablePrivateNodes", true, by: "spec.controlPlaneRange"),
        .same("spec.privateClusterConfig.masterIpv4CidrBlock", "10.0.100.0/28", by: "spec.controlPlaneRange"),
        .same("spec.privateClusterConfig.enablePrivateEndpoint", false, by: "spec.controlPlaneRange"),
        .modern(
          "spec.nodePools[microservices-pool].name", "microservices-pool",
          by: "spec.nodePools[microservices-pool].name",
          of: "ContainerNodePool/config-connector/microservices-cluster-microservices-pool",
          at: "spec.resourceID", because: Reason.configConnector),
        .same(
          "spec.nodePools[microservices-pool].config.machineType", "e2-standard-4",
          by: "spec.nodePools[microservices-pool].machineType",
          of: "ContainerNodePool/config-connector/microservices-cluster-microservices-pool",
          at: "spec.nodeConfig.machineType"),
        .same(
          "spec.nodePools[microservices-pool].config.diskSizeGb", 50,
          by: "spec.nodePools[microservices-pool].diskSizeGb",
          of: "ContainerNodePool/config-connector/microservices-cluster-microservices-pool",
          at: "spec.nodeConfig.diskSizeGb"),
        .left(
          "spec.nodePools[microservices-pool].config.preemptible", false,
          because: "false is what GKE takes when it is absent; `interruption: preemptible` sets it"),
        .modern(
          "spec.nodePools[microservices-pool].networkConfig.podRange", "pods-range", by: "spec.podsRange",
          at: "spec.ipAllocationPolicy.clusterSecondaryRangeName",
          because: "all pools of a cluster have its range, as the reference says there"),
        .modern(
          "spec.nodePools[microservices-pool].networkConfig.podIpv4CidrBlock", "10.1.0.0/16",
          by: "spec.subnets[gke-subnet].secondaryRanges[pods-range].range", in: "Network/microservices-vpc",
          of: "ComputeSubnetwork/config-connector/gke-subnet", at: "spec.secondaryIpRange[0].ipCidrRange",
          because: "a pool names a range or gives one, not both; the range is declared with its subnet"),
      ])
  ]

  private static let networkRanges = [
    CoveredObject(
      "network-ranges.yaml", of: "network-ranges.yaml", from: "Network/microservices-vpc",
      as: "ComputeSubnetwork/config-connector/gke-subnet",
      [
        .modern(
          "VPC", "microservices-vpc (10.0.0.0/16)", by: "metadata.name",
          of: "ComputeNetwork/config-connector/microservices-vpc", at: "metadata.name",
          now: "microservices-vpc", because: "a network of GCP has no range of its own; its subnets have"),
        .modern(
          "Subnets.gke-subnet", "10.0.1.0/24", by: "spec.subnets[gke-subnet].range", at: "spec.ipCidrRange",
          because: Reason.note),
        .modern(
          "Subnets.gke-subnet.Purpose", "GKE Nodepool", by: "spec.subnets[gke-subnet].purpose",
          at: "spec.description", now: "nodes", because: "a word for it"),
        .left(
          "Subnets.gke-subnet.Size", "254 nodes",
          because: "GCP keeps four of the 256 addresses, so there is room for 252 nodes; `meshctl` counts it"),
        .modern(
          "Subnets.pods-range", "10.1.0.0/16",
          by: "spec.subnets[gke-subnet].secondaryRanges[pods-range].range",
          at: "spec.secondaryIpRange[0].ipCidrRange", because: Reason.note),
        .left("Subnets.pods-range.Purpose", "Pod IP addresses", because: Reason.purpose),
        .left(
          "Subnets.pods-range.Size", "65,536 pods",
          because:
            "follows from the length of the prefix, and blocks of it go to nodes: there is room for 256 nodes of 110 pods"
        ),
        .modern(
          "Subnets.services-range", "10.2.0.0/16",
          by: "spec.subnets[gke-subnet].secondaryRanges[services-range].range",
          at: "spec.secondaryIpRange[1].ipCidrRange", because: Reason.note),
        .left("Subnets.services-range.Purpose", "Kubernetes Services", because: Reason.purpose),
        .left(
          "Subnets.services-range.Size", "65,536 services", because: "follows from the length of the prefix"),
        .modern(
          "Subnets.ingress-subnet", "10.0.2.0/24", by: "spec.subnets[ingress-subnet].range",
          of: "ComputeSubnetwork/config-connector/ingress-subnet", at: "spec.ipCidrRange",
          because: Reason.note),
        .modern(
          "Subnets.ingress-subnet.Purpose", "Ingress Controller", by: "spec.subnets[ingress-subnet].purpose",
          of: "ComputeSubnetwork/config-connector/ingress-subnet", at: "spec.description",
          now: "load balancers that face the internet", because: "a word for it"),
        .modern(
          "Subnets.ingress-subnet.Internet", "Yes", by: "spec.subnets[ingress-subnet].purpose",
          of: "ComputeSubnetwork/config-connector/ingress-subnet", at: "spec.description",
          now: "load balancers that face the internet",
          because: "a subnet has no such setting; what faces the internet is the gateway, by its Service"),
      ])
  ]
}
