extension Evaluation {
  mutating func columns(of aggregation: Aggregation) throws -> [Column] {
    let input = try columns(aggregation.inner)
    if aggregation.kind == .countValues { return try countValues(input, aggregation) }
    let parameters = aggregation.kind.takesParameter ? try aggregation.parameter.map { try scalar($0) } : nil
    let groups = Groups(input, aggregation)
    if aggregation.kind == .topk || aggregation.kind == .bottomk {
      return try selected(input, groups, aggregation.kind == .topk, parameters ?? [])
    }
    var result: [Column] = []
    for (labels, members) in zip(groups.labels, groups.members) {
      var values = [Double](repeating: StaleMarker.value, count: steps.count)
      for step in values.indices {
        let present = members.lazy.map { input[$0].values[step] }.filter { !$0.isStaleMarker }
        let value = Self.aggregate(present, aggregation.kind, parameters?[step] ?? 0)
        if let value { values[step] = value }
      }
      result.append(Column(labels: labels, values: values))
    }
    return result
  }

  private static func aggregate(
    _ values: some Sequence<Double>, _ kind: AggregationKind, _ parameter: Double
  ) -> Double? {
    var (count, total, mean) = (0.0, 0.0, 0.0)
    if kind == .quantile {
      let all = Array(values)
      return all.isEmpty ? nil : quantile(parameter, of: all)
    }
    for value in values {
      count += 1
      switch kind {
      case .sum: total += value
      case .min: total = count == 1 || total > value || total.isNaN ? value : total
      case .max: total = count == 1 || total < value || total.isNaN ? value : total
      case .avg:
        // Once infinite a mean stays so, unless the other infinity or NaN comes.
        if mean.isInfinite, value.isFinite || (value.isInfinite && (mean > 0) == (value > 0)) { continue }
        mean += value / count - mean / count
      case .stddev, .stdvar:
        let delta = value - mean
        mean += delta / count
        total += delta * (value - mean)
      default: break
      }
    }
    guard count > 0 else { return nil }
    switch kind {
    case .avg: return mean
    case .count: return count
    case .group: return 1
    case .stddev: return (total / count).squareRoot()
    case .stdvar: return total / count
    default: return total
    }
  }

  private func countValues(_ input: [Column], _ aggregation: Aggregation) throws -> [Column] {
    guard case .string(let label, _) = aggregation.parameter?.unwrapped, label.isLabelName else {
      var name = ""
      if case .string(let text, _) = aggregation.parameter?.unwrapped { name = text }
      throw QueryError.execution("invalid label name \(quoted(name))")
    }
    var places: [LabelSet: Int] = [:]
    var result: [Column] = []
    for step in 0..<steps.count {
      for column in input where !column.values[step].isStaleMarker {
        let labelled = column.labels.setting(label, to: column.values[step].plainText)
        let labels =
          aggregation.isWithout
          ? labelled.without(aggregation.labels + [LabelSet.metricName])
          : labelled.keeping(aggregation.labels + [label])
        let place = places[labels] ?? result.count
        if place == result.count {
          places[labels] = place
          result.append(
            Column(labels: labels, values: [Double](repeating: StaleMarker.value, count: steps.count)))
        }
        let before = result[place].values[step]
        result[place].values[step] = before.isStaleMarker ? 1 : before + 1
      }
    }
    return result
  }

  /// `topk` and `bottomk`: the columns as they are, with values only at the steps that choose them.
  private func selected(
    _ input: [Column], _ groups: Groups, _ isTop: Bool, _ parameters: [Double]
  ) throws -> [Column] {
    var result = input.map { column in
      Column(labels: column.labels, values: [Double](repeating: StaleMarker.value, count: steps.count))
    }
    var order: [Int] = []
    for step in 0..<steps.count {
      let parameter = parameters[step]
      guard parameter >= -9.223372036854775e18, parameter <= 9.223372036854775e18 else {
        throw QueryError.execution("Scalar value \(parameter.shortText) overflows int64")
      }
      let wanted = Int(parameter)
      guard wanted >= 1 else { continue }
      for members in groups.members {
        var heap = SelectionHeap(isTop: isTop, capacity: min(wanted, members.count))
        for member in members where !input[member].values[step].isStaleMarker {
          heap.offer(input[member].values[step], member)
        }
        for (value, member) in heap.inOrder {
          result[member].values[step] = value
          order.append(member)
        }
      }
    }
    // An instant vector comes best first; over a range the labels say the order.
    return steps.count == 1 ? order.map { result[$0] } : result.filter(\.hasValues)
  }
}

/// Which columns are aggregated together, in the order in which they first appear.
private struct Groups {
  var labels: [LabelSet] = []
  var members: [[Int]] = []

  init(_ columns: [Column], _ aggregation: Aggregation) {
    var places: [LabelSet: Int] = [:]
    let left = aggregation.labels + [LabelSet.metricName]
    for (index, column) in columns.enumerated() {
      let key =
        aggregation.isWithout
        ? column.labels.without(left)
        : aggregation.labels.isEmpty ? LabelSet() : column.labels.keeping(aggregation.labels)
      if let place = places[key] {
        members[place].append(index)
      } else {
        places[key] = labels.count
        labels.append(key)
        members.append([index])
      }
    }
  }
}

extension String {
  /// Whether it may name a label.
  var isLabelName: Bool {
    guard let first = utf8.first, Lexer.isLetter(first) else { return false }
    return utf8.allSatisfy { Lexer.isLetter($0) || Lexer.isDigit($0) }
  }
}
