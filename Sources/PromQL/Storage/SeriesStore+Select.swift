extension SeriesStore {
  /// The series that all matchers match, in the order of their labels.
  func select(_ matchers: [LabelMatcher]) -> [Int] {
    var hits = [Int32](repeating: 0, count: series.count)
    var needed: Int32 = 0
    for matcher in matchers {
      let values = index[ByteKey(matcher.name)] ?? [:]
      // A series without the label has it empty: then what counts is which values do not match.
      let takesEmpty = matcher.matches("")
      if !takesEmpty { needed += 1 }
      if !takesEmpty, case .equal = matcher.kind {
        for slot in values[ByteKey(matcher.value)] ?? [] { hits[Int(slot)] += 1 }
        continue
      }
      for (value, slots) in values where matcher.matches(value.text) != takesEmpty {
        for slot in slots { hits[Int(slot)] += takesEmpty ? -Int32(matchers.count) - 1 : 1 }
      }
    }
    return ordered.filter { hits[$0] == needed }
  }

  /// Whether a series has a sample between two times, both included.
  func hasSamples(_ slot: Int, from start: Int64, to end: Int64) -> Bool {
    guard let series = series[slot] else { return false }
    let index = series.index(from: start)
    return index < series.count && series.time(index) <= end
  }
}
