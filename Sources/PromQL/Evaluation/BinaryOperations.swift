#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

extension BinaryOperator {
  /// What it gives for two numbers, and whether a filter would keep the first of them.
  func apply(_ left: Double, _ right: Double) -> (value: Double, isKept: Bool) {
    switch self {
    case .add: (left + right, true)
    case .subtract: (left - right, true)
    case .multiply: (left * right, true)
    case .divide: (left / right, true)
    case .modulo: (fmod(left, right), true)
    case .power: (pow(left, right), true)
    case .atan2: (Self.arcTangent(left, right), true)
    case .equal: (left, left == right)
    case .notEqual: (left, left != right)
    case .less: (left, left < right)
    case .lessOrEqual: (left, left <= right)
    case .greater: (left, left > right)
    case .greaterOrEqual: (left, left >= right)
    case .and, .or, .unless: (left, false)
    }
  }

  private static func arcTangent(_ y: Double, _ x: Double) -> Double {
    #if canImport(Darwin)
      Darwin.atan2(y, x)
    #elseif canImport(Glibc)
      Glibc.atan2(y, x)
    #else
      Musl.atan2(y, x)
    #endif
  }
}

extension Evaluation {
  mutating func value(of binary: BinaryExpression) throws -> EvaluatedValue {
    let (left, right) = (try value(of: binary.left), try value(of: binary.right))
    let kind = binary.operator
    switch (left, right) {
    case (.scalar(let left), .scalar(let right)):
      return .scalar(
        zip(left, right).map { left, right in
          let (value, isKept) = kind.apply(left, right)
          return kind.isComparison ? (isKept ? 1 : 0) : value
        })
    case (.vector(let columns), .scalar(let scalars)):
      return .vector(try combined(columns, scalars, binary, isSwapped: false))
    case (.scalar(let scalars), .vector(let columns)):
      return .vector(try combined(columns, scalars, binary, isSwapped: true))
    case (.vector(let left), .vector(let right)):
      let result = kind.isSet ? setOperation(left, right, binary) : try matched(left, right, binary)
      return .vector(try result.merged())
    default: return .vector([])
    }
  }

  private func combined(
    _ columns: [Column], _ scalars: [Double], _ binary: BinaryExpression, isSwapped: Bool
  ) throws -> [Column] {
    let kind = binary.operator
    return try columns.map { column in
      var result = column
      if !kind.isComparison || binary.isBool { result.labels = column.labels.withoutName }
      for (step, own) in column.values.enumerated() where !own.isStaleMarker {
        let (value, isKept) = isSwapped ? kind.apply(scalars[step], own) : kind.apply(own, scalars[step])
        if binary.isBool {
          result.values[step] = isKept ? 1 : 0
        } else if kind.isComparison {
          result.values[step] = isKept ? own : StaleMarker.value
        } else {
          result.values[step] = value
        }
      }
      return result
    }
    .merged()
  }

  private func setOperation(_ left: [Column], _ right: [Column], _ binary: BinaryExpression) -> [Column] {
    var signatures = Signatures(binary.matching)
    let (leftIDs, rightIDs) = (signatures.ids(of: left), signatures.ids(of: right))
    /// `columns` at the steps where some, or none, of the others has the same signature.
    func masked(
      _ columns: [Column], _ ids: [Int], by others: [Column], _ otherIDs: [Int], where isThere: Bool
    ) -> [Column] {
      var there = [Bool](repeating: false, count: signatures.count * steps.count)
      for (other, id) in zip(others, otherIDs) {
        for (step, value) in other.values.enumerated() where !value.isStaleMarker {
          there[id * steps.count + step] = true
        }
      }
      return zip(columns, ids).map { column, id in
        var result = column
        for step in column.values.indices where there[id * steps.count + step] != isThere {
          result.values[step] = StaleMarker.value
        }
        return result
      }
    }
    switch binary.operator {
    case .and: return masked(left, leftIDs, by: right, rightIDs, where: true)
    case .unless: return masked(left, leftIDs, by: right, rightIDs, where: false)
    default: return left + masked(right, rightIDs, by: left, leftIDs, where: false)
    }
  }
}

/// Numbers for the labels by which series of two vectors are matched.
struct Signatures {
  private let matching: VectorMatching
  private var known: [LabelSet: Int] = [:]

  init(_ matching: VectorMatching) { self.matching = matching }

  var count: Int { known.count }

  mutating func ids(of columns: [Column]) -> [Int] {
    columns.map { column in
      let key = labels(of: column)
      if let id = known[key] { return id }
      known[key] = known.count
      return known.count - 1
    }
  }

  func labels(of column: Column) -> LabelSet {
    matching.isOn
      ? column.labels.keeping(matching.labels)
      : column.labels.without(matching.labels + [LabelSet.metricName])
  }
}
