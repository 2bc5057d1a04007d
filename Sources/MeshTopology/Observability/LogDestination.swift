/// Where logs are sent.
public enum LogDestination: Hashable, Sendable {
  /// To a table of BigQuery.
  case bigQuery(BigQuery)
  /// To Google Cloud Logging.
  case cloudLogging(CloudLogging)
  /// To Elasticsearch.
  case elasticsearch(Elasticsearch)
  /// To a service that takes JSON by HTTP.
  case http(HTTP)
  /// Nowhere: to Fluent Bit's own output, to try things out.
  case stdout(Stdout)

  /// A table of BigQuery.
  public struct BigQuery: TopologyValue {
    /// The Google Cloud project.
    public var project: String
    /// The dataset, which is there already.
    public var dataset: String
    /// The table, which is there already.
    public var table: String
    /// The Secret that holds a Google service account's key under `key.json`. Fluent Bit's output for
    /// BigQuery knows no other way to prove who it is, Workload Identity among them.
    public var credentials: String
    /// Whether fields that the table does not have are left out; else a row with one is refused.
    public var ignoresUnknownFields = true

    /// A table.
    public init(project: String, dataset: String, table: String, credentials: String) {
      self.project = project
      self.dataset = dataset
      self.table = table
      self.credentials = credentials
    }
  }

  /// Google Cloud Logging.
  public struct CloudLogging: TopologyValue {
    /// Logs of the cluster's own project.
    public init() {}
  }

  /// Elasticsearch.
  public struct Elasticsearch: TopologyValue {
    /// Which one: an ExternalService or a Workload.
    public var to: WorkloadReference
    /// Its port; the first one by default.
    public var port: PortReference?
    /// What the indices, one a day, are called before the date; `logs` by default.
    public var index = "logs"
    /// The Secret with the keys `username` and `password`; none by default.
    public var secret: String?

    /// An Elasticsearch that asks for no password.
    public init(to: WorkloadReference) { self.to = to }
  }

  /// A service that takes JSON by HTTP.
  public struct HTTP: TopologyValue {
    /// Which one: an ExternalService or a Workload.
    public var to: WorkloadReference
    /// Its port; the first one by default.
    public var port: PortReference?
    /// The path that logs are posted to; `/` by default.
    public var path = "/"

    /// A service at its root.
    public init(to: WorkloadReference) { self.to = to }
  }

  /// Fluent Bit's own output.
  public struct Stdout: TopologyValue {
    /// The output.
    public init() {}
  }
}

extension LogDestination {
  /// What is called to get there; `nil` for what is not part of the topology.
  public var call: Call? {
    switch self {
    case .elasticsearch(let service): Call(to: service.to).with { $0.port = service.port }
    case .http(let service): Call(to: service.to).with { $0.port = service.port }
    case .bigQuery, .cloudLogging, .stdout: nil
    }
  }

  /// Whether it is an API of Google.
  public var isGoogle: Bool {
    switch self {
    case .bigQuery, .cloudLogging: true
    case .elasticsearch, .http, .stdout: false
    }
  }
}
