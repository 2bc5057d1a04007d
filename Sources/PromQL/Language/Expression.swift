/// What an expression gives.
enum ValueType: String, Sendable {
  case scalar
  case string
  case instantVector = "instant vector"
  case rangeVector = "range vector"

  /// The short name that some errors use.
  var shortName: String {
    switch self {
    case .scalar, .string: rawValue
    case .instantVector: "vector"
    case .rangeVector: "matrix"
    }
  }
}

/// A query as it was read; each part knows the byte it starts at.
indirect enum Expression: Sendable {
  case number(Double, at: Int)
  case string(String, at: Int)
  case selector(VectorSelector)
  /// A selector with a range, in milliseconds.
  case range(VectorSelector, Int64)
  case subquery(Subquery)
  case call(Call)
  case aggregation(Aggregation)
  case unary(isNegative: Bool, Expression, at: Int)
  case binary(BinaryExpression)
  case parenthesized(Expression, at: Int)

  var position: Int {
    switch self {
    case .number(_, let position), .string(_, let position), .unary(_, _, let position),
      .parenthesized(_, let position):
      position
    case .selector(let selector), .range(let selector, _): selector.position
    case .subquery(let subquery): subquery.inner.position
    case .call(let call): call.position
    case .aggregation(let aggregation): aggregation.position
    case .binary(let binary): binary.left.position
    }
  }

  /// The expression inside any parentheses.
  var unwrapped: Expression {
    var expression = self
    while case .parenthesized(let inner, _) = expression { expression = inner }
    return expression
  }

  var type: ValueType {
    switch self {
    case .number: .scalar
    case .string: .string
    case .selector, .aggregation: .instantVector
    case .range, .subquery: .rangeVector
    case .call(let call): call.function.signature.result
    case .unary(_, let inner, _), .parenthesized(let inner, _): inner.type
    case .binary(let binary):
      binary.left.type == .scalar && binary.right.type == .scalar ? .scalar : .instantVector
    }
  }
}

/// The time that a selector looks at instead of that of the query's step.
enum FixedTime: Sendable, Equatable {
  /// Milliseconds since the Unix epoch.
  case at(Int64)
  case start, end
}

/// How far back, and from which time, a selector looks.
struct TimeShift: Sendable, Equatable {
  /// Milliseconds.
  var offset: Int64 = 0
  var fixed: FixedTime?
}

struct VectorSelector: Sendable {
  /// The metric's name before the braces.
  var name: String?
  /// All matchers, that of the name included.
  var matchers: [LabelMatcher]
  var shift = TimeShift()
  var position: Int
}

struct Subquery: Sendable {
  var inner: Expression
  /// Milliseconds.
  var range: Int64
  /// Milliseconds; `nil` for the default.
  var step: Int64?
  var shift = TimeShift()
}

struct Call: Sendable {
  var function: Function
  var arguments: [Expression]
  var position: Int
}

enum AggregationKind: String, Sendable {
  case sum, avg, count, min, max, group, stddev, stdvar, topk, bottomk, quantile
  case countValues = "count_values"

  var takesParameter: Bool {
    switch self {
    case .topk, .bottomk, .quantile, .countValues: true
    default: false
    }
  }
}

struct Aggregation: Sendable {
  var kind: AggregationKind
  var inner: Expression
  var parameter: Expression?
  var labels: [String]
  /// Whether `labels` are those to leave out.
  var isWithout: Bool
  var position: Int
}

enum BinaryOperator: String, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case modulo = "%"
  case power = "^"
  case atan2
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case and, or, unless

  var isComparison: Bool {
    switch self {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: true
    default: false
    }
  }

  var isSet: Bool { self == .and || self == .or || self == .unless }

  /// The higher binds first.
  var precedence: Int {
    switch self {
    case .or: 1
    case .and, .unless: 2
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: 3
    case .add, .subtract: 4
    case .multiply, .divide, .modulo, .atan2: 5
    case .power: 6
    }
  }
}

/// Which series of two vectors belong together.
struct VectorMatching: Sendable {
  enum Many: Sendable { case neither, left, right }

  var labels: [String] = []
  /// Whether only `labels` count, rather than all others.
  var isOn = false
  /// The side of which several series may match one of the other.
  var many = Many.neither
  /// Labels that the one side gives to the many.
  var included: [String] = []
}

struct BinaryExpression: Sendable {
  var `operator`: BinaryOperator
  var left: Expression
  var right: Expression
  var isBool: Bool
  var matching: VectorMatching
  /// Where the operator is.
  var position: Int
}
