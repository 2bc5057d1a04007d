extension WrongTopology {
  static let regions: [WrongTopology] = [
    WrongTopology(
      "no primary region",
      "role: primary", "role: recovery",
      Wanted(
        at: "7:5",
        "no region has the role primary",
        in: "Topology/shop spec.regions",
        remedy: "give it to exactly one region")),
    WrongTopology(
      "two primary regions",
      "role: recovery", "role: primary",
      Wanted(
        at: "7:5",
        "2 regions have the role primary",
        in: "Topology/shop spec.regions",
        remedy: "give it to exactly one region")),
    WrongTopology(
      "an unknown role",
      "role: recovery", "role: recover",
      Wanted(
        at: "10:13",
        "\"recover\" is none of primary or recovery",
        in: "Topology/shop spec.regions[1].role",
        remedy: "did you mean recovery?")),
    WrongTopology(
      "a subnet in an unknown region",
      "region: osaka", "region: osakka",
      Wanted(
        at: "30:15",
        "there is no region \"osakka\"",
        in: "Network/vpc spec.subnets[1].region",
        remedy: "did you mean osaka?")),
  ]

  static let networks: [WrongTopology] = [
    WrongTopology(
      "a range that overlaps another",
      "range: 10.2.0.0/16", "range: 10.1.128.0/17",
      Wanted(
        at: "28:18",
        "10.1.128.0/17 of secondary range services overlaps 10.1.0.0/16 of secondary range pods at "
          + "a.yaml:26:18",
        in: "Network/vpc spec.subnets[0].secondaryRanges[1].range",
        remedy: "choose a range that no other has addresses of")),
    WrongTopology(
      "a control plane within a subnet",
      "controlPlaneRange: 10.0.100.0/28", "controlPlaneRange: 10.0.1.16/28",
      Wanted(
        at: "43:22",
        "10.0.1.16/28 of the control plane of main overlaps 10.0.1.0/24 of subnet nodes at a.yaml:23:14",
        in: "Cluster/main spec.controlPlaneRange",
        remedy: "choose a range that no other has addresses of")),
    WrongTopology(
      "a range with bits after the prefix",
      "range: 10.0.1.0/24", "range: 10.0.1.7/24",
      Wanted(
        at: "23:14",
        "10.0.1.7/24 has bits set after the first 24",
        in: "Network/vpc spec.subnets[0].range",
        remedy: "did you mean 10.0.1.0/24?")),
    WrongTopology(
      "a range that is none",
      "range: 10.0.1.0/24", "range: 10.0.1.0",
      Wanted(
        at: "23:14",
        "\"10.0.1.0\" is not an IPv4 range",
        in: "Network/vpc spec.subnets[0].range",
        remedy: "write it like 10.1.0.0/16")),
    WrongTopology(
      "a cluster in an unknown network",
      "network: vpc", "network: vcp",
      Wanted(
        at: "39:12",
        "there is no network \"vcp\"",
        in: "Cluster/main spec.network",
        remedy: "did you mean vpc?")),
    WrongTopology(
      "a cluster in an unknown subnet",
      "subnetwork: nodes", "subnetwork: node",
      Wanted(
        at: "40:15",
        "there is no subnet \"node\"",
        in: "Cluster/main spec.subnetwork",
        remedy: "did you mean nodes?")),
    WrongTopology(
      "a cluster in a subnet of another region",
      "subnetwork: nodes", "subnetwork: nodes-dr",
      Wanted(
        at: "40:15",
        "the subnet nodes-dr is in osaka, the cluster in tokyo",
        in: "Cluster/main spec.subnetwork",
        remedy: "name a subnet of the cluster's region")),
    WrongTopology(
      "pods in an unknown range",
      "podsRange: pods", "podsRange: pod",
      Wanted(
        at: "41:14",
        "there is no secondary range \"pod\"",
        in: "Cluster/main spec.podsRange",
        remedy: "did you mean pods?")),
  ]
}
