internal import Seams

/// The samples of one series that a query looks at, without markers of its end.
struct SampleRun: Sendable {
  var labels: LabelSet
  var times: [Int64] = []
  var values: [Double] = []
}

/// Where a range begins. Up to Prometheus 2.x a sample exactly at the beginning of a range, or exactly as
/// old as the lookback, counts; from 3.0 on it does not.
enum RangeBoundary {
  static let includesStart = true

  static func holds(_ time: Int64, from start: Int64) -> Bool {
    includesStart ? time >= start : time > start
  }
}

extension Evaluation {
  /// The time that a selector looks at in a step.
  func time(_ step: Int, _ shift: TimeShift) -> Int64 {
    let time =
      switch shift.fixed {
      case nil: steps[step]
      case .at(let fixed): fixed
      case .start: bounds.start
      case .end: bounds.end
      }
    return time &- shift.offset
  }

  /// The last value of each series at each step, if it is not too old.
  mutating func columns(
    of selector: VectorSelector, value: (Int64, Double) -> Double
  ) throws -> [Column] {
    let lookback = limits.lookback.wholeMicroseconds / 1_000
    var columns: [Column] = []
    for slot in store.select(selector.matchers) {
      guard let series = store.series[slot], series.count > 0 else { continue }
      try count(samples: steps.count)
      var values = [Double](repeating: StaleMarker.value, count: steps.count)
      var (index, found) = (series.index(from: time(0, selector.shift) &- lookback), 0)
      for step in values.indices {
        let time = time(step, selector.shift)
        while index < series.count, series.time(index) <= time { index += 1 }
        guard index > 0 else { continue }
        let (seen, last) = (series.time(index - 1), series.value(index - 1))
        guard RangeBoundary.holds(seen, from: time &- lookback), !last.isStaleMarker else { continue }
        values[step] = value(seen, last)
        found += 1
      }
      if found > 0 {
        columns.append(Column(labels: series.labels, values: values))
      } else {
        samples -= steps.count
      }
    }
    return columns
  }

  /// All samples that the ranges of all steps may hold.
  mutating func runs(of selector: VectorSelector, range: Int64) throws -> [SampleRun] {
    let start = time(0, selector.shift) &- range
    let end = time(steps.count - 1, selector.shift)
    var runs: [SampleRun] = []
    for slot in store.select(selector.matchers) {
      guard let series = store.series[slot] else { continue }
      var run = SampleRun(labels: series.labels)
      var index = series.index(from: start)
      let last = series.index(from: end == .max ? end : end + 1)
      run.times.reserveCapacity(max(0, last - index))
      run.values.reserveCapacity(max(0, last - index))
      while index < last {
        let (time, value) = (series.time(index), series.value(index))
        if !value.isStaleMarker, RangeBoundary.holds(time, from: start) {
          run.times.append(time)
          run.values.append(value)
        }
        index += 1
      }
      try count(samples: run.times.count)
      if !run.times.isEmpty { runs.append(run) }
    }
    return runs
  }

  /// The inner expression's values at times that are multiples of the step, as samples.
  mutating func runs(of subquery: Subquery) throws -> [SampleRun] {
    let interval = subquery.step ?? limits.subqueryStep.wholeMicroseconds / 1_000
    let earliest = time(0, subquery.shift) &- subquery.range
    let end = time(steps.count - 1, subquery.shift)
    var start = interval &* (earliest / interval)
    if start < earliest { start &+= interval }
    guard end >= start else { return [] }
    let points = (end &- start) / interval + 1
    guard points > 0, points <= Int64(limits.samples) else {
      throw QueryError.execution(
        "query processing would load too many samples into memory in query execution")
    }
    let innerSteps = Steps(start: start, interval: interval, count: Int(points))
    var inner = Evaluation(store: store, steps: innerSteps, bounds: bounds, limits: limits)
    (inner.samples, inner.work) = (samples, work)
    let columns = try inner.columns(subquery.inner)
    (samples, work) = (inner.samples, inner.work)
    // The samples take the place of the columns.
    return columns.map { column in
      var run = SampleRun(labels: column.labels)
      for (step, value) in column.values.enumerated() where !value.isStaleMarker {
        run.times.append(innerSteps[step])
        run.values.append(value)
      }
      return run
    }
  }

  /// The samples, range and shift of an expression that the type check has found to be a range vector.
  mutating func runs(
    _ expression: Expression
  ) throws -> (runs: [SampleRun], range: Int64, shift: TimeShift) {
    switch expression.unwrapped {
    case .range(let selector, let range):
      return (try runs(of: selector, range: range), range, selector.shift)
    case .subquery(let subquery): return (try runs(of: subquery), subquery.range, subquery.shift)
    default: return ([], 0, TimeShift())
    }
  }
}
