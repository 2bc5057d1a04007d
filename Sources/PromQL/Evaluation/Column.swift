/// One series of an instant vector over all steps of a query: its values, or the marker where it has none.
struct Column: Sendable {
  var labels: LabelSet
  var values: [Double]

  /// Whether there is a value at any step.
  var hasValues: Bool { values.contains { !$0.isStaleMarker } }

  /// With each value changed.
  func mapped(_ labels: LabelSet, _ change: (Double) -> Double) -> Column {
    Column(labels: labels, values: values.map { $0.isStaleMarker ? $0 : change($0) })
  }
}

extension [Column] {
  /// One column for each label set.
  ///
  /// - Throws: when two have a value at the same step.
  func merged() throws -> [Column] {
    var places: [LabelSet: Int] = [:]
    places.reserveCapacity(count)
    var result: [Column] = []
    result.reserveCapacity(count)
    for column in self where column.hasValues {
      guard let place = places[column.labels] else {
        places[column.labels] = result.count
        result.append(column)
        continue
      }
      for (step, value) in column.values.enumerated() where !value.isStaleMarker {
        guard result[place].values[step].isStaleMarker else { throw QueryError.sameLabels }
        result[place].values[step] = value
      }
    }
    return result
  }
}

extension QueryError {
  static let sameLabels = execution("vector cannot contain metrics with the same labelset")
}

/// What an expression gives at all steps of a query.
enum EvaluatedValue: Sendable {
  case scalar([Double])
  case string(String)
  case vector([Column])
}

/// The times at which a query is evaluated, in milliseconds.
struct Steps: Sendable {
  var start: Int64
  var interval: Int64
  var count: Int

  subscript(index: Int) -> Int64 { start &+ Int64(index) &* interval }
}
