/// The value that says a series has ended, told from other NaN by its bits.
enum StaleMarker {
  static let bits: UInt64 = 0x7ff0_0000_0000_0002
  static let value = Double(bitPattern: bits)
}

extension Double {
  /// Whether it is the marker rather than a sample; in a column it means that there is no value.
  var isStaleMarker: Bool { bitPattern == StaleMarker.bits }
}

/// The samples of one series, 12 bytes each: milliseconds after a base in 32 bits, and the value.
struct Series: Sendable {
  var labels: LabelSet
  /// Tells this series from one that had the same place in the store before.
  var generation: UInt32
  private var base: Int64 = 0
  private var times: [UInt32] = []
  private var values: [Double] = []

  init(labels: LabelSet, generation: UInt32) {
    self.labels = labels
    self.generation = generation
  }

  var count: Int { times.count }
  var first: Int64? { times.first.map { base + Int64($0) } }
  var last: Int64? { times.last.map { base + Int64($0) } }

  func time(_ index: Int) -> Int64 { base + Int64(times[index]) }
  func value(_ index: Int) -> Double { values[index] }

  /// The first sample at or after a time.
  func index(from time: Int64) -> Int {
    var (low, high) = (0, times.count)
    while low < high {
      let middle = (low + high) / 2
      if self.time(middle) < time { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Adds a sample, and drops those past retention once they are a quarter of all.
  ///
  /// - Returns: whether it is later than the last one; others are not taken.
  mutating func append(_ value: Double, at time: Int64, retention: Int64) -> Bool {
    if let last, time <= last { return false }
    if times.isEmpty { base = time }
    if time - base > Int64(UInt32.max) { drop(before: time - retention, movingBaseTo: time - retention) }
    if times.count > 64, self.time(times.count / 4) < time - retention { drop(before: time - retention) }
    if times.count == times.capacity {
      // Doubling would waste up to half of the memory that the samples take.
      times.reserveCapacity(times.count + max(16, times.count / 8))
      values.reserveCapacity(values.count + max(16, values.count / 8))
    }
    times.append(UInt32(time - base))
    values.append(value)
    return true
  }

  private mutating func drop(before time: Int64, movingBaseTo newBase: Int64? = nil) {
    let dropped = index(from: time)
    times.removeFirst(dropped)
    values.removeFirst(dropped)
    guard let newBase else { return }
    let shift = UInt32(clamping: newBase - base)
    if times.isEmpty { base = newBase } else { base += Int64(shift) }
    for index in times.indices { times[index] -= shift }
  }
}
