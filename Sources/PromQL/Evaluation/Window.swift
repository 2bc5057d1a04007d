/// The samples of one series in the range of one step; never empty where a function gets it.
struct Window {
  let run: SampleRun
  /// Where the range begins and ends, in milliseconds.
  let start: Int64
  let end: Int64
  let range: Int64
  /// The time of the step.
  let now: Int64
  let indices: Range<Int>

  var count: Int { indices.count }
  var values: ArraySlice<Double> { run.values[indices] }
  var first: (time: Int64, value: Double) {
    (run.times[indices.lowerBound], run.values[indices.lowerBound])
  }
  var last: (time: Int64, value: Double) {
    (run.times[indices.upperBound - 1], run.values[indices.upperBound - 1])
  }
}

extension Evaluation {
  /// A function over the range of each step; where it gives `nil` the series has no value.
  mutating func columns(
    overRange argument: Expression, keepsName: Bool = false, _ function: (Window, Int) -> Double?
  ) throws -> [Column] {
    let (runs, range, shift) = try runs(argument)
    var columns: [Column] = []
    var names: Set<LabelSet> = []
    for run in runs {
      try count(samples: steps.count)
      var values = [Double](repeating: StaleMarker.value, count: steps.count)
      var (low, high, visited, found) = (0, 0, 0, 0)
      for step in values.indices {
        let end = time(step, shift)
        let start = end &- range
        while low < run.times.count, !RangeBoundary.holds(run.times[low], from: start) { low += 1 }
        while high < run.times.count, run.times[high] <= end { high += 1 }
        guard low < high else { continue }
        visited += high - low
        let window = Window(
          run: run, start: start, end: end, range: range, now: steps[step], indices: low..<high)
        guard let value = function(window, step) else { continue }
        values[step] = value
        found += 1
      }
      try count(work: visited)
      guard found > 0 else { continue }
      let labels = keepsName ? run.labels : run.labels.withoutName
      guard names.insert(labels).inserted else { throw QueryError.sameLabels }
      columns.append(Column(labels: labels, values: values))
    }
    return columns
  }
}
