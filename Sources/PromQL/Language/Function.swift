/// The functions of the language by name.
enum Function: String, CaseIterable, Sendable {
  case rate, irate, increase, delta, idelta, deriv, changes, resets
  case avgOverTime = "avg_over_time"
  case minOverTime = "min_over_time"
  case maxOverTime = "max_over_time"
  case sumOverTime = "sum_over_time"
  case countOverTime = "count_over_time"
  case lastOverTime = "last_over_time"
  case presentOverTime = "present_over_time"
  case stddevOverTime = "stddev_over_time"
  case stdvarOverTime = "stdvar_over_time"
  case absentOverTime = "absent_over_time"
  case quantileOverTime = "quantile_over_time"
  case predictLinear = "predict_linear"
  case holtWinters = "holt_winters"
  case abs, ceil, floor, exp, ln, log2, log10, sqrt, sgn, deg, rad
  case sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, asinh, acosh, atanh
  case round, clamp
  case clampMin = "clamp_min"
  case clampMax = "clamp_max"
  case sort, absent, scalar, vector, time, timestamp, pi
  case sortDesc = "sort_desc"
  case labelReplace = "label_replace"
  case labelJoin = "label_join"
  case histogramQuantile = "histogram_quantile"
  case minute, hour, month, year
  case dayOfWeek = "day_of_week"
  case dayOfMonth = "day_of_month"
  case dayOfYear = "day_of_year"
  case daysInMonth = "days_in_month"

  struct Signature: Sendable {
    var arguments: [ValueType]
    /// How many of the last argument there may be: 0 for exactly one, negative for any number.
    var variadic = 0
    var result = ValueType.instantVector
  }

  var signature: Signature {
    switch self {
    case .rate, .irate, .increase, .delta, .idelta, .deriv, .changes, .resets, .avgOverTime, .minOverTime,
      .maxOverTime, .sumOverTime, .countOverTime, .lastOverTime, .presentOverTime,
      .stddevOverTime, .stdvarOverTime, .absentOverTime:
      Signature(arguments: [.rangeVector])
    case .quantileOverTime: Signature(arguments: [.scalar, .rangeVector])
    case .predictLinear: Signature(arguments: [.rangeVector, .scalar])
    case .holtWinters: Signature(arguments: [.rangeVector, .scalar, .scalar])
    case .round: Signature(arguments: [.instantVector, .scalar], variadic: 1)
    case .clamp: Signature(arguments: [.instantVector, .scalar, .scalar])
    case .clampMin, .clampMax: Signature(arguments: [.instantVector, .scalar])
    case .scalar: Signature(arguments: [.instantVector], result: .scalar)
    case .vector: Signature(arguments: [.scalar])
    case .time, .pi: Signature(arguments: [], result: .scalar)
    case .labelReplace: Signature(arguments: [.instantVector, .string, .string, .string, .string])
    case .labelJoin: Signature(arguments: [.instantVector, .string, .string, .string], variadic: -1)
    case .histogramQuantile: Signature(arguments: [.scalar, .instantVector])
    case .minute, .hour, .dayOfWeek, .dayOfMonth, .dayOfYear, .daysInMonth, .month, .year:
      Signature(arguments: [.instantVector], variadic: 1)
    default: Signature(arguments: [.instantVector])
    }
  }
}
