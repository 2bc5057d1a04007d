internal import KubeModel
internal import MeshTopology

extension DatabaseSite {
  /// The Cluster that CloudNativePG makes servers of.
  var postgresCluster: KubeObject {
    var object = object(.postgresCluster)
    if let replication = database.replication {
      object.annotations = ["meshctl.dev/maximum-lag": replication.maximumLag.unitText]
    }
    object.set("spec", "instances", to: .int(Int64(database.instances)))
    object.set("spec", "imageName", to: .string(database.runningImage.description))
    setStorage(&object)
    setParameters(&object)
    object.set("spec", "bootstrap", to: bootstrap)
    setReplication(&object)
    setServices(&object)
    setPods(&object)
    return object
  }

  private func setStorage(_ object: inout KubeObject) {
    func volume(_ size: Quantity) -> JSONValue {
      var volume: JSONValue = ["size": .string(size.description)]
      volume["storageClass"] = database.storageClass.map(JSONValue.string)
      return volume
    }
    object.set("spec", "storage", to: volume(database.storage))
    object.set("spec", "walStorage", to: database.logStorage.map(volume))
    object.set("spec", "resources", to: database.resources?.json)
  }

  private func setParameters(_ object: inout KubeObject) {
    var parameters = database.parameters
    if let backup = database.backup {
      parameters["archive_timeout"] = "\(backup.archiveTimeout.components.seconds)s"
      object.set("spec", "plugins", to: [archive(of: cluster.region, isArchiver: true)])
      object.set(
        "spec", "serviceAccountTemplate", "metadata", "annotations",
        to: backup.googleServiceAccount.map { ["iam.gke.io/gcp-service-account": .string($0)] })
    }
    if !parameters.isEmpty { object.set("spec", "postgresql", "parameters", to: .strings(parameters)) }
  }

  /// Where the data comes from at first: nowhere, or the region that takes writes.
  private var bootstrap: JSONValue {
    var content: JSONValue = ["database": .string(database.database), "owner": .string(database.owner)]
    content["secret"] = database.credentials.map { ["name": .string($0)] }
    guard !isPrimary else { return ["initdb": content] }
    content["source"] = .string(siteName(primaryRegion))
    return database.replication?.kind == .streaming ? ["pg_basebackup": content] : ["recovery": content]
  }

  /// The names of the databases of all regions, and which of them takes writes: the same everywhere, so that a
  /// planned switch changes one word on each side.
  private func setReplication(_ object: inout KubeObject) {
    guard let replication = database.replication, regions.count > 1 else { return }
    let source = isPrimary ? regions[1] : primaryRegion
    object.set(
      "spec", "replica",
      to: [
        "self": .string(siteName(cluster.region)), "primary": .string(siteName(primaryRegion)),
        "source": .string(siteName(source)),
      ])
    object.set("spec", "externalClusters", to: .array(regions.map { external($0, replication) }))
    if let host = replication.hosts[cluster.region] {
      object.set("spec", "certificates", "serverAltDNSNames", to: [.string(host)])
    }
  }

  private func external(_ region: String, _ replication: DatabaseReplication) -> JSONValue {
    var json: JSONValue = ["name": .string(siteName(region))]
    if database.backup != nil { json["plugin"] = archive(of: region, isArchiver: false) }
    guard let host = replication.hosts[region] else { return json }
    json["connectionParameters"] = [
      "host": .string(host), "user": "streaming_replica", "dbname": "postgres", "sslmode": "verify-full",
    ]
    // Copies of what the operator of that region has made.
    func key(_ secret: String, _ key: String) -> JSONValue {
      ["name": .string("\(siteName(region))-\(secret)"), "key": .string(key)]
    }
    json["sslKey"] = key("replication", "tls.key")
    json["sslCert"] = key("replication", "tls.crt")
    json["sslRootCert"] = key("ca", "ca.crt")
    return json
  }

  private func archive(of region: String, isArchiver: Bool) -> JSONValue {
    var json: JSONValue = [
      "name": .string(DatabaseSite.archiver),
      "parameters": ["barmanObjectName": .string(database.name), "serverName": .string(siteName(region))],
    ]
    if isArchiver { json["isWALArchiver"] = true }
    return json
  }

  /// A Service called like the database, so that callers need not know who looks after it.
  private func setServices(_ object: inout KubeObject) {
    func service(_ name: String, _ spec: JSONValue, annotations: [String: String] = [:]) -> JSONValue {
      var metadata: JSONValue = [
        "name": .string(name), "labels": .strings(Renderer.systemLabels(of: topology)),
      ]
      if !annotations.isEmpty { metadata["annotations"] = .strings(annotations) }
      return ["selectorType": "rw", "serviceTemplate": ["metadata": metadata, "spec": spec]]
    }
    var services = [service(database.name, ["type": "ClusterIP"])]
    if let host = database.replication?.hosts[cluster.region] {
      services.append(
        service(
          "\(database.name)-regions", ["type": "LoadBalancer"],
          annotations: ["external-dns.alpha.kubernetes.io/hostname": host]))
    }
    object.set("spec", "managed", "services", "additional", to: .array(services))
  }

  private func setPods(_ object: inout KubeObject) {
    // Out of the mesh: the Jobs that make servers would not end, the operator's plug-in cannot start servers with a
    // proxy in them, and the operator calls servers directly. PostgreSQL encrypts by itself.
    object.set(
      "spec", "inheritedMetadata", "labels",
      to: .strings([MeshLabels.partOf: topology.name, "sidecar.istio.io/inject": "false"]))
    if database.hasMetrics {
      object.set(
        "spec", "inheritedMetadata", "annotations",
        to: .strings([
          "prometheus.io/scrape": "true", "prometheus.io/port": "\(Database.metricsPort)",
          "prometheus.io/path": "/metrics",
        ]))
    }
    guard database.instances > 1 else { return }
    object.set(
      "spec", "topologySpreadConstraints",
      to: [
        [
          "maxSkew": 1, "topologyKey": "topology.kubernetes.io/zone", "whenUnsatisfiable": "ScheduleAnyway",
          "labelSelector": ["matchLabels": [Database.clusterLabel: .string(database.name)]],
        ]
      ])
  }
}
