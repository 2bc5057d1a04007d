extension Evaluation {
  /// Arithmetic and comparisons between the series of two vectors that belong together.
  func matched(_ left: [Column], _ right: [Column], _ binary: BinaryExpression) throws -> [Column] {
    var signatures = Signatures(binary.matching)
    let isSwapped = binary.matching.many == .right
    let (many, one) = isSwapped ? (right, left) : (left, right)
    let (manyIDs, oneIDs) = (signatures.ids(of: many), signatures.ids(of: one))
    var output = MatchedColumns(binary: binary, many: many, one: one, steps: steps.count)
    var partners = [Int](repeating: -1, count: signatures.count)
    for step in 0..<steps.count {
      // Prometheus finds nothing wrong where one side is empty.
      guard many.contains(where: { !$0.values[step].isStaleMarker }) else { continue }
      for id in partners.indices { partners[id] = -1 }
      for (index, id) in oneIDs.enumerated() where !one[index].values[step].isStaleMarker {
        guard partners[id] < 0 else {
          throw Self.duplicate(one[index], one[partners[id]], signatures, side: isSwapped ? "left" : "right")
        }
        partners[id] = index
      }
      output.beginStep()
      for (index, id) in manyIDs.enumerated() where partners[id] >= 0 {
        let (own, other) = (many[index].values[step], one[partners[id]].values[step])
        guard !own.isStaleMarker else { continue }
        let (value, isKept) =
          isSwapped ? binary.operator.apply(other, own) : binary.operator.apply(own, other)
        if binary.isBool {
          try output.set(isKept ? 1 : 0, at: step, index, partners[id], id)
        } else if isKept {
          try output.set(value, at: step, index, partners[id], id)
        }
      }
    }
    return output.columns
  }

  private static func duplicate(
    _ column: Column, _ other: Column, _ signatures: Signatures, side: String
  ) -> QueryError {
    .execution(
      "found duplicate series for the match group \(signatures.labels(of: column).text) on the \(side) "
        + "hand-side of the operation: [\(column.labels.text), \(other.labels.text)]"
        + ";many-to-many matching not allowed: matching labels must be unique on one side")
  }
}

/// The columns that matching makes, each at the place where it first got a value.
private struct MatchedColumns {
  private struct Pair: Hashable {
    let many: Int
    let one: Int
  }

  let binary: BinaryExpression
  let many: [Column]
  let one: [Column]
  let steps: Int
  private(set) var columns: [Column] = []
  private var byPair: [Pair: Int] = [:]
  private var byLabels: [LabelSet: Int] = [:]
  private var matchedGroups: Set<Int> = []

  init(binary: BinaryExpression, many: [Column], one: [Column], steps: Int) {
    self.binary = binary
    self.many = many
    self.one = one
    self.steps = steps
  }

  mutating func beginStep() { matchedGroups.removeAll(keepingCapacity: true) }

  mutating func set(_ value: Double, at step: Int, _ manyIndex: Int, _ oneIndex: Int, _ group: Int) throws {
    if binary.matching.many == .neither, !matchedGroups.insert(group).inserted {
      throw QueryError.execution(
        "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)")
    }
    let pair = Pair(many: manyIndex, one: binary.matching.included.isEmpty ? 0 : oneIndex)
    let place = byPair[pair] ?? column(for: pair)
    guard columns[place].values[step].isStaleMarker else {
      throw QueryError.execution(
        "multiple matches for labels: grouping labels must ensure unique matches")
    }
    columns[place].values[step] = value
  }

  private mutating func column(for pair: Pair) -> Int {
    let labels = labels(of: pair)
    let place = byLabels[labels] ?? columns.count
    if place == columns.count {
      byLabels[labels] = place
      columns.append(Column(labels: labels, values: [Double](repeating: StaleMarker.value, count: steps)))
    }
    byPair[pair] = place
    return place
  }

  private func labels(of pair: Pair) -> LabelSet {
    let matching = binary.matching
    var labels = many[pair.many].labels
    if !binary.operator.isComparison { labels = labels.withoutName }
    if matching.many == .neither {
      labels = matching.isOn ? labels.keeping(matching.labels) : labels.without(matching.labels)
    }
    for name in matching.included { labels = labels.setting(name, to: one[pair.one].labels[name]) }
    return binary.isBool ? labels.withoutName : labels
  }
}

extension LabelSet {
  /// As errors write it: `{a="b", c="d"}`.
  var text: String { "{" + labels.map { "\($0.name)=\(quoted($0.value))" }.joined(separator: ", ") + "}" }
}
