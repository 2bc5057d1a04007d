/// What functions over ranges do with one range; the rules are those of Prometheus' documentation.
enum RangeFunctions {
  /// `rate`, `increase` and `delta`: the change between the first and the last sample, stretched to the ends
  /// of the range when the samples come near to them, and half a sample's distance beyond them when not; a
  /// counter is not stretched to before it was zero.
  static func extrapolated(_ window: Window, isCounter: Bool, isRate: Bool) -> Double? {
    guard window.count >= 2 else { return nil }
    let (first, last) = (window.first, window.last)
    var change = last.value - first.value
    if isCounter {
      var previous = first.value
      for value in window.values.dropFirst() {
        if value < previous { change += previous }
        previous = value
      }
    }
    var toStart = Double(first.time - window.start) / 1_000
    let toEnd = Double(window.end - last.time) / 1_000
    let sampled = Double(last.time - first.time) / 1_000
    let average = sampled / Double(window.count - 1)
    if isCounter, change > 0, first.value >= 0 {
      let toZero = sampled * (first.value / change)
      if toZero < toStart { toStart = toZero }
    }
    let threshold = average * 1.1
    var stretched = sampled
    stretched += toStart < threshold ? toStart : average / 2
    stretched += toEnd < threshold ? toEnd : average / 2
    var factor = stretched / sampled
    if isRate { factor /= Double(window.range) / 1_000 }
    return change * factor
  }

  /// `irate` and `idelta`: the change between the last two samples.
  static func instantaneous(_ window: Window, isRate: Bool) -> Double? {
    guard window.count >= 2 else { return nil }
    let index = window.indices.upperBound - 2
    let (previous, last) = (window.run.values[index], window.last)
    let interval = last.time - window.run.times[index]
    guard interval != 0 else { return nil }
    let change = isRate && last.value < previous ? last.value : last.value - previous
    return isRate ? change / (Double(interval) / 1_000) : change
  }

  static func changes(_ window: Window) -> Double {
    pairs(window) { $1 != $0 && !($1.isNaN && $0.isNaN) }
  }

  static func resets(_ window: Window) -> Double { pairs(window) { $1 < $0 } }

  private static func pairs(_ window: Window, _ counts: (Double, Double) -> Bool) -> Double {
    var (previous, count) = (window.first.value, 0)
    for value in window.values.dropFirst() {
      if counts(previous, value) { count += 1 }
      previous = value
    }
    return Double(count)
  }

  static func average(_ window: Window) -> Double {
    var (mean, count) = (CompensatedSum(), 0.0)
    for value in window.values {
      count += 1
      if mean.sum.isInfinite {
        if value.isInfinite, (mean.sum > 0) == (value > 0) { continue }
        if value.isFinite { continue }
      }
      mean.add(value / count - mean.sum / count)
    }
    return mean.total
  }

  static func sum(_ window: Window) -> Double {
    var sum = CompensatedSum()
    for value in window.values { sum.add(value) }
    return sum.total
  }

  static func extreme(_ window: Window, isGreater: Bool) -> Double {
    var best = window.first.value
    for value in window.values where best.isNaN || (isGreater ? value > best : value < best) { best = value }
    return best
  }

  static func variance(_ window: Window) -> Double {
    var (mean, squares, count) = (CompensatedSum(), CompensatedSum(), 0.0)
    for value in window.values {
      count += 1
      let delta = value - (mean.sum + mean.lost)
      mean.add(delta / count)
      squares.add(delta * (value - (mean.sum + mean.lost)))
    }
    return (squares.sum + squares.lost) / count
  }

  /// The line of least squares through the samples.
  static func line(_ window: Window, from origin: Int64) -> (slope: Double, intercept: Double) {
    let first = window.first.value
    if window.values.allSatisfy({ $0 == first }) {
      return first.isInfinite ? (.nan, .nan) : (0, first)
    }
    var (x, y, xy, xx) = (CompensatedSum(), CompensatedSum(), CompensatedSum(), CompensatedSum())
    for index in window.indices {
      let (time, value) = (Double(window.run.times[index] &- origin) / 1_000, window.run.values[index])
      x.add(time)
      y.add(value)
      xy.add(time * value)
      xx.add(time * time)
    }
    let count = Double(window.count)
    let (sumX, sumY) = (x.sum + x.lost, y.sum + y.lost)
    let covariance = (xy.sum + xy.lost) - sumX * sumY / count
    let slope = covariance / ((xx.sum + xx.lost) - sumX * sumX / count)
    return (slope, sumY / count - slope * sumX / count)
  }

  /// Double exponential smoothing.
  static func smoothed(_ window: Window, _ smoothing: Double, _ trend: Double) -> Double? {
    guard window.count >= 2 else { return nil }
    let values = window.values
    var (level, previous) = (window.first.value, 0.0)
    var slope = values[values.startIndex + 1] - values[values.startIndex]
    for index in 1..<window.count {
      let value = smoothing * values[values.startIndex + index]
      if index > 1 { slope = trend * (level - previous) + (1 - trend) * slope }
      let next = value + (1 - smoothing) * (level + slope)
      (previous, level) = (level, next)
    }
    return level
  }
}

/// A sum that keeps what additions lose, after Kahan and Neumaier.
struct CompensatedSum {
  var sum = 0.0
  var lost = 0.0

  var total: Double { sum.isInfinite ? sum : sum + lost }

  mutating func add(_ value: Double) {
    let next = sum + value
    lost += Swift.abs(sum) >= Swift.abs(value) ? (sum - next) + value : (value - next) + sum
    sum = next
  }
}

/// The quantile of values that are not sorted, between the two nearest ones.
func quantile(_ q: Double, of values: some Sequence<Double>) -> Double {
  // NaN counts as the smallest of all.
  let sorted = values.sorted { $0 < $1 || ($0.isNaN && !$1.isNaN) }
  if sorted.isEmpty || q.isNaN { return .nan }
  if q < 0 { return -.infinity }
  if q > 1 { return .infinity }
  let rank = q * Double(sorted.count - 1)
  let lower = max(0, Int(rank.rounded(.down)))
  let upper = min(sorted.count - 1, lower + 1)
  let weight = rank - rank.rounded(.down)
  return sorted[lower] * (1 - weight) + sorted[upper] * weight
}
