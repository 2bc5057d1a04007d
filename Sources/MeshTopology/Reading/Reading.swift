internal import KubeModel

/// One reading of a topology: the problems found so far.
final class Reading {
  /// The most problems that are kept; a text with more is not worth a longer list.
  static let problemLimit = 500

  private(set) var problems: [Problem] = []
  /// What is valid, and will be regretted.
  private(set) var warnings: [Problem] = []
  /// The number of problems found, those beyond the limit counted too.
  private(set) var problemCount = 0
  /// What is declared.
  var directory = Directory()
  /// The namespace of the document that is being read.
  var namespace = ""

  /// Whether further problems are only counted as "more".
  var isFull: Bool { problems.count >= Reading.problemLimit }

  /// Notes a problem.
  ///
  /// - Parameter remedy: what to do; only asked for while there is room, as finding the nearest name costs
  ///   time.
  func report(
    _ code: Problem.Code, _ message: @autoclosure () -> String, at spot: Spot,
    remedy: @autoclosure () -> String
  ) {
    problemCount += 1
    guard problems.count <= Reading.problemLimit else { return }
    problems.append(
      isFull
        ? Problem(
          severity: .error, code: .tooMany, message: "more than \(Reading.problemLimit) problems",
          place: spot.place, path: "", remedy: "correct these first")
        : Problem(
          severity: .error, code: code, message: message(), place: spot.place, path: spot.path,
          remedy: remedy()))
  }

  /// Notes something that is valid and that somebody will regret. It does not keep the topology from being used,
  /// nor the document from counting as read.
  func warn(_ code: Problem.Code, _ message: String, at spot: Spot, remedy: String) {
    guard warnings.count < Reading.problemLimit else { return }
    warnings.append(
      Problem(
        severity: .warning, code: code, message: message, place: spot.place, path: spot.path, remedy: remedy))
  }

  /// Notes that `name` is not among `known`.
  ///
  /// - Parameters:
  ///   - thing: what was looked for, such as `cluster`.
  ///   - remedy: what to do when none of `known` is near.
  func reportUnknown(
    _ thing: String, _ name: String, at spot: Spot, known: @autoclosure () -> [String],
    remedy: @autoclosure () -> String
  ) {
    report(
      .unknownReference, "there is no \(thing) \(shown(name))", at: spot,
      remedy: Suggestion.remedy(for: name, in: known(), otherwise: remedy()))
  }

  /// The problems by file, line and column, with "too many" at the end.
  func sortedProblems(fileOrder: [String]) -> [Problem] { Reading.sorted(problems, fileOrder) }

  /// The warnings by file, line and column.
  func sortedWarnings(fileOrder: [String]) -> [Problem] { Reading.sorted(warnings, fileOrder) }

  static func sorted(_ problems: [Problem], _ fileOrder: [String]) -> [Problem] {
    let order = Dictionary(zip(fileOrder, fileOrder.indices), uniquingKeysWith: { first, _ in first })
    func rank(_ problem: Problem) -> (Int, Int, Int, Int) {
      let place = problem.place
      return (problem.code == .tooMany ? 1 : 0, order[place.file] ?? Int.max, place.line, place.column)
    }
    return problems.sorted { rank($0) < rank($1) }
  }
}
