import KubeModel

/// A label selector of a query, with all operators that Kubernetes' parser knows.
struct LabelQuery: Hashable, Sendable {
  enum Requirement: Hashable, Sendable {
    case isIn([String])
    case isNotIn([String])
    case exists
    case doesNotExist
    case isGreater(Int64)
    case isLess(Int64)
  }

  var requirements: [(key: String, requirement: Requirement)] = []

  static let everything = LabelQuery()

  var isEverything: Bool { requirements.isEmpty }

  /// Whether an object with these labels is selected.
  func matches(_ labels: JSONObject?) -> Bool {
    requirements.allSatisfy { key, requirement in
      let value = labels?[key]?.string
      switch requirement {
      case .isIn(let values): return value.map(values.contains) ?? false
      case .isNotIn(let values): return !(value.map(values.contains) ?? false)
      case .exists: return value != nil
      case .doesNotExist: return value == nil
      case .isGreater(let bound): return value.flatMap { Int64($0) }.map { $0 > bound } ?? false
      case .isLess(let bound): return value.flatMap { Int64($0) }.map { $0 < bound } ?? false
      }
    }
  }

  static func == (left: LabelQuery, right: LabelQuery) -> Bool {
    left.requirements.elementsEqual(right.requirements) { $0 == $1 }
  }

  func hash(into hasher: inout Hasher) { for one in requirements { hasher.combine(one.key) } }
}
