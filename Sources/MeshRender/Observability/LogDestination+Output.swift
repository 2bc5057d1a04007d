internal import KubeModel
internal import MeshTopology

extension Logging {
  /// The section that says where logs are sent.
  func output(of topology: Topology, in cluster: Cluster?) -> FluentBitSection {
    let everything = (key: "Match", value: "*")
    switch destination {
    case .bigQuery(let table):
      return FluentBitSection(
        "OUTPUT",
        [
          ("Name", "bigquery"), everything, ("project_id", table.project), ("dataset_id", table.dataset),
          ("table_id", table.table), ("google_service_credentials", "\(Logging.keyPath)/key.json"),
          ("ignore_unknown_values", FluentBitSection.flag(table.ignoresUnknownFields)),
        ])
    case .cloudLogging:
      return FluentBitSection(
        "OUTPUT",
        [
          ("Name", "stackdriver"), everything, ("resource", "k8s_container"),
          ("k8s_cluster_name", cluster?.name ?? topology.name),
          ("k8s_cluster_location", cluster?.region ?? topology.primaryRegion?.name ?? ""),
          ("tag_prefix", Logging.tagPrefix),
        ])
    case .elasticsearch(let service):
      var entries =
        [(key: "Name", value: "es"), everything] + server(of: topology) + [
          ("Logstash_Format", "On"), ("Logstash_Prefix", service.index),
          // Types are gone since Elasticsearch 8, and a label app.x beside a label app has no place in an index.
          ("Suppress_Type_Name", "On"), ("Replace_Dots", "On"),
        ]
      if service.secret != nil {
        entries += [("HTTP_User", "${ELASTICSEARCH_USERNAME}"), ("HTTP_Passwd", "${ELASTICSEARCH_PASSWORD}")]
      }
      return FluentBitSection("OUTPUT", entries)
    case .http(let service):
      return FluentBitSection(
        "OUTPUT",
        [(key: "Name", value: "http"), everything] + server(of: topology) + [
          ("URI", service.path), ("Format", "json"),
        ])
    case .stdout: return FluentBitSection("OUTPUT", [("Name", "stdout"), everything])
    }
  }

  private func server(of topology: Topology) -> [(key: String, value: String)] {
    guard let endpoint = destination.call.flatMap(topology.endpoint) else { return [] }
    return [
      ("Host", endpoint.host), ("Port", "\(endpoint.port)"), ("tls", FluentBitSection.flag(endpoint.isTLS)),
    ]
  }
}
