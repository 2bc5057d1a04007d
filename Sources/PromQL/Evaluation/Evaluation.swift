/// One evaluation of a query: each part is evaluated over all steps at once.
struct Evaluation: Sendable {
  let store: SeriesStore
  let steps: Steps
  /// The first and last time of the whole query, for `@ start()` and `@ end()`.
  let bounds: (start: Int64, end: Int64)
  let limits: QueryLimits
  /// How many samples are held now.
  var samples = 0
  /// How many samples have been made, and looked at in ranges, so far.
  var work = 0

  init(store: SeriesStore, steps: Steps, bounds: (start: Int64, end: Int64), limits: QueryLimits) {
    self.store = store
    self.steps = steps
    self.bounds = bounds
    self.limits = limits
  }

  mutating func count(samples added: Int) throws {
    samples += added
    guard samples <= limits.samples else {
      throw QueryError.execution(
        "query processing would load too many samples into memory in query execution")
    }
  }

  mutating func count(work added: Int) throws {
    work += added
    guard work <= limits.work else {
      throw QueryError(.timeout, "query timed out in expression evaluation")
    }
  }

  mutating func value(of expression: Expression) throws -> EvaluatedValue {
    let before = samples
    let value = try uncountedValue(of: expression)
    let size: Int
    if case .vector(let columns) = value { size = columns.count * steps.count } else { size = steps.count }
    // What only led to the value is no longer held.
    samples = before
    try count(samples: size)
    try count(work: size)
    return value
  }

  private mutating func uncountedValue(of expression: Expression) throws -> EvaluatedValue {
    switch expression {
    case .number(let number, _): return .scalar([Double](repeating: number, count: steps.count))
    case .string(let string, _): return .string(string)
    case .selector(let selector): return .vector(try columns(of: selector) { $1 })
    case .range, .subquery: return .vector([])
    case .call(let call): return try value(of: call)
    case .aggregation(let aggregation): return .vector(try columns(of: aggregation))
    case .unary(let isNegative, let inner, _):
      let value = try value(of: inner)
      return isNegative ? try negated(value) : value
    case .binary(let binary): return try value(of: binary)
    case .parenthesized(let inner, _): return try value(of: inner)
    }
  }

  /// The value of an expression that the type check has found to be a scalar.
  mutating func scalar(_ expression: Expression) throws -> [Double] {
    guard case .scalar(let values) = try value(of: expression) else { return [] }
    return values
  }

  /// The value of an expression that the type check has found to be an instant vector.
  mutating func columns(_ expression: Expression) throws -> [Column] {
    guard case .vector(let columns) = try value(of: expression) else { return [] }
    return columns
  }

  mutating func string(_ expression: Expression) throws -> String {
    guard case .string(let string) = try value(of: expression) else { return "" }
    return string
  }

  private func negated(_ value: EvaluatedValue) throws -> EvaluatedValue {
    switch value {
    case .scalar(let values): .scalar(values.map { -$0 })
    case .vector(let columns): .vector(try columns.map { $0.mapped($0.labels.withoutName, -) }.merged())
    case .string: value
    }
  }
}

/// How much one query may take; Prometheus' own defaults where it has them.
public struct QueryLimits: Hashable, Sendable {
  /// How many samples a query may hold at once (`--query.max-samples`); a series takes one for each step.
  public var samples = 50_000_000
  /// How many points of time a range query may ask for.
  public var points = 11_000
  /// How many samples may be made, and looked at in ranges; in place of `--query.timeout`, because how long
  /// that many take does not depend on a clock.
  public var work = 2_000_000_000
  /// How far back an instant selector looks for a sample (`--query.lookback-delta`).
  public var lookback = Duration.seconds(300)
  /// The step of a subquery that has none (`evaluation_interval`).
  public var subqueryStep = Duration.seconds(60)

  /// Creates the defaults.
  public init() {}
}
