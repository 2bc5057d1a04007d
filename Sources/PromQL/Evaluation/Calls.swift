internal import Seams

extension Evaluation {
  mutating func value(of call: Call) throws -> EvaluatedValue {
    switch call.function {
    case .time: return .scalar((0..<steps.count).map { Double(steps[$0]) / 1_000 })
    case .pi: return .scalar([Double](repeating: .pi, count: steps.count))
    case .scalar: return .scalar(try single(call.arguments[0]))
    case .vector: return .vector([Column(labels: LabelSet(), values: try scalar(call.arguments[0]))])
    case .absent: return .vector(try absent(call.arguments[0]))
    case .absentOverTime: return .vector(try absentOverTime(call.arguments[0]))
    case .timestamp: return .vector(try timestamps(call.arguments[0]))
    case .sort: return .vector(try sorted(call.arguments[0], descending: false))
    case .sortDesc: return .vector(try sorted(call.arguments[0], descending: true))
    case .labelReplace: return .vector(try replacedLabels(call.arguments))
    case .labelJoin: return .vector(try joinedLabels(call.arguments))
    case .histogramQuantile: return .vector(try histogramQuantiles(call.arguments))
    case .minute, .hour, .dayOfWeek, .dayOfMonth, .dayOfYear, .daysInMonth, .month, .year:
      return .vector(try calendar(call))
    case .round, .clamp, .clampMin, .clampMax: return .vector(try limited(call))
    default:
      if let change = call.function.elementary {
        return .vector(
          try columns(call.arguments[0]).map { $0.mapped($0.labels.withoutName, change) }.merged())
      }
      return .vector(try overRange(call))
    }
  }

  private mutating func overRange(_ call: Call) throws -> [Column] {
    let argument = call.arguments[0]
    switch call.function {
    case .rate:
      return try columns(overRange: argument) { window, _ in
        RangeFunctions.extrapolated(window, isCounter: true, isRate: true)
      }
    case .increase:
      return try columns(overRange: argument) { window, _ in
        RangeFunctions.extrapolated(window, isCounter: true, isRate: false)
      }
    case .delta:
      return try columns(overRange: argument) { window, _ in
        RangeFunctions.extrapolated(window, isCounter: false, isRate: false)
      }
    case .irate:
      return try columns(overRange: argument) { window, _ in
        RangeFunctions.instantaneous(window, isRate: true)
      }
    case .idelta:
      return try columns(overRange: argument) { window, _ in
        RangeFunctions.instantaneous(window, isRate: false)
      }
    case .deriv:
      return try columns(overRange: argument) { window, _ in
        window.count < 2 ? nil : RangeFunctions.line(window, from: window.first.time).slope
      }
    case .changes: return try columns(overRange: argument) { window, _ in RangeFunctions.changes(window) }
    case .resets: return try columns(overRange: argument) { window, _ in RangeFunctions.resets(window) }
    case .lastOverTime:
      return try columns(overRange: argument, keepsName: true) { window, _ in window.last.value }
    case .avgOverTime: return try columns(overRange: argument) { window, _ in RangeFunctions.average(window) }
    case .sumOverTime: return try columns(overRange: argument) { window, _ in RangeFunctions.sum(window) }
    case .countOverTime: return try columns(overRange: argument) { window, _ in Double(window.count) }
    case .presentOverTime: return try columns(overRange: argument) { _, _ in 1 }
    case .minOverTime:
      return try columns(overRange: argument) { window, _ in RangeFunctions.extreme(window, isGreater: false)
      }
    case .maxOverTime:
      return try columns(overRange: argument) { window, _ in RangeFunctions.extreme(window, isGreater: true) }
    case .stdvarOverTime:
      return try columns(overRange: argument) { window, _ in RangeFunctions.variance(window) }
    case .stddevOverTime:
      return try columns(overRange: argument) { window, _ in RangeFunctions.variance(window).squareRoot() }
    default: return try overRangeWithParameters(call)
    }
  }

  private mutating func overRangeWithParameters(_ call: Call) throws -> [Column] {
    switch call.function {
    case .quantileOverTime:
      let parameters = try scalar(call.arguments[0])
      return try columns(overRange: call.arguments[1]) { window, step in
        quantile(parameters[step], of: window.values)
      }
    case .predictLinear:
      let parameters = try scalar(call.arguments[1])
      return try columns(overRange: call.arguments[0]) { window, step in
        guard window.count >= 2 else { return nil }
        let line = RangeFunctions.line(window, from: window.now)
        return line.slope * parameters[step] + line.intercept
      }
    case .holtWinters:
      let (smoothing, trend) = (try scalar(call.arguments[1]), try scalar(call.arguments[2]))
      let names = [(smoothing, "smoothing"), (trend, "trend")]
      for (values, name) in names {
        if let wrong = values.first(where: { $0 <= 0 || $0 >= 1 }) {
          throw QueryError.execution(
            "invalid \(name) factor. Expected: 0 < \(name == "trend" ? "tf" : "sf") < 1, "
              + "got: \(wrong.withSixDecimals)")
        }
      }
      return try columns(overRange: call.arguments[0]) { window, step in
        RangeFunctions.smoothed(window, smoothing[step], trend[step])
      }
    default: return []
    }
  }
}
