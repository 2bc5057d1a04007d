import KubeModel
import Testing

@testable import MeshSim

@Suite("Schemas of custom resources")
struct SchemaTests {
  private static func problems(_ object: KubeObject, _ schema: StructuralSchema, live: KubeObject? = nil)
    -> [String]
  {
    var errors = FieldErrors()
    CustomRules(schema: Deferred { schema }, hasStatus: false, scale: nil).rules.validate(
      object, live, &errors)
    return errors.all.map { "\($0.field): \($0.message)" }
  }

  private static func object(_ spec: String) throws -> KubeObject {
    KubeObject(["spec": try JSONValue(json: spec)])
  }

  @Test("an object that breaks its schema is told so in Kubernetes' words", arguments: SchemaTable.rows)
  func problems(_ row: SchemaTable.Row) throws {
    #expect(SchemaTests.problems(try SchemaTests.object(row.spec), SchemaTable.schema) == row.problems)
  }

  @Test("what was wrong before and is not touched is let pass")
  func ratcheting() throws {
    let old = try SchemaTests.object(#"{"size": 10, "tags": ["a", "b", "c"]}"#)
    let same = try SchemaTests.object(#"{"size": 10, "tags": ["a", "b", "c"], "flag": true}"#)
    let other = try SchemaTests.object(#"{"size": 11, "tags": ["a", "b", "c"]}"#)
    #expect(SchemaTests.problems(same, SchemaTable.schema, live: old).isEmpty)
    #expect(SchemaTests.problems(other, SchemaTable.schema, live: old).count == 1)
  }

  struct Change: Sendable, CustomStringConvertible {
    let from: String
    let to: String
    var unknown: [String] = []
    var description: String { from }
  }

  private static let shaping = StructuralSchema.sample(
    #"""
    {
      "type": "object",
      "properties": {
        "spec": {
          "type": "object",
          "properties": {
            "a": {"type": "integer", "default": 1}, "plain": {"type": "string"},
            "deep": {"type": "object", "default": {}, "properties": {"b": {"type": "string", "default": "x"}}},
            "open": {"type": "object", "x-kubernetes-preserve-unknown-fields": true},
            "half": {
              "type": "object", "x-kubernetes-preserve-unknown-fields": true,
              "properties": {"known": {"type": "object", "properties": {"k": {"type": "string"}}}}
            },
            "list": {"type": "array", "items": {"type": "object", "properties": {"w": {"type": "integer", "default": 7}}}},
            "map": {"type": "object", "additionalProperties": {"type": "object", "properties": {"v": {"type": "string"}}}},
            "maybe": {"type": "string", "nullable": true, "default": "y"},
            "inner": {
              "type": "object", "x-kubernetes-embedded-resource": true,
              "properties": {"spec": {"type": "object", "properties": {"s": {"type": "string"}}}}
            }
          }
        }
      }
    }
    """#)

  @Test(
    "defaults are filled in, unknown fields and stray nulls are dropped",
    arguments: [
      Change(from: "{}", to: #"{"a":1,"deep":{"b":"x"},"maybe":"y"}"#),
      Change(from: #"{"a": 2, "deep": {}, "maybe": null}"#, to: #"{"a":2,"deep":{"b":"x"},"maybe":null}"#),
      Change(from: #"{"a": null, "plain": null}"#, to: #"{"a":1,"deep":{"b":"x"},"maybe":"y"}"#),
      Change(
        from: #"{"odd": 1, "deep": {"c": 2}}"#, to: #"{"a":1,"deep":{"b":"x"},"maybe":"y"}"#,
        unknown: ["spec.deep.c", "spec.odd"]),
      Change(
        from: #"{"open": {"any": [null, {"x": 1}]}, "half": {"z": 1, "known": {"k": "v", "q": 1}}}"#,
        to:
          #"{"a":1,"deep":{"b":"x"},"half":{"known":{"k":"v"},"z":1},"maybe":"y","open":{"any":[null,{"x":1}]}}"#,
        unknown: ["spec.half.known.q"]),
      Change(
        from: #"{"list": [{}, {"w": 1, "u": 2}], "map": {"k": {"v": "1", "u": 2}}}"#,
        to: #"{"a":1,"deep":{"b":"x"},"list":[{"w":7},{"w":1}],"map":{"k":{"v":"1"}},"maybe":"y"}"#,
        unknown: ["spec.list[1].u", "spec.map.k.u"]),
      Change(
        from:
          #"{"inner": {"kind": "K", "apiVersion": "v1", "metadata": {"name": "n"}, "spec": {"s": "1", "t": 2}, "x": 1}}"#,
        to:
          #"{"a":1,"deep":{"b":"x"},"inner":{"apiVersion":"v1","kind":"K","metadata":{"name":"n"},"spec":{"s":"1"}},"maybe":"y"}"#,
        unknown: ["spec.inner.spec.t", "spec.inner.x"]),
    ])
  func shaping(_ change: Change) throws {
    var object: JSONObject = [
      "kind": "K", "metadata": ["name": "n"], "spec": try JSONValue(json: change.from),
    ]
    let unknown = Pruning.prune(&object, SchemaTests.shaping)
    SchemaDefaults.dropNulls(&object, SchemaTests.shaping)
    SchemaDefaults.fill(&object, SchemaTests.shaping)
    #expect(object["spec"]?.jsonText() == change.to)
    #expect(unknown == change.unknown)
    let once = object
    SchemaDefaults.fill(&object, SchemaTests.shaping)
    #expect(object == once)
    #expect(object["metadata"] == ["name": "n"])
  }

  private static func ruled(_ rules: JSONValue) -> StructuralSchema {
    StructuralSchema(
      [
        "type": "object",
        "properties": [
          "spec": [
            "type": "object", "properties": ["n": ["type": "integer"], "s": ["type": "string"]],
            "x-kubernetes-validations": rules,
          ]
        ],
      ], isRoot: true)
  }

  struct RuleRow: Sendable, CustomStringConvertible {
    let rules: JSONValue
    let spec: String
    var live: String?
    let problems: [String]
    var description: String { rules.jsonText() + spec }
  }

  @Test(
    "rules of a schema hold or are told",
    arguments: [
      RuleRow(rules: [["rule": "self.n > 1"]], spec: #"{"n": 2}"#, problems: []),
      RuleRow(
        rules: [["rule": "self.n > 1"]], spec: #"{"n": 1}"#,
        problems: ["spec: Invalid value: failed rule: self.n > 1"]),
      RuleRow(
        rules: [["rule": "self.n > 1", "message": " too small "]], spec: #"{"n": 1}"#,
        problems: ["spec: Invalid value: too small"]),
      RuleRow(
        rules: [["rule": "self.n > 1", "messageExpression": "'got ' + string(self.n)", "message": "m"]],
        spec: #"{"n": 1}"#, problems: ["spec: Invalid value: got 1"]),
      RuleRow(
        rules: [["rule": "self.n > 1", "reason": "FieldValueForbidden", "fieldPath": ".n", "message": "no"]],
        spec: #"{"n": 1}"#, problems: ["spec.n: Forbidden: no"]),
      RuleRow(
        rules: [["rule": "self.n > 1", "reason": "FieldValueRequired"]], spec: #"{"n": 1}"#,
        problems: ["spec: Required value: failed rule: self.n > 1"]),
      RuleRow(
        rules: [["rule": "self.s == 'x'"]], spec: #"{"n": 1}"#,
        problems: [#"spec: Invalid value: "object": no such key: s evaluating rule: self.s == 'x'"#]),
      RuleRow(rules: [["rule": "self.n == oldSelf.n"]], spec: #"{"n": 1}"#, problems: []),
      RuleRow(
        rules: [["rule": "self.n >= oldSelf.n", "message": "only up"]], spec: #"{"n": 1}"#,
        live: #"{"n": 2}"#,
        problems: ["spec: Invalid value: only up"]),
      RuleRow(
        rules: [["rule": "oldSelf.hasValue() || self.n > 5", "optionalOldSelf": true]], spec: #"{"n": 1}"#,
        problems: ["spec: Invalid value: failed rule: oldSelf.hasValue() || self.n > 5"]),
      RuleRow(
        rules: [["rule": "oldSelf.hasValue() || self.n > 5", "optionalOldSelf": true]], spec: #"{"n": 1}"#,
        live: #"{"n": 0}"#, problems: []),
      RuleRow(rules: [["rule": "self.n > 1"]], spec: #"{"n": 1}"#, live: #"{"n": 1}"#, problems: []),
      RuleRow(
        rules: [["rule": "self.n > 1"]], spec: #"{"n": "x"}"#,
        problems: [
          #"spec.n: Invalid value: "string": spec.n in body must be of type integer: "string""#,
          #"<nil>: Invalid value: "null": some validation rules were not checked because the object was invalid; correct the existing errors to complete validation"#,
        ]),
    ])
  func rules(_ row: RuleRow) throws {
    let live = try row.live.map(SchemaTests.object)
    #expect(
      SchemaTests.problems(try SchemaTests.object(row.spec), SchemaTests.ruled(row.rules), live: live)
        == row.problems)
  }
}
