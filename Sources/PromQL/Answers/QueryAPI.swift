public import Seams

/// Prometheus' HTTP API as functions of a store: a path and parameters in, a status and JSON out.
public struct QueryAPI: Sendable {
  /// How much one query may take.
  public var limits: QueryLimits
  /// What `/api/v1/metadata` says, by metric.
  public var metadata: [String: MetricMetadata]
  /// The version that `/api/v1/status/buildinfo` says: the one whose rules are followed.
  public static let version = "2.42.0"

  /// Creates the API.
  public init(limits: QueryLimits = QueryLimits(), metadata: [String: MetricMetadata] = [:]) {
    self.limits = limits
    self.metadata = metadata
  }

  /// Answers a GET, or a POST of a form.
  ///
  /// - Parameters:
  ///   - path: without the query, such as `/api/v1/query`; the name in `/api/v1/label/NAME/values` as it is.
  ///   - now: the time of an instant query that names none.
  public func answer(
    to path: String, _ parameters: QueryParameters = QueryParameters(), in store: SeriesStore,
    at now: Timestamp
  ) -> QueryAnswer {
    do {
      switch path {
      case "/api/v1/query": return try instant(parameters, store, now)
      case "/api/v1/query_range": return try range(parameters, store)
      case "/api/v1/series": return try series(parameters, store)
      case "/api/v1/labels": return try labelNames(parameters, store)
      case "/api/v1/metadata": return try metadata(parameters)
      case "/api/v1/status/buildinfo": return Self.buildInformation
      default: break
      }
      let parts = path.split(separator: "/")
      if parts.count == 5, parts.starts(with: ["api", "v1", "label"]), parts[4] == "values" {
        return try labelValues(String(parts[3]), parameters, store)
      }
      throw QueryError(.notFound, "404 page not found")
    } catch {
      return .failure(error as? QueryError ?? .execution("\(error)"))
    }
  }

  private func instant(_ parameters: QueryParameters, _ store: SeriesStore, _ now: Timestamp) throws
    -> QueryAnswer
  {
    let time = try parameters.time("time") ?? now
    try parameters.checkTimeout()
    let query = try parameters.named("query") { try Query(parameters["query"]) }
    let result = try query.result(in: store, at: time, limits: limits)
    return .success { $0.result(result) }
  }

  private func range(_ parameters: QueryParameters, _ store: SeriesStore) throws -> QueryAnswer {
    let (start, end) = (try parameters.requiredTime("start"), try parameters.requiredTime("end"))
    if end < start {
      throw QueryError.parameter("end", "end timestamp must not be before start time")
    }
    let step = try parameters.step()
    if (end - start).inSeconds / step.inSeconds > Double(limits.points) {
      throw QueryError.resolution(limits.points)
    }
    try parameters.checkTimeout()
    // Unlike for an instant query, what is wrong is said without the parameter's name.
    let query = try Query(parameters["query"])
    let result = try query.result(in: store, from: start, to: end, step: step, limits: limits)
    return .success { $0.result(result) }
  }

  private static let buildInformation = QueryAnswer.success { writer in
    writer.raw("{\"version\":")
    writer.string(version)
    for key in ["revision", "branch", "buildUser", "buildDate", "goVersion"] {
      writer.raw(",")
      writer.string(key)
      writer.raw(":\"\"")
    }
    writer.raw("}")
  }

  private func metadata(_ parameters: QueryParameters) throws -> QueryAnswer {
    var names = metadata.keys.sorted { $0.precedesInBytes($1) }
    if !parameters["metric"].isEmpty { names = names.filter { $0 == parameters["metric"] } }
    if !parameters["limit"].isEmpty {
      guard let limit = Int(parameters["limit"]) else {
        throw QueryError(.badData, "limit must be a number")
      }
      if limit >= 0 { names = Array(names.prefix(limit)) }
    }
    return .success { writer in
      writer.raw("{")
      for (index, name) in names.enumerated() {
        guard let entry = metadata[name] else { continue }
        if index > 0 { writer.raw(",") }
        writer.string(name)
        writer.raw(":[{\"type\":")
        writer.string(entry.type.name)
        writer.raw(",\"help\":")
        writer.string(entry.help)
        writer.raw(",\"unit\":\"\"}]")
      }
      writer.raw("}")
    }
  }
}

/// What is known of a metric besides its samples.
public struct MetricMetadata: Hashable, Sendable {
  /// What kind of metric it is.
  public var type: MetricType
  /// What it counts or measures.
  public var help: String

  /// Creates the metadata of a metric.
  public init(_ type: MetricType, help: String) {
    self.type = type
    self.help = help
  }
}
