extension Evaluation {
  /// `scalar`: the value where there is exactly one series, NaN elsewhere.
  mutating func single(_ argument: Expression) throws -> [Double] {
    var values = [Double](repeating: .nan, count: steps.count)
    var seen = [Int](repeating: 0, count: steps.count)
    for column in try columns(argument) {
      for (step, value) in column.values.enumerated() where !value.isStaleMarker {
        seen[step] += 1
        values[step] = seen[step] == 1 ? value : .nan
      }
    }
    return values
  }

  mutating func absent(_ argument: Expression) throws -> [Column] {
    var values = [Double](repeating: 1, count: steps.count)
    for column in try columns(argument) {
      for (step, value) in column.values.enumerated() where !value.isStaleMarker {
        values[step] = StaleMarker.value
      }
    }
    let column = Column(labels: Self.labels(ofAbsent: argument), values: values)
    return column.hasValues ? [column] : []
  }

  mutating func absentOverTime(_ argument: Expression) throws -> [Column] {
    var values = [Double](repeating: 1, count: steps.count)
    let (runs, range, shift) = try runs(argument)
    for run in runs {
      var (low, high) = (0, 0)
      for step in values.indices {
        let end = time(step, shift)
        while low < run.times.count, !RangeBoundary.holds(run.times[low], from: end &- range) { low += 1 }
        while high < run.times.count, run.times[high] <= end { high += 1 }
        if low < high { values[step] = StaleMarker.value }
      }
    }
    let column = Column(labels: Self.labels(ofAbsent: argument), values: values)
    return column.hasValues ? [column] : []
  }

  /// What a selector says that its series would be called: labels asked for once, and to be equal.
  private static func labels(ofAbsent argument: Expression) -> LabelSet {
    let selector: VectorSelector
    switch argument.unwrapped {
    case .selector(let own), .range(let own, _): selector = own
    default: return LabelSet()
    }
    var known: [String: String] = [:]
    for matcher in selector.matchers where matcher.name != LabelSet.metricName {
      let isNew = known[matcher.name] == nil
      known[matcher.name] = matcher.kind == .equal && isNew ? matcher.value : ""
    }
    return LabelSet(known.map { Label(name: $0.key, value: $0.value) })
  }

  /// The times of samples for a selector, and of the steps for anything else.
  mutating func timestamps(_ argument: Expression) throws -> [Column] {
    if case .selector(let selector) = argument.unwrapped {
      return try columns(of: selector) { time, _ in Double(time) / 1_000 }
        .map { Column(labels: $0.labels.withoutName, values: $0.values) }.merged()
    }
    return try columns(argument).map { column in
      var result = column
      result.labels = column.labels.withoutName
      for (step, value) in column.values.enumerated() where !value.isStaleMarker {
        result.values[step] = Double(steps[step]) / 1_000
      }
      return result
    }
    .merged()
  }

  /// Of use for instant vectors only: over a range the labels say the order. NaN comes last.
  mutating func sorted(_ argument: Expression, descending: Bool) throws -> [Column] {
    let columns = try columns(argument)
    guard steps.count == 1 else { return columns }
    return columns.sorted { left, right in
      let (left, right) = (left.values[0], right.values[0])
      return !left.isNaN && (right.isNaN || (descending ? left > right : left < right))
    }
  }

  mutating func limited(_ call: Call) throws -> [Column] {
    let input = try columns(call.arguments[0])
    let parameters = try call.arguments.dropFirst().map { try scalar($0) }
    let function = call.function
    return try input.map { column in
      var result = column
      result.labels = column.labels.withoutName
      for (step, value) in column.values.enumerated() where !value.isStaleMarker {
        let first = parameters.first?[step] ?? 1
        switch function {
        case .round:
          let inverse = 1 / first
          result.values[step] = (value * inverse + 0.5).rounded(.down) / inverse
        case .clampMin: result.values[step] = Self.larger(value, first)
        case .clampMax: result.values[step] = Self.smaller(value, first)
        default:
          let second = parameters[1][step]
          result.values[step] =
            second < first ? StaleMarker.value : Self.larger(first, Self.smaller(second, value))
        }
      }
      return result
    }
    .merged()
  }

  /// NaN when either is.
  private static func larger(_ left: Double, _ right: Double) -> Double { .largerAsInGo(left, right) }
  private static func smaller(_ left: Double, _ right: Double) -> Double {
    -Double.largerAsInGo(-left, -right)
  }
}

extension Double {
  /// The larger number, as Go's `math.Max`: infinity before NaN, NaN before any other.
  fileprivate static func largerAsInGo(_ left: Double, _ right: Double) -> Double {
    if left == .infinity || right == .infinity { return .infinity }
    if left.isNaN || right.isNaN { return .nan }
    return left > right ? left : right
  }
}
