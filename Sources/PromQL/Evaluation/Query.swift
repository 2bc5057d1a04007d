public import Seams

/// A query in PromQL that has been read and checked.
public struct Query: Sendable {
  let expression: Expression

  /// Reads a query.
  ///
  /// - Throws: `QueryError` of kind `badData` with line and column, in Prometheus' words.
  public init(_ text: String) throws { expression = try Parser.parse(text) }

  /// What it gives at one time (`/api/v1/query`).
  ///
  /// - Throws: `QueryError`.
  public func result(
    in store: SeriesStore, at time: Timestamp, limits: QueryLimits = QueryLimits()
  ) throws -> QueryResult {
    let now = time.milliseconds
    var evaluation = Evaluation(
      store: store, steps: Steps(start: now, interval: 1, count: 1), bounds: (now, now), limits: limits)
    if expression.type == .rangeVector {
      let (runs, range, shift) = try evaluation.runs(expression)
      let end = evaluation.time(0, shift)
      let series = runs.compactMap { run -> QueryResult.Series? in
        let points = zip(run.times, run.values).filter {
          RangeBoundary.holds($0.0, from: end &- range) && $0.0 <= end
        }
        guard !points.isEmpty else { return nil }
        return QueryResult.Series(
          labels: run.labels,
          points: points.map { QueryResult.Point(time: Timestamp(milliseconds: $0), value: $1) })
      }
      return .matrix(series.sorted { $0.labels < $1.labels })
    }
    switch try evaluation.value(of: expression) {
    case .scalar(let values): return .scalar(QueryResult.Point(time: time, value: values[0]))
    case .string(let string): return .string(string, at: time)
    case .vector(let columns):
      return .vector(
        columns.compactMap { column in
          guard !column.values[0].isStaleMarker else { return nil }
          return QueryResult.Sample(
            labels: column.labels, point: QueryResult.Point(time: time, value: column.values[0]))
        })
    }
  }

  /// What it gives at times from `start` to `end`, both included, `step` apart (`/api/v1/query_range`).
  ///
  /// - Throws: `QueryError`, also when that is more than `limits.points` times.
  public func result(
    in store: SeriesStore, from start: Timestamp, to end: Timestamp, step: Duration,
    limits: QueryLimits = QueryLimits()
  ) throws -> QueryResult {
    guard expression.type == .scalar || expression.type == .instantVector else {
      throw QueryError(
        .badData,
        "invalid expression type \(quoted(expression.type.rawValue)) "
          + "for range query, must be Scalar or instant Vector")
    }
    let (first, last) = (start.milliseconds, end.milliseconds)
    let interval = max(1, step.wholeMicroseconds / 1_000)
    guard last >= first else { return .matrix([]) }
    let (span, isOverflow) = last.subtractingReportingOverflow(first)
    let count = span / interval + 1
    // Prometheus counts the steps between the points.
    guard !isOverflow, count <= limits.points + 1 else { throw QueryError.resolution(limits.points) }
    let steps = Steps(start: first, interval: interval, count: Int(count))
    var evaluation = Evaluation(store: store, steps: steps, bounds: (first, last), limits: limits)
    let columns: [Column]
    switch try evaluation.value(of: expression) {
    case .scalar(let values): columns = [Column(labels: LabelSet(), values: values)]
    case .vector(let vector): columns = vector
    case .string: columns = []
    }
    return .matrix(
      columns.filter(\.hasValues).sorted { $0.labels < $1.labels }.map { column in
        QueryResult.Series(
          labels: column.labels,
          points: column.values.enumerated().compactMap { step, value in
            value.isStaleMarker
              ? nil : QueryResult.Point(time: Timestamp(milliseconds: steps[step]), value: value)
          })
      })
  }
}

extension QueryError {
  static func resolution(_ points: Int) -> QueryError {
    let thousands =
      points >= 1_000 ? "\(points / 1_000),\(String(points % 1_000 + 1_000).dropFirst())" : "\(points)"
    return QueryError(
      .badData,
      "exceeded maximum resolution of \(thousands) points per timeseries. "
        + "Try decreasing the query resolution (?step=XX)")
  }
}

/// What a query gives.
public enum QueryResult: Hashable, Sendable {
  /// A value at a time.
  public struct Point: Hashable, Sendable {
    /// When, in whole milliseconds.
    public let time: Timestamp
    /// The value; it may be infinite or NaN.
    public let value: Double
  }

  /// One series' value at the time of an instant query.
  public struct Sample: Hashable, Sendable {
    /// The labels of the series.
    public let labels: LabelSet
    /// Its value.
    public let point: Point
  }

  /// One series' values over a range.
  public struct Series: Hashable, Sendable {
    /// The labels of the series.
    public let labels: LabelSet
    /// Its values, earliest first; never empty.
    public let points: [Point]
  }

  case scalar(Point)
  case string(String, at: Timestamp)
  case vector([Sample])
  case matrix([Series])
}
