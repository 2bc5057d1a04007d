internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Declares clusters that only folders or Istio's installation name, and gives regions their roles.
  mutating func nameRegions() {
    let said = Importing.region(saidBy: sources)
    let isDeclared = !topology.clusters.isEmpty
    nameSitesByRegion()
    if sites.isEmpty, topology.clusters.isEmpty {
      let region = said?.own ?? "region-1"
      topology.clusters.append(
        Cluster(name: clusterNameOfMesh?.topologyName ?? "cluster", region: region))
      assume(
        "Topology/\(topology.name) regions",
        "no manifest declares a cluster; one in \(region) is assumed"
          + (said == nil ? "" : ", which other manifests name"))
    }
    for site in sites { declare(site) }
    var names: [String] = []
    for cluster in topology.clusters where !names.contains(cluster.region) { names.append(cluster.region) }
    for name in said?.others ?? [] where !names.contains(name) { names.append(name) }
    let main = sites.first.flatMap { topology.cluster(named: $0.cluster.topologyName)?.region }
    let standby = topology.clusters.first { Importing.isStandby($0.name) }?.region
    let primary =
      said?.primary.flatMap { names.contains($0) ? $0 : nil } ?? main ?? names.first { $0 != standby }
      ?? names[0]
    if said?.primary == nil, isDeclared || !sites.isEmpty {
      assume(
        "Topology/\(topology.name) regions",
        "no manifest says what a region is for; \(primary) is taken for the primary")
    }
    names.sort { ($0 == primary ? 0 : 1, $0) < ($1 == primary ? 0 : 1, $1) }
    topology.regions = names.map { Region(name: $0, role: $0 == primary ? .primary : .recovery) }
  }

  /// Folders that are not called like a declared cluster may still say the region that only one is in.
  private mutating func nameSitesByRegion() {
    for index in sites.indices where topology.cluster(named: sites[index].cluster) == nil {
      let there = topology.clusters.filter { $0.region == sites[index].region }
      guard there.count == 1, !sites.contains(where: { $0.cluster == there[0].name }) else { continue }
      sites[index].cluster = there[0].name
    }
  }

  /// A cluster that no manifest declares, but whose objects are there.
  private mutating func declare(_ site: ClusterSite) {
    let name = site.cluster.topologyName
    guard topology.cluster(named: name) == nil else { return }
    var region = site.region
    if region == nil {
      let used = Set(topology.clusters.map(\.region) + sites.compactMap(\.region))
      region = (1...).lazy.map { "region-\($0)" }.first { !used.contains($0) }
      assume("Cluster/\(name) region", "no manifest says where it is; \(region ?? "") is assumed")
    }
    topology.clusters.append(Cluster(name: name, region: region ?? "region-1"))
  }
}
