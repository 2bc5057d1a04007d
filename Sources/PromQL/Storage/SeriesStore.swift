public import Seams

/// A series' place in a store, for appending without looking its labels up again.
public struct SeriesReference: Hashable, Sendable {
  let slot: Int
  let generation: UInt32
}

/// Samples in memory by label set, kept for at least the retention and up to a third longer.
///
/// A value type: a copy is a consistent view that queries may read while the original goes on.
public struct SeriesStore: Sendable {
  /// How long samples are kept, in milliseconds.
  let retention: Int64
  private(set) var series: [Series?] = []
  /// The places in `series` that are in use, in the order of their labels.
  private(set) var ordered: [Int] = []
  /// By label name and value, the places that have it, in no order.
  private(set) var index: [ByteKey: [ByteKey: [Int32]]] = [:]
  private var slots: [LabelSet: Int] = [:]
  private var free: [Int] = []
  private var generations: UInt32 = 0

  /// Creates an empty store.
  ///
  /// - Parameter retention: how long samples are kept; at most 40 days, because their times take 32 bits.
  public init(retention: Duration = .seconds(86_400)) {
    self.retention = min(max(retention.wholeMicroseconds / 1_000, 1_000), 40 * 86_400_000)
  }

  /// How many series there are.
  public var seriesCount: Int { ordered.count }

  /// How many samples there are, markers of the end of a series included.
  public var sampleCount: Int { ordered.reduce(0) { $0 + (series[$1]?.count ?? 0) } }

  /// The series of a label set, created when it is new.
  public mutating func reference(to labels: LabelSet) -> SeriesReference {
    if let slot = slots[labels], let known = series[slot] {
      return SeriesReference(slot: slot, generation: known.generation)
    }
    generations &+= 1
    let slot = free.popLast() ?? series.count
    if slot == series.count { series.append(nil) }
    let known = labels.labels.map { label in
      let (name, value) = interned(label)
      index[name, default: [:]][value, default: []].append(Int32(slot))
      return Label(name: name.text, value: value.text)
    }
    let own = LabelSet(sorted: known)
    ordered.insert(slot, at: position(of: own))
    slots[own] = slot
    series[slot] = Series(labels: own, generation: generations)
    return SeriesReference(slot: slot, generation: generations)
  }

  /// Appends a sample.
  ///
  /// - Returns: false when it is not later than the last one of its series (times count in milliseconds), or
  ///   the series has been removed since.
  @discardableResult
  public mutating func append(_ value: Double, at time: Timestamp, to reference: SeriesReference) -> Bool {
    guard series.indices.contains(reference.slot), series[reference.slot]?.generation == reference.generation
    else { return false }
    return series[reference.slot]?.append(value, at: time.milliseconds, retention: retention) ?? false
  }

  /// Appends a sample to the series of a label set, which is created when it is new.
  @discardableResult
  public mutating func append(_ value: Double, at time: Timestamp, to labels: LabelSet) -> Bool {
    append(value, at: time, to: reference(to: labels))
  }

  /// Says that a series has no value from a time on, as Prometheus does when a target or a series is gone;
  /// without it queries see the last value for five minutes more.
  public mutating func markStale(_ reference: SeriesReference, at time: Timestamp) {
    append(StaleMarker.value, at: time, to: reference)
  }

  /// Removes the series whose last sample is past retention; references to them end.
  public mutating func removeExpired(at now: Timestamp) {
    let oldest = now.milliseconds - retention
    for slot in ordered {
      guard let gone = series[slot], (gone.last ?? .min) < oldest else { continue }
      for label in gone.labels.labels {
        let (name, value) = (ByteKey(label.name), ByteKey(label.value))
        index[name]?[value]?.removeAll { $0 == Int32(slot) }
        if index[name]?[value]?.isEmpty == true { index[name]?[value] = nil }
        if index[name]?.isEmpty == true { index[name] = nil }
      }
      slots[gone.labels] = nil
      series[slot] = nil
      free.append(slot)
    }
    ordered.removeAll { series[$0] == nil }
  }

  /// The keys that the index already has for a label, so that equal strings share their memory.
  private func interned(_ label: Label) -> (name: ByteKey, value: ByteKey) {
    let (name, value) = (ByteKey(label.name), ByteKey(label.value))
    guard let known = index.index(forKey: name) else { return (name, value) }
    let (key, values) = index[known]
    return (key, values.index(forKey: value).map { values[$0].key } ?? value)
  }

  private func position(of labels: LabelSet) -> Int {
    var (low, high) = (0, ordered.count)
    while low < high {
      let middle = (low + high) / 2
      if let other = series[ordered[middle]]?.labels, other < labels {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }
}

extension Timestamp {
  /// Whole milliseconds since the Unix epoch, rounded down.
  var milliseconds: Int64 { microseconds / 1_000 - (microseconds % 1_000 < 0 ? 1 : 0) }

  /// A time from milliseconds since the Unix epoch.
  init(milliseconds: Int64) {
    let (product, isOverflow) = milliseconds.multipliedReportingOverflow(by: 1_000)
    self.init(microseconds: isOverflow ? (milliseconds < 0 ? .min : .max) : product)
  }
}
