import KubeModel

@testable import MeshSim

/// A schema with objects and what is wrong with them.
enum SchemaTable {
  struct Row: Sendable, CustomStringConvertible {
    let spec: String
    let problems: [String]
    var description: String { spec }
  }

  static let schema = StructuralSchema.sample(
    #"""
    {
      "type": "object",
      "properties": {
        "spec": {
          "type": "object", "required": ["size"],
          "properties": {
            "size": {"type": "integer", "minimum": 1, "maximum": 9},
            "small": {"type": "integer", "format": "int32"},
            "even": {"type": "integer", "multipleOf": 2},
            "half": {"type": "number", "multipleOf": 0.5, "exclusiveMaximum": true, "maximum": 10},
            "colour": {"type": "string", "enum": ["red", "green"]},
            "name": {"type": "string", "pattern": "^[a-z]+$", "minLength": 2, "maxLength": 5},
            "flag": {"type": "boolean"}, "when": {"type": "string", "format": "date-time"},
            "address": {"type": "string", "format": "ipv4"}, "odd": {"type": "string", "format": "nonsense"},
            "tags": {"type": "array", "minItems": 1, "maxItems": 2, "items": {"type": "string"}},
            "labels": {"type": "object", "maxProperties": 1, "additionalProperties": {"type": "string"}},
            "some": {"type": "object", "minProperties": 1, "x-kubernetes-preserve-unknown-fields": true},
            "port": {"x-kubernetes-int-or-string": true}, "maybe": {"type": "string", "nullable": true},
            "one": {
              "type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}},
              "oneOf": [{"required": ["a"]}, {"required": ["b"]}]
            },
            "any": {"type": "string", "anyOf": [{"pattern": "^a"}, {"pattern": "^b"}]},
            "all": {"type": "string", "allOf": [{"minLength": 2}, {"pattern": "^a"}]},
            "unlike": {"type": "string", "not": {"enum": ["x"]}},
            "set": {"type": "array", "x-kubernetes-list-type": "set", "items": {"type": "string"}},
            "parts": {
              "type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["id", "n"],
              "items": {"type": "object", "properties": {"id": {"type": "string"}, "n": {"type": "integer"}}}
            },
            "embedded": {
              "type": "object", "x-kubernetes-embedded-resource": true, "x-kubernetes-preserve-unknown-fields": true
            }
          }
        }
      }
    }
    """#)

  static let rows: [Row] = [
    Row(spec: #"{"size": 3}"#, problems: []),
    Row(spec: "{}", problems: ["spec.size: Required value"]),
    Row(
      spec: #"{"size": 10}"#,
      problems: ["spec.size: Invalid value: 10: spec.size in body should be less than or equal to 9"]),
    Row(
      spec: #"{"size": 0}"#,
      problems: ["spec.size: Invalid value: 0: spec.size in body should be greater than or equal to 1"]),
    Row(
      spec: #"{"size": "3"}"#,
      problems: [#"spec.size: Invalid value: "string": spec.size in body must be of type integer: "string""#]),
    Row(
      spec: #"{"size": 1.5}"#,
      problems: [
        #"spec.size: Invalid value: "number": spec.size in body must be of type integer: "number""#,
        #"<nil>: Invalid value: "": Checked value must be of type integer (default format) in spec.size"#,
      ]),
    Row(spec: #"{"size": 2.0}"#, problems: []),
    Row(
      spec: #"{"size": 1, "small": 3000000000}"#,
      problems: [
        #"<nil>: Invalid value: "": Checked value must be of type integer with format int32 in spec.small"#
      ]),
    Row(
      spec: #"{"size": 1, "even": 3}"#,
      problems: ["spec.even: Invalid value: 3: spec.even in body should be a multiple of 2"]),
    Row(
      spec: #"{"size": 1, "half": 1.25}"#,
      problems: ["spec.half: Invalid value: 1.25: spec.half in body should be a multiple of 0.5"]),
    Row(
      spec: #"{"size": 1, "half": 10}"#,
      problems: ["spec.half: Invalid value: 10: spec.half in body should be less than 10"]),
    Row(
      spec: #"{"size": 1, "colour": "blue"}"#,
      problems: [#"spec.colour: Unsupported value: "blue": supported values: "red", "green""#]),
    Row(
      spec: #"{"size": 1, "name": "toolong"}"#,
      problems: ["spec.name: Too long: may not be more than 5 bytes"]),
    Row(
      spec: #"{"size": 1, "name": "a"}"#,
      problems: [#"spec.name: Invalid value: "a": spec.name in body should be at least 2 chars long"#]),
    Row(
      spec: #"{"size": 1, "name": "AB"}"#,
      problems: [#"spec.name: Invalid value: "AB": spec.name in body should match '^[a-z]+$'"#]),
    Row(
      spec: #"{"size": 1, "flag": "yes"}"#,
      problems: [#"spec.flag: Invalid value: "string": spec.flag in body must be of type boolean: "string""#]),
    Row(
      spec: #"{"size": 1, "when": "noon"}"#,
      problems: [#"spec.when: Invalid value: "noon": spec.when in body must be of type date-time: "noon""#]),
    Row(spec: #"{"size": 1, "when": "2026-01-02T03:04:05Z", "odd": "anything"}"#, problems: []),
    Row(
      spec: #"{"size": 1, "address": "1.2.3"}"#,
      problems: [#"spec.address: Invalid value: "1.2.3": spec.address in body must be of type ipv4: "1.2.3""#]
    ),
    Row(
      spec: #"{"size": 1, "tags": []}"#,
      problems: ["spec.tags: Invalid value: 0: spec.tags in body should have at least 1 items"]),
    Row(
      spec: #"{"size": 1, "tags": ["a", "b", "c"]}"#,
      problems: ["spec.tags: Too many: 3: must have at most 2 items"]),
    Row(
      spec: #"{"size": 1, "tags": ["a", 2]}"#,
      problems: [
        #"spec.tags[1]: Invalid value: "integer": spec.tags[1] in body must be of type string: "integer""#
      ]),
    Row(
      spec: #"{"size": 1, "tags": [null]}"#,
      problems: [#"spec.tags[0]: Invalid value: "null": spec.tags[0] in body must be of type string: "null""#]
    ),
    Row(
      spec: #"{"size": 1, "labels": {"a": "b", "c": "d"}}"#,
      problems: ["spec.labels: Too many: 2: must have at most 1 items"]),
    Row(
      spec: #"{"size": 1, "labels": {"a": 1}}"#,
      problems: [
        #"spec.labels.a: Invalid value: "integer": spec.labels.a in body must be of type string: "integer""#
      ]),
    Row(
      spec: #"{"size": 1, "some": {}}"#,
      problems: ["spec.some: Invalid value: 0: spec.some in body should have at least 1 properties"]),
    Row(spec: #"{"size": 1, "port": "http", "maybe": null}"#, problems: []),
    Row(spec: #"{"size": 1, "port": 80}"#, problems: []),
    Row(
      spec: #"{"size": 1, "port": true}"#,
      problems: [
        #"spec.port: Invalid value: "boolean": spec.port in body must be of type integer,string: "boolean""#
      ]),
    Row(
      spec: #"{"size": 1, "one": {"a": "x", "b": "y"}}"#,
      problems: [
        #"<nil>: Invalid value: "": "spec.one" must validate one and only one schema (oneOf). Found 2 valid alternatives"#
      ]),
    Row(
      spec: #"{"size": 1, "one": {}}"#,
      problems: [
        #"<nil>: Invalid value: "": "spec.one" must validate one and only one schema (oneOf). Found none valid"#,
        "spec.one.a: Required value",
      ]),
    Row(
      spec: #"{"size": 1, "any": "c"}"#,
      problems: [
        #"<nil>: Invalid value: "": "spec.any" must validate at least one schema (anyOf)"#,
        #"spec.any: Invalid value: "c": spec.any in body should match '^a'"#,
      ]),
    Row(
      spec: #"{"size": 1, "all": "b"}"#,
      problems: [
        #"spec.all: Invalid value: "b": spec.all in body should be at least 2 chars long"#,
        #"spec.all: Invalid value: "b": spec.all in body should match '^a'"#,
        #"<nil>: Invalid value: "": "spec.all" must validate all the schemas (allOf). None validated"#,
      ]),
    Row(
      spec: #"{"size": 1, "unlike": "x"}"#,
      problems: [#"<nil>: Invalid value: "": "spec.unlike" must not validate the schema (not)"#]),
    Row(
      spec: #"{"size": 1, "set": ["a", "b", "a", "a"]}"#, problems: [#"spec.set[2]: Duplicate value: "a""#]),
    Row(
      spec: #"{"size": 1, "parts": [{"id": "a", "n": 1}, {"id": "a", "n": 2}, {"id": "a", "n": 1}]}"#,
      problems: [#"spec.parts[2]: Duplicate value: {"id":"a","n":1}"#]),
    Row(
      spec: #"{"size": 1, "embedded": {"kind": ""}}"#,
      problems: [
        "spec.embedded.apiVersion: Required value",
        #"spec.embedded.kind: Invalid value: "": must not be empty"#,
      ]),
  ]
}

extension StructuralSchema {
  /// A schema of a whole resource, in JSON.
  static func sample(_ text: String) -> StructuralSchema {
    StructuralSchema((try? JSONValue(json: text))?.object ?? [:], isRoot: true)
  }
}
