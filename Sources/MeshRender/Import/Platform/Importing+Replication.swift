internal import KubeModel
internal import MeshTopology

extension Importing {
  /// How regions that stand by follow a database, as the names and hosts of all regions' databases say it.
  ///
  /// CloudNativePG itself knows no regions: only a replica cluster whose databases are called `NAME-REGION` is one
  /// that the topology could render again.
  func replication(of source: Source, _ database: Database) -> DatabaseReplication? {
    guard database.backup != nil, Importing.region(saidBy: [source])?.primary != nil else { return nil }
    var hosts: [String: String] = [:]
    for external in source.root["spec", "externalClusters"]?.elements ?? [] {
      guard let name = external["name"]?.peek, name.hasPrefix(source.name + "-"),
        let host = external["connectionParameters", "host"]?.peek
      else { continue }
      hosts[String(name.dropFirst(source.name.count + 1))] = host
    }
    var replication = DatabaseReplication(kind: hosts.isEmpty ? .archive : .streaming)
    replication.hosts = hosts
    let lag = source.root["metadata", "annotations", "meshctl.dev/maximum-lag"]?.peek
    if let lag = lag.flatMap(Duration.init(goText:)) { replication.maximumLag = lag }
    return replication
  }
}
