internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Takes the place that Fluent Bit sends logs to over.
  mutating func readOutput(
    _ output: FluentBitFile.Section, _ map: Source, _ path: String, into logging: inout Logging
  ) {
    let name = output["Name"] ?? ""
    switch name {
    case "bigquery":
      guard let project = output["project_id"], let dataset = output["dataset_id"],
        let table = output["table_id"]
      else { break }
      let volumes = pods.first { $0.role == .fluentBit }?.spec?["volumes"]?.elements ?? []
      let secret = volumes.lazy.compactMap { $0["secret", "secretName"]?.peek }.first
      logging.destination = .bigQuery(
        LogDestination.BigQuery(
          project: project, dataset: dataset, table: table, credentials: secret ?? "fluent-bit-bigquery"))
      if secret == nil {
        assume(
          path + " destination.bigQuery.credentials",
          "the account's key is expected in the Secret fluent-bit-bigquery under key.json")
      }
    case "stackdriver": logging.destination = .cloudLogging(LogDestination.CloudLogging())
    case "stdout": logging.destination = .stdout(LogDestination.Stdout())
    case "es", "opensearch", "http":
      let host = output["Host"] ?? ""
      guard let reference = logTarget(host, output, map) else { break }
      if name == "http" {
        logging.destination = .http(
          LogDestination.HTTP(to: reference).with { $0.path = output["URI"] ?? "/" })
      } else {
        logging.destination = .elasticsearch(
          LogDestination.Elasticsearch(to: reference).with {
            $0.index = output["Index"]?.lowercased() ?? output["Logstash_Prefix"]?.lowercased() ?? "logs"
          })
      }
    default:
      drop(
        at: map.place, map.words, "data.fluent-bit.conf [OUTPUT] \(name)",
        "Logging knows no such destination; logs go to its own output now")
      return
    }
    dropOthers(
      of: output,
      [
        "name", "match", "project_id", "dataset_id", "table_id", "host", "port", "index", "uri",
        "logstash_prefix", "logstash_format", "format", "suppress_type_name", "replace_dots", "http_user",
        "http_passwd", "tls", "google_service_credentials", "ignore_unknown_values",
      ], map)
  }

  private mutating func logTarget(_ host: String, _ output: FluentBitFile.Section, _ map: Source)
    -> WorkloadReference?
  {
    guard !host.isEmpty else { return nil }
    if let service = Importing.clusterName(of: host)
      ?? (host.contains(".") ? nil : WorkloadReference(namespace: map.namespace, name: host))
    {
      return services[service]?.target ?? service
    }
    return externalService(
      at: host, port: Int(output["Port"] ?? "") ?? 443, isTLS: true, in: map.namespace)
  }
}
