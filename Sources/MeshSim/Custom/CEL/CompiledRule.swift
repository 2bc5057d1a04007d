/// A rule of `x-kubernetes-validations`, ready to run.
struct CompiledRule: Sendable {
  /// `nil` for one that does not compile, which the definition was refused for.
  let program: CELProgram?
  let message: CELProgram?
  /// What is wrong with the rule, or with the expression of its message.
  let refusal: String?
  let messageRefusal: String?
  /// The normalized place of `fieldPath`.
  let fieldPath: String

  var usesOldSelf: Bool { program?.used.contains("oldSelf") ?? false }

  static func compile(_ rules: [ValidationRule], for type: CELType?, schema: StructuralSchema)
    -> [CompiledRule]
  {
    rules.map { CompiledRule($0, for: type, schema: schema) }
  }

  init(_ rule: ValidationRule, for type: CELType?, schema: StructuralSchema) {
    let path = rule.fieldPath.isEmpty ? nil : try? SchemaPath(rule.fieldPath, in: schema)
    fieldPath = path?.description ?? ""
    let source = rule.rule
    guard let type, !source.trimmed.isEmpty else {
      (program, message, messageRefusal) = (nil, nil, nil)
      refusal = type == nil ? "failed to convert to declType for CEL validation rules" : nil
      return
    }
    let old = rule.optionalOldSelf == true ? CELType.optional(type) : type
    let variables: [(name: String, type: CELType)] = [("self", type), ("oldSelf", old)]
    do throws(CELProgram.Refusal) {
      let compiled = try CELProgram(source, variables: variables)
      guard compiled.type == .bool else {
        (program, message, messageRefusal) = (nil, nil, nil)
        refusal = "cel expression must evaluate to a bool"
        return
      }
      program = compiled
      refusal = nil
    } catch {
      (program, message, messageRefusal) = (nil, nil, nil)
      refusal = "compilation failed: " + error.description
      return
    }
    guard !rule.messageExpression.isEmpty else {
      (message, messageRefusal) = (nil, nil)
      return
    }
    do throws(CELProgram.Refusal) {
      let compiled = try CELProgram(rule.messageExpression, variables: variables)
      guard compiled.type == .string else {
        (message, messageRefusal) = (nil, "messageExpression must evaluate to a string")
        return
      }
      (message, messageRefusal) = (compiled, nil)
    } catch {
      (message, messageRefusal) = (nil, "messageExpression compilation failed: " + error.description)
    }
  }
}

/// The path of a field relative to a schema: `.spec.size`, `.labels['a.b']`.
struct SchemaPath: Sendable, CustomStringConvertible {
  struct Refusal: Error {
    let description: String
  }

  private(set) var description = ""
  /// The schema of the field; `nil` where the path ends in something without one.
  private(set) var schema: StructuralSchema?
  /// The first name in the path.
  private(set) var root = ""

  init(_ path: String, in start: StructuralSchema, allowsBrackets: Bool = true) throws(Refusal) {
    var current: StructuralSchema? = start
    var rest = path[...]
    while let first = rest.first {
      var name: String
      rest.removeFirst()
      switch first {
      case ".":
        name = String(rest.prefix { $0 != "." && $0 != "[" && $0 != "]" })
        guard !name.isEmpty else { throw Refusal(description: "unexpected end of JSON path") }
        rest = rest.dropFirst(name.count)
      case "[":
        guard allowsBrackets else { throw Refusal(description: "array notation is not allowed") }
        name = try SchemaPath.quoted(&rest)
      default:
        throw Refusal(
          description: "expected [ or . but got: \(first)\(rest.prefix { $0 != "." && $0 != "[" })")
      }
      guard let node = current else { throw Refusal(description: "does not refer to a valid field") }
      if !node.properties.isEmpty {
        guard let next = node.property(name) else {
          throw Refusal(description: "does not refer to a valid field")
        }
        current = next
        description += description.isEmpty ? name : ".\(name)"
      } else if case .schema(let inner)? = node.additional {
        current = inner
        description += "[\(name)]"
      } else {
        throw Refusal(description: "does not refer to a valid field")
      }
      if root.isEmpty { root = name }
    }
    schema = current
  }

  private static func quoted(_ rest: inout Substring) throws(Refusal) -> String {
    guard rest.first == "'" else {
      throw Refusal(description: "expected single quoted string but got \(rest.prefix { $0 != "]" })")
    }
    rest.removeFirst()
    var name = ""
    while let character = rest.popFirst(), character != "'" {
      guard character == "\\" else {
        name.append(character)
        continue
      }
      switch rest.popFirst() {
      case "n": name.append("\n")
      case "t": name.append("\t")
      case "r": name.append("\r")
      case let escaped? where escaped == "'" || escaped == "\\": name.append(escaped)
      case let escaped:
        throw Refusal(
          description: "invalid string literal: invalid escape char \\\(escaped.map(String.init) ?? "")")
      }
    }
    guard rest.popFirst() == "]" else { throw Refusal(description: "unexpected end of JSON path") }
    return name
  }
}
