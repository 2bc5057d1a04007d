/// The k best values; of equal ones it keeps those that Prometheus would, because its heap moves alike.
struct SelectionHeap {
  private let isTop: Bool
  private let capacity: Int
  private var entries: [(value: Double, member: Int)] = []

  init(isTop: Bool, capacity: Int) {
    self.isTop = isTop
    self.capacity = capacity
  }

  /// Best first; NaN last.
  var inOrder: [(value: Double, member: Int)] {
    // Sorted by insertion, so that equal values keep their order.
    var sorted: [(value: Double, member: Int)] = []
    sorted.reserveCapacity(entries.count)
    if entries.count > 64 { return entries.sorted { isBetter($0.value, $1.value) } }
    for entry in entries {
      let place = sorted.firstIndex { isBetter(entry.value, $0.value) } ?? sorted.count
      sorted.insert(entry, at: place)
    }
    return sorted
  }

  mutating func offer(_ value: Double, _ member: Int) {
    if entries.count < capacity {
      entries.append((value, member))
      rise()
    } else if let worst = entries.first?.value,
      (isTop ? worst < value : worst > value) || (worst.isNaN && !value.isNaN)
    {
      entries[0] = (value, member)
      sink()
    }
  }

  private func isWorse(_ value: Double, _ other: Double) -> Bool {
    value.isNaN || (isTop ? value < other : value > other)
  }

  private func isBetter(_ value: Double, _ other: Double) -> Bool {
    !value.isNaN && (other.isNaN || (isTop ? value > other : value < other))
  }

  private mutating func rise() {
    var child = entries.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard isWorse(entries[child].value, entries[parent].value) else { return }
      entries.swapAt(child, parent)
      child = parent
    }
  }

  private mutating func sink() {
    var parent = 0
    while 2 * parent + 1 < entries.count {
      var child = 2 * parent + 1
      if child + 1 < entries.count, isWorse(entries[child + 1].value, entries[child].value) { child += 1 }
      guard isWorse(entries[child].value, entries[parent].value) else { return }
      entries.swapAt(child, parent)
      parent = child
    }
  }
}
