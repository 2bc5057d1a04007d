internal import KubeModel
internal import MeshTopology

/// The manifests of one cluster, where those of several are imported together.
struct ClusterSite {
  /// The folder they are in.
  let folder: String
  /// The name of the cluster.
  var cluster: String
  /// Its objects.
  var sources: [Source] = []
  /// The region it is in, where its manifests say so.
  var region: String?
}

extension Importing {
  /// Chooses the cluster that the topology is made of: the one that takes writes, or else the first that no word
  /// calls a standby. The others are compared with it, and give what differs by region.
  ///
  /// - Parameter proof: what says that they are clusters; `nil` where that is only likely.
  mutating func chooseMainSite(proof: String?) {
    guard !sites.isEmpty else { return }
    for index in sites.indices {
      if let name = meshClusterName(of: sites[index].sources) { sites[index].cluster = name }
      sites[index].region = Importing.region(saidBy: sites[index].sources)?.own
    }
    let main =
      sites.firstIndex { site in
        Importing.region(saidBy: site.sources).map { $0.own == $0.primary } ?? false
      } ?? sites.firstIndex { !Importing.isStandby($0.cluster) } ?? 0
    if main != 0 { sites.insert(sites.remove(at: main), at: 0) }
    guard proof == nil else { return }
    let folders = sites.map(\.folder).sorted().joined(separator: ", ")
    assume(
      "Topology/\(topology.name) clusters",
      "the folders \(folders) are taken for one cluster each, as most of their objects are the same; import them one "
        + "by one if they are stages")
  }

  private func meshClusterName(of sources: [Source]) -> String? {
    sources.lazy.filter { $0.kind == "IstioOperator" }.compactMap {
      $0.root["spec", "values", "global", "multiCluster", "clusterName"]?.peek
    }.first
  }

  /// Whether a cluster is called one that stands by.
  static func isStandby(_ name: String) -> Bool {
    ["dr", "recovery", "standby", "secondary"].contains { name.split(separator: "-").contains(Substring($0)) }
  }

  /// The region that manifests name, and the one that takes writes: in the replication of a database, in what a
  /// server calls its archive, or on Prometheus' measures.
  static func region(saidBy sources: [Source]) -> (own: String, primary: String?, others: [String])? {
    for source in sources where source.kind == "Cluster" && source.group == "postgresql.cnpg.io" {
      func region(_ part: Part?) -> String? {
        guard let text = part?.peek, text.hasPrefix(source.name + "-") else { return nil }
        let rest = String(text.dropFirst(source.name.count + 1))
        // Regions are called like asia-northeast1 or us-east-1.
        return rest.contains("-") && (rest.last?.isNumber ?? false) ? rest : nil
      }
      let spec = source.root["spec"]
      if let own = region(spec?["replica", "self"]) {
        let others = (spec?["externalClusters"]?.elements ?? []).compactMap { region($0["name"]) }
        return (own, region(spec?["replica", "primary"]), others.filter { $0 != own })
      }
      for plugin in spec?["plugins"]?.elements ?? [] {
        if let own = region(plugin["parameters", "serverName"]) { return (own, nil, []) }
      }
    }
    for source in sources where source.kind == "ConfigMap" {
      for entry in source.root["data"]?.entries ?? [] where entry.key.hasPrefix("prometheus.y") {
        guard case .scalar(let scalar) = entry.value.node.content,
          let node = try? YAMLReader().documents(Array(scalar.text.utf8), file: source.place.file).first
        else { continue }
        let root = Part(node: node, path: "", source: -2_000_000, ledger: entry.value.ledger)
        if let own = root["global", "external_labels", "region"]?.peek { return (own, nil, []) }
      }
    }
    return nil
  }
}
