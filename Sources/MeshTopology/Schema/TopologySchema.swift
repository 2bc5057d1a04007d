public import KubeModel

/// The JSON Schema of a topology's documents (draft 7, which editors know), made from the same forms that read
/// them.
public enum TopologySchema {
  /// The schema of one document.
  public static let json: JSONValue = {
    var definitions = JSONObject()
    let kinds = DocumentKind.allCases.map { kind -> JSONValue in
      let spec = schema(of: .form(kind.description), into: &definitions)
      return rule(for: kind, spec: spec)
    }
    return [
      "$schema": "http://json-schema.org/draft-07/schema#", "title": "A document of a topology",
      "description": "See `meshctl init` for a start.", "type": "object",
      "if": ["properties": ["apiVersion": ["pattern": "^meshctl\\.dev/"]]],
      "then": [
        "required": ["apiVersion", "kind", "metadata"], "additionalProperties": false,
        "properties": [
          "apiVersion": ["const": .string(TopologyReader.apiVersion)],
          "kind": ["enum": .array(DocumentKind.allCases.map { .string($0.rawValue) })],
          "metadata": ["type": "object"], "spec": ["type": "object"],
        ], "allOf": .array(kinds),
      ], "definitions": .object(definitions),
    ]
  }()

  /// What holds for documents of one kind. An overlay says part of a spec only.
  private static func rule(for kind: DocumentKind, spec: JSONValue) -> JSONValue {
    var metadata: JSONValue = [
      "name": ["type": "string", "pattern": .string(kind.nameRule.pattern)],
      "environment": [
        "type": "string", "description": "Lays the spec over that of the same name in this environment only.",
      ],
    ]
    var required: JSONValue = ["name"]
    if kind.isNamespaced {
      metadata["namespace"] = ["type": "string", "pattern": .string(NameRule.label.pattern)]
      required = ["name", "namespace"]
    }
    var whole: JSONValue = ["properties": ["spec": spec]]
    if !kind.mayLackSpec { whole["required"] = ["spec"] }
    return [
      "if": ["properties": ["kind": ["const": .string(kind.rawValue)]]],
      "then": [
        "properties": [
          "metadata": ["properties": metadata, "required": required, "additionalProperties": false]
        ],
        "if": ["properties": ["metadata": ["not": ["required": ["environment"]]]]], "then": whole,
      ],
    ]
  }

  private static func schema(of shape: Shape, into definitions: inout JSONObject) -> JSONValue {
    switch shape {
    case .text(let words, let pattern):
      var schema: JSONValue = ["type": "string", "description": .string(words)]
      schema["pattern"] = pattern.map(JSONValue.string)
      return schema
    case .integer(let range):
      return [
        "type": "integer", "minimum": .int(Int64(range.lowerBound)), "maximum": .int(Int64(range.upperBound)),
      ]
    case .number(let range):
      return ["type": "number", "minimum": .double(range.lowerBound), "maximum": .double(range.upperBound)]
    case .flag: return ["type": "boolean"]
    case .choice(let words): return ["enum": .array(words.map(JSONValue.string))]
    case .special(let words, let pattern, let alsoInteger):
      var text: JSONValue = ["type": "string", "description": .string(words)]
      text["pattern"] = pattern.map(JSONValue.string)
      return alsoInteger ? ["anyOf": [text, ["type": "number"]]] : text
    case .list(let element, let least):
      var list: JSONValue = ["type": "array", "items": schema(of: element, into: &definitions)]
      if least > 0 { list["minItems"] = .int(Int64(least)) }
      return list
    case .map(let element, let keys):
      return [
        "type": "object", "additionalProperties": schema(of: element, into: &definitions),
        "propertyNames": ["pattern": .string(keys.pattern)],
      ]
    case .form(let description): return reference(to: description, into: &definitions)
    case .either(let shapes): return ["anyOf": .array(shapes.map { schema(of: $0, into: &definitions) })]
    case .any(let words): return ["description": .string(words)]
    }
  }

  private static func reference(to form: FormDescription, into definitions: inout JSONObject) -> JSONValue {
    let reference: JSONValue = ["$ref": .string("#/definitions/\(form.name)")]
    guard definitions[form.name] == nil else { return reference }
    definitions[form.name] = [:]
    var properties = JSONObject()
    for field in form.fields {
      let schema = schema(of: field.shape, into: &definitions)
      // Draft 7 ignores what stands beside a reference.
      var property: JSONValue = schema["$ref"] == nil ? schema : ["allOf": [schema]]
      property["description"] = .string(field.words)
      property["default"] = field.initial?.json
      properties[field.key] = property
    }
    var definition: JSONValue = [
      "type": "object", "description": .string(form.summary), "properties": .object(properties),
      "additionalProperties": false,
    ]
    let required = form.fields.filter(\.isRequired).map { JSONValue.string($0.key) }
    if !required.isEmpty { definition["required"] = .array(required) }
    definitions[form.name] = definition
    return reference
  }
}

extension DocumentKind {
  /// The form of the specs of this kind.
  var description: FormDescription { type.formDescription }
}

extension DocumentValue {
  fileprivate static var formDescription: FormDescription { form.description }
}
