extension Evaluation {
  /// `histogram_quantile` over classic buckets: series that differ only in `le` are one histogram.
  mutating func histogramQuantiles(_ arguments: [Expression]) throws -> [Column] {
    let quantiles = try scalar(arguments[0])
    var places: [LabelSet: Int] = [:]
    var histograms: [(labels: LabelSet, buckets: [(bound: Double, values: [Double])])] = []
    for column in try columns(arguments[1]) {
      guard let bound = Double(goText: column.labels["le"]) else { continue }
      let labels = column.labels.without(["le", LabelSet.metricName])
      let place = places[labels] ?? histograms.count
      if place == histograms.count {
        places[labels] = place
        histograms.append((labels, []))
      }
      histograms[place].buckets.append((bound, column.values))
    }
    return histograms.map { histogram in
      let buckets = histogram.buckets.sorted { $0.bound < $1.bound }
      let values = (0..<steps.count).map { step in
        let present = buckets.compactMap { bucket in
          bucket.values[step].isStaleMarker ? nil : Bucket(bound: bucket.bound, count: bucket.values[step])
        }
        return present.isEmpty ? StaleMarker.value : Bucket.quantile(quantiles[step], of: present)
      }
      return Column(labels: histogram.labels, values: values)
    }
    .filter(\.hasValues)
  }
}

/// How many observations were at or below a bound.
struct Bucket: Sendable {
  var bound: Double
  var count: Double

  /// The quantile, by a straight line inside the bucket that holds it.
  ///
  /// - Parameter buckets: sorted by bound.
  static func quantile(_ q: Double, of buckets: [Bucket]) -> Double {
    if q.isNaN { return .nan }
    if q < 0 { return -.infinity }
    if q > 1 { return .infinity }
    guard buckets.last?.bound == .infinity else { return .nan }
    let buckets = monotonic(buckets)
    guard buckets.count >= 2, let observations = buckets.last?.count else { return .nan }
    if observations == 0 { return .nan }
    let rank = q * observations
    // As a binary search finds it, which matters when counts are NaN.
    var (index, high) = (0, buckets.count - 1)
    while index < high {
      let middle = (index + high) / 2
      if buckets[middle].count >= rank { high = middle } else { index = middle + 1 }
    }
    if index == buckets.count - 1 { return buckets[index - 1].bound }
    if index == 0, buckets[0].bound <= 0 { return buckets[0].bound }
    let start = index > 0 ? buckets[index - 1].bound : 0
    let before = index > 0 ? buckets[index - 1].count : 0
    return start + (buckets[index].bound - start) * ((rank - before) / (buckets[index].count - before))
  }

  /// With buckets of one bound added up, and none smaller than the one before: scrapes and rates can make
  /// them so.
  private static func monotonic(_ buckets: [Bucket]) -> [Bucket] {
    var result: [Bucket] = []
    for bucket in buckets {
      if let last = result.indices.last, result[last].bound == bucket.bound {
        result[last].count += bucket.count
      } else {
        result.append(bucket)
      }
    }
    var largest = result.first?.count ?? 0
    for index in result.indices {
      if result[index].count > largest { largest = result[index].count }
      if result[index].count < largest { result[index].count = largest }
    }
    return result
  }
}
