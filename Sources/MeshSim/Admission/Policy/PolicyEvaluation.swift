import KubeModel

/// The expressions of one ValidatingAdmissionPolicy over one request.
struct PolicyEvaluation {
  /// What a policy has against a request.
  struct Denial: Hashable, Sendable {
    var message: String
    var reason = "Invalid"
  }

  let policy: KubeObject
  private var variables: [(name: String, value: CELValue)]
  private let hasParameters: Bool

  init(_ policy: KubeObject, _ request: PolicyRequest, parameter: KubeObject?) {
    self.policy = policy
    variables = request.variables
    hasParameters = policy[path: "spec", "paramKind"] != nil
    if hasParameters { variables.append(("params", CELValue(parameter?.json ?? .null))) }
  }

  /// - Returns: what is denied, in the order of the validations; nothing when the policy is not about the request.
  mutating func denials() -> [Denial] {
    let spec = policy.fields["spec"] ?? .null
    let isFailing = spec.text("failurePolicy") != "Ignore"
    for condition in spec.list("matchConditions") {
      switch value(of: condition.text("expression")) {
      case .success(.bool(true)): continue
      case .success: return []
      case .failure(let error):
        return isFailing ? [Denial(message: PolicyEvaluation.text(error, condition.text("expression")))] : []
      }
    }
    define(spec.list("variables"))
    return spec.list("validations").compactMap { validation in
      let expression = validation.text("expression")
      switch value(of: expression) {
      case .success(.bool(true)): return nil
      case .success:
        return Denial(message: message(of: validation), reason: validation["reason"]?.string ?? "Invalid")
      case .failure(let error):
        return isFailing ? Denial(message: PolicyEvaluation.text(error, expression)) : nil
      }
    }
  }

  /// Variables are there for those after them, and for the validations. One without a value is missed only by who
  /// asks for it.
  private mutating func define(_ definitions: [JSONValue]) {
    var map = CELMap()
    for definition in definitions {
      if case .success(let value) = value(of: definition.text("expression")) {
        _ = map.insert(.string(definition.text("name")), value)
      }
      variables.removeAll { $0.name == "variables" }
      variables.append(("variables", .map(map)))
    }
  }

  private func value(of expression: String) -> Result<CELValue, CELError> {
    do throws(CELProgram.Refusal) {
      let names = variables.map { ($0.name, CELType.dyn) } + [("variables", CELType.dyn)]
      return try CELProgram(expression, variables: names).evaluate(variables).result
    } catch {
      return .failure(CELError("compilation failed: \(error.description)"))
    }
  }

  private static func text(_ error: CELError, _ expression: String) -> String {
    "expression '\(expression)' resulted in error: \(error)"
  }

  private func message(of validation: JSONValue) -> String {
    if let expression = validation["messageExpression"]?.string,
      case .success(.string(let text)) = value(of: expression)
    {
      let text = text.trimmed
      if !text.isEmpty, text.utf8.count <= 5 << 10, !text.contains("\n") { return text }
    }
    let own = validation.text("message").trimmed
    return own.isEmpty ? "failed expression: \(validation.text("expression").trimmed)" : own
  }
}
