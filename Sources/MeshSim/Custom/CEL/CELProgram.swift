/// An expression that was read and checked.
struct CELProgram: Sendable {
  let source: String
  let node: CELNode
  let type: CELType
  /// The variables that it names.
  let used: Set<String>

  /// What an expression is refused for, in the form in which Kubernetes prints it.
  struct Refusal: Error, Sendable {
    let description: String
  }

  /// - Parameter variables: the names that it may use, with their types.
  init(_ source: String, variables: [(name: String, type: CELType)]) throws(Refusal) {
    self.source = source
    let parsed: CELNode
    do throws(CELIssue) { parsed = try CELParser.parse(source) } catch {
      throw Refusal(description: CELIssue.text([error], in: source))
    }
    node = parsed
    var checker = CELChecker(variables: variables)
    type = checker.check(parsed)
    var issues = checker.issues
    if issues.isEmpty { issues = CELLiterals.issues(in: parsed) }
    guard issues.isEmpty else { throw Refusal(description: CELIssue.text(issues, in: source)) }
    used = checker.used
  }

  /// The value with these variables, and what finding it cost.
  func evaluate(
    _ variables: [(name: String, value: CELValue)], budget: Int = CELProgram.callLimit
  ) -> (result: Result<CELValue, CELError>, cost: Int) {
    var evaluator = CELEvaluator(variables: variables, budget: budget)
    do throws(CELError) {
      let value = try evaluator.value(node)
      return (.success(value), evaluator.spent)
    } catch {
      return (.failure(error), evaluator.spent)
    }
  }

  /// The cost after which one evaluation ends.
  static let callLimit = 1_000_000
  /// The cost of all rules of one object.
  static let objectLimit = 10_000_000
}

/// Literals that functions take apart are checked with the expression.
enum CELLiterals {
  static func issues(in node: CELNode) -> [CELIssue] {
    var issues: [CELIssue] = []
    collect(node, &issues)
    return issues
  }

  private static func collect(_ node: CELNode, _ issues: inout [CELIssue]) {
    switch node.kind {
    case .call(let name, let arguments), .method(_, let name, let arguments): check(name, arguments, &issues)
    default: break
    }
    for child in node.kind.children { collect(child, &issues) }
  }

  private static func check(_ name: String, _ arguments: [CELNode], _ issues: inout [CELIssue]) {
    guard let last = arguments.last, case .literal(.string(let text)) = last.kind else { return }
    let isWrong: Bool
    switch name {
    case "duration": isWrong = GoDuration.nanoseconds(text) == nil
    case "timestamp": isWrong = !TextFormat.isDateTime(text)
    case "matches": isWrong = (try? Pattern(text)) == nil
    default: return
    }
    if isWrong { issues.append(CELIssue(place: last.place, message: "invalid \(name) argument")) }
  }
}
