import KubeModel

/// Runs the rules of a schema over an object.
struct RuleValidation {
  private(set) var problems: [FieldError] = []
  private var budget = CELProgram.objectLimit
  private var isOver = false
  private var letsUnchangedPass = true

  static func problems(
    of value: JSONValue, _ schema: StructuralSchema, at path: FieldPath? = nil, live: JSONValue?,
    isDefault: Bool = false
  ) -> [FieldError] {
    guard schema.contents.contains(.rules) else { return [] }
    var validation = RuleValidation()
    validation.letsUnchangedPass = !isDefault
    validation.check(value, schema, path, live: live, unchanged: live.map { $0 == value } ?? false)
    return validation.problems
  }

  /// - Parameter unchanged: whether the nearest place that can be told in both objects is as it was.
  private mutating func check(
    _ value: JSONValue, _ schema: StructuralSchema, _ path: FieldPath?, live: JSONValue?, unchanged: Bool
  ) {
    guard !isOver, value != .null, schema.contents.contains(.rules) else { return }
    let live = live == .null ? nil : live
    run(value, schema, program: schema.program, path, live: live, unchanged: unchanged)
    for inner in schema.allOf where inner.contents.contains(.rules) && !isOver {
      check(value, inner, path, live: live, unchanged: unchanged)
    }
    switch value {
    case .array(let array):
      guard let items = schema.items, items.contents.contains(.rules) else { return }
      let known = live?.array.flatMap { KeyedList($0, schema) }
      for (index, element) in array.enumerated() where !isOver {
        let old = known?.counterpart(of: element)
        check(
          element, items, (path ?? FieldPath())[index], live: old,
          unchanged: old.map { $0 == element } ?? unchanged)
      }
    case .object(let object):
      for member in object.members where !isOver {
        let inner: StructuralSchema
        let place: FieldPath
        if let property = schema.property(member.key) {
          (inner, place) = (property, (path ?? FieldPath())[member.key])
        } else if case .schema(let additional)? = schema.additional {
          (inner, place) = (additional, path.map { $0[key: member.key] } ?? FieldPath("[\(member.key)]"))
        } else {
          continue
        }
        guard inner.contents.contains(.rules) else { continue }
        let old = live?[member.key]
        check(member.value, inner, place, live: old, unchanged: old.map { $0 == member.value } ?? unchanged)
      }
    default: break
    }
  }

  private mutating func run(
    _ value: JSONValue, _ schema: StructuralSchema, program: [CompiledRule], _ path: FieldPath?,
    live: JSONValue?,
    unchanged: Bool
  ) {
    guard !program.isEmpty else { return }
    let own = CELValue(value, schema)
    for (rule, compiled) in zip(schema.rules, program) {
      if let refusal = compiled.refusal {
        invalid(path, schema, "rule compile error: \(refusal)")
        continue
      }
      guard let expression = compiled.program else { continue }
      let isOptional = rule.optionalOldSelf == true
      if compiled.usesOldSelf, live == nil, !isOptional { continue }
      var variables: [(name: String, value: CELValue)] = [("self", own)]
      let old = live.map { CELValue($0, schema) }
      if isOptional {
        variables.append(("oldSelf", .optional(old)))
      } else if let old {
        variables.append(("oldSelf", old))
      }
      let (result, cost) = expression.evaluate(variables)
      if cost > budget {
        invalid(
          path, schema,
          "validation failed due to running out of cost budget, no further validation rules will be run")
        return isOver = true
      }
      budget -= cost
      switch result {
      case .success(.bool(true)): continue
      case .success:
        fail(
          value, schema, rule, compiled, variables, path,
          isLetPass: letsUnchangedPass && unchanged && !compiled.usesOldSelf)
      case .failure(let error):
        if error.description.hasPrefix("no such overload") {
          invalid(
            path, schema,
            "'\(error)': call arguments did not match a supported operator, function or macro "
              + "signature for rule: \(rule.title)")
        } else if error == .costLimit {
          invalid(
            path, schema,
            "'\(error)': no further validation rules will be run due to call cost exceeds limit for rule: \(rule.title)"
          )
          return isOver = true
        } else {
          invalid(path, schema, "\(error) evaluating rule: \(rule.title)")
        }
      }
      if isOver { return }
    }
  }

  /// Adds the error of a rule that does not hold.
  private mutating func fail(
    _ value: JSONValue, _ schema: StructuralSchema, _ rule: ValidationRule, _ compiled: CompiledRule,
    _ variables: [(name: String, value: CELValue)], _ path: FieldPath?, isLetPass: Bool
  ) {
    // What a change does not touch may go on breaking a rule that came later.
    if isLetPass { return }
    var detail = rule.message.isEmpty ? "failed rule: \(rule.title)" : rule.message.trimmed
    if let message = compiled.message {
      let (result, cost) = message.evaluate(variables)
      budget -= cost
      if case .success(.string(let text)) = result {
        let text = text.trimmed
        if !text.isEmpty, !text.contains("\n"), text.utf8.count <= 5 << 10 { detail = text }
      }
    }
    var place = path
    if !compiled.fieldPath.isEmpty {
      place = path.map { $0.appending(compiled.fieldPath) } ?? FieldPath(compiled.fieldPath)
    }
    let isContainer = schema.type == "object" || schema.type == "array"
    let shown = isContainer ? nil : value
    var errors = FieldErrors()
    let field = place ?? FieldPath("<nil>")
    switch rule.reason {
    case "FieldValueForbidden": errors.forbidden(field, detail)
    case "FieldValueRequired": errors.required(field, detail)
    case "FieldValueDuplicate":
      errors.add([
        FieldError(
          reason: .duplicate, field: field.description,
          message: shown.map { "Duplicate value: \(SchemaValidation.shown($0))" } ?? "Duplicate value")
      ])
    default:
      let text =
        shown.map { "Invalid value: \(SchemaValidation.shown($0)): \(detail)" } ?? "Invalid value: \(detail)"
      errors.add([FieldError(reason: .invalid, field: field.description, message: text)])
    }
    problems += errors.all
  }

  private mutating func invalid(_ path: FieldPath?, _ schema: StructuralSchema, _ detail: String) {
    problems.append(
      FieldError(
        reason: .invalid, field: (path ?? FieldPath("<nil>")).description,
        message: "Invalid value: \(GoPrint.quoted(schema.type)): \(detail)"))
  }
}
