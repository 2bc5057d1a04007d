import KubeModel

/// Adds up what the rules of a schema can cost at most; what is too much is refused before it is ever used.
struct CELCostTotal {
  private var total = 0.0
  private var costly: [(path: FieldPath, cost: Double)] = []

  /// The most for one rule, in all places that one object can have it.
  private static let ruleLimit = 10_000_000.0
  /// The most for all rules of a schema.
  private static let schemaLimit = 100_000_000.0

  /// The estimate is rougher than Kubernetes': only what is far beyond a limit is refused.
  private static let margin = 100.0

  /// Counts a rule and the expression of its message.
  mutating func observe(
    _ rule: CompiledRule, of schema: StructuralSchema, _ context: SchemaKeywords.RuleContext,
    at path: FieldPath,
    _ problems: inout [FieldError]
  ) {
    if let program = rule.program {
      // As often as the least object of its kind fits into one request.
      let times =
        context.cardinality.map { Double($0) }
        ?? (3_145_728 / (CELCost.leastLength(of: schema) + 1)).rounded(.down)
      let cost = CELCost.most(of: program, on: schema) * times
      add(cost, path["rule"], "estimated rule cost", &problems)
    }
    if let message = rule.message {
      let cost = CELCost.most(of: message, on: schema)
      add(cost, path["messageExpression"], "estimated messageExpression cost", &problems)
    }
  }

  private mutating func add(_ cost: Double, _ path: FieldPath, _ name: String, _ problems: inout [FieldError])
  {
    if cost > CELCostTotal.ruleLimit * CELCostTotal.margin {
      problems.append(CELCostTotal.refusal(path, name, cost, CELCostTotal.ruleLimit))
    }
    total += cost
    guard cost >= CELCostTotal.schemaLimit / 100 else { return }
    costly.append((path, cost))
    costly.sort { $0.cost > $1.cost }
    if costly.count > 4 { costly.removeLast() }
  }

  private static func refusal(_ path: FieldPath, _ name: String, _ cost: Double, _ limit: Double)
    -> FieldError
  {
    let factor = cost / limit
    let words =
      factor > 100 ? "more than 100x" : FixedPoint.text(factor, decimals: factor < 1.5 ? 6 : 1) + "x"
    return FieldError(
      reason: .forbidden, field: path.description,
      message:
        "Forbidden: \(name) exceeds budget by factor of \(words) (try simplifying the rule, or adding maxItems, "
        + "maxProperties, and maxLength where arrays, maps, and strings are declared)")
  }

  /// What is too much for the schema as a whole.
  func problems(at path: FieldPath) -> [FieldError] {
    guard total > CELCostTotal.schemaLimit * CELCostTotal.margin else { return [] }
    var problems = costly.map { rule in
      FieldError(
        reason: .forbidden, field: rule.path.description,
        message:
          "Forbidden: contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema"
      )
    }
    problems.append(
      CELCostTotal.refusal(
        path, "x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema", total,
        CELCostTotal.schemaLimit))
    return problems
  }
}

extension SchemaKeywords.RuleContext {
  /// The context of the elements of a list or map.
  func inside(_ schema: JSONObject, limit: String) -> SchemaKeywords.RuleContext {
    var inner = self
    let most = schema[limit]?.int.map { UInt64(max($0, 0)) }
    if let known = cardinality, let most {
      let (product, isOverflow) = known.multipliedReportingOverflow(by: most)
      inner.cardinality = isOverflow ? .max : product
    } else {
      inner.cardinality = nil
    }
    return inner
  }
}
