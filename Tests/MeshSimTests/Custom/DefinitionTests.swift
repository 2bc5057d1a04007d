import KubeModel
import Seams
import Testing

@testable import MeshSim

@Suite("Custom resource definitions")
struct DefinitionTests {
  static func definition(_ schema: String, _ more: (inout KubeObject) -> Void = { _ in }) throws -> KubeObject
  {
    let start: JSONObject = [
      "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
      "metadata": ["name": "gadgets.example.com"],
    ]
    var object = KubeObject(start)
    object.fields["spec"] = try JSONValue(
      json:
        #"{"group": "example.com", "scope": "Namespaced", "names": {"plural": "gadgets", "kind": "Gadget"}, "#
        + #""versions": [{"name": "v1", "served": true, "storage": true, "schema": {"openAPIV3Schema": \#(schema)}}]}"#
    )
    more(&object)
    CustomDefinitionRules.rules.fillDefaults(&object.fields)
    CustomDefinitionRules.rules.prepareForCreate(&object)
    return object
  }

  static func problems(_ object: KubeObject, live: KubeObject? = nil) -> [String] {
    var errors = FieldErrors()
    CustomDefinitionRules.rules.validate(object, live, &errors)
    return errors.all.map { "\($0.field): \($0.message)" }
  }

  private static let root = "spec.validation.openAPIV3Schema"

  @Test(
    "a schema that cannot be used is refused in Kubernetes' words",
    arguments: [
      (#"{"type": "object"}"#, []),
      (
        #"{"type": "object", "properties": {"a": {"properties": {}}}}"#,
        [".properties[a].type: Required value: must not be empty for specified object fields"]
      ),
      (
        #"{"type": "array"}"#,
        [
          ".items: Required value: must be specified",
          #".type: Invalid value: "array": must be object at the root"#,
        ]
      ),
      (
        #"{"type": "object", "nullable": true}"#,
        [".nullable: Forbidden: nullable cannot be true at the root"]
      ),
      (
        #"{"type": "object", "additionalProperties": {"type": "string"}}"#,
        [".additionalProperties: Forbidden: must not be used at the root"]
      ),
      (
        #"{"type": "object", "properties": {"a": {"type": "widget"}}}"#,
        [
          #".properties[a].type: Unsupported value: "widget": supported values: "array", "boolean", "integer", "number", "object", "string""#
        ]
      ),
      (
        #"{"type": "object", "properties": {"a": {"type": "string", "pattern": "("}}}"#,
        [
          #".properties[a].pattern: Invalid value: "(": must be a valid regular expression, but isn't: error parsing regexp: missing closing ): `(`"#
        ]
      ),
      (
        #"{"type": "object", "properties": {"a": {"type": "integer", "default": "x"}}}"#,
        [#".properties[a].default: Invalid value: "string":  in body must be of type integer: "string""#]
      ),
      (
        #"{"type": "object", "properties": {"a": {"type": "object", "default": {"x": 1}}}}"#,
        [#".properties[a].default: Invalid value: {"x":1}: must not have unknown fields"#]
      ),
      (
        #"{"type": "object", "properties": {"a": {"type": "string", "uniqueItems": true}}}"#,
        [
          ".properties[a].uniqueItems: Forbidden: uniqueItems cannot be set to true since the runtime complexity becomes quadratic"
        ]
      ),
      (
        #"{"type": "object", "properties": {"a": {"type": "object", "properties": {"b": {"type": "string"}}, "additionalProperties": {"type": "string"}}}}"#,
        [
          ".properties[a].additionalProperties: Forbidden: additionalProperties and properties are mutual exclusive"
        ]
      ),
      (
        #"{"type": "object", "properties": {"a": {"type": "string", "anyOf": [{"type": "string"}]}}}"#,
        [".properties[a].anyOf[0].type: Forbidden: must be empty to be structural"]
      ),
      (
        #"{"type": "object", "anyOf": [{"properties": {"z": {"minLength": 1}}}]}"#,
        [
          ".properties[z]: Required value: because it is defined in spec.validation.openAPIV3Schema.anyOf[0].properties[z]"
        ]
      ),
      (
        #"{"type": "object", "properties": {"a": {"x-kubernetes-int-or-string": true, "anyOf": [{"type": "integer"}, {"type": "string"}]}}}"#,
        []
      ),
      (
        #"{"type": "object", "properties": {"a": {"type": "array", "x-kubernetes-list-type": "map", "items": {"type": "object"}}}}"#,
        [
          ".properties[a].x-kubernetes-list-map-keys: Required value: must not be empty if x-kubernetes-list-type is map"
        ]
      ),
      (
        #"{"type": "object", "properties": {"a": {"type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["k"], "items": {"type": "object", "properties": {"k": {"type": "string"}}}}}}"#,
        [
          ".properties[a].items.properties[k].default: Required value: this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property"
        ]
      ),
      (
        #"{"type": "object", "properties": {"a": {"type": "array", "x-kubernetes-list-type": "heap", "items": {"type": "string"}}}}"#,
        [
          #".properties[a].x-kubernetes-list-type: Unsupported value: "heap": supported values: "atomic", "set", "map""#
        ]
      ),
      (
        #"{"type": "object", "properties": {"a": {"type": "string", "x-kubernetes-map-type": "atomic"}}}"#,
        [
          #".properties[a].type: Invalid value: "string": must be object if x-kubernetes-map-type is specified"#
        ]
      ),
      (
        #"{"type": "object", "properties": {"metadata": {"type": "object", "properties": {"labels": {"type": "object"}}}}}"#,
        [
          ".properties[metadata]: Forbidden: must not specify anything other than name and generateName, but metadata is implicitly specified"
        ]
      ),
      (
        #"{"type": "object", "properties": {"a": {"type": "object", "x-kubernetes-embedded-resource": true}}}"#,
        [
          ".properties[a].properties: Required value: must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields"
        ]
      ),
      (
        #"{"type": "object", "definitions": {"a": {"type": "string"}}}"#,
        [".definitions: Forbidden: definitions is not supported"]
      ),
      (
        #"{"type": "object", "x-kubernetes-validations": [{"rule": " "}]}"#,
        [".x-kubernetes-validations[0].rule: Required value: rule is not specified"]
      ),
      (
        #"{"type": "object", "x-kubernetes-validations": [{"rule": "1 + 1"}]}"#,
        [
          #".x-kubernetes-validations[0].rule: Invalid value: {"Rule":"1 + 1","Message":"","MessageExpression":"","Reason":null,"FieldPath":"","OptionalOldSelf":null}: cel expression must evaluate to a bool"#
        ]
      ),
      (
        #"{"type": "object", "x-kubernetes-validations": [{"rule": "self.x < 1"}]}"#,
        [
          #".x-kubernetes-validations[0].rule: Invalid value: {"Rule":"self.x \u003c 1","Message":"","MessageExpression":"","Reason":null,"FieldPath":"","OptionalOldSelf":null}: compilation failed: ERROR: <input>:1:5: undefined field 'x'"#
            + "\n | self.x < 1\n | ....^"
        ]
      ),
      (
        #"{"type": "object", "x-kubernetes-validations": [{"rule": "true", "reason": "Odd"}]}"#,
        [
          #".x-kubernetes-validations[0].reason: Unsupported value: "Odd": supported values: "FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired""#
        ]
      ),
      (
        #"{"type": "object", "x-kubernetes-validations": [{"rule": "true", "fieldPath": ".odd"}]}"#,
        [#".x-kubernetes-validations[0].fieldPath: Invalid value: ".odd": must be a valid path"#]
      ),
      (
        #"{"type": "object", "x-kubernetes-validations": [{"rule": "true", "optionalOldSelf": true}]}"#,
        [
          ".x-kubernetes-validations[0].optionalOldSelf: Invalid value: true: may not be set if oldSelf is not used in rule"
        ]
      ),
      (
        #"{"type": "object", "properties": {"a": {"type": "array", "maxItems": 3, "items": {"type": "integer", "x-kubernetes-validations": [{"rule": "self > oldSelf"}]}}}}"#,
        [
          #".properties[a].items.x-kubernetes-validations[0].rule: Invalid value: "self > oldSelf": oldSelf cannot be used on the uncorrelatable portion of the schema within spec.validation.openAPIV3Schema.properties[a]"#
        ]
      ),
    ] as [(String, [String])])
  func schemas(_ schema: String, _ problems: [String]) throws {
    let found = DefinitionTests.problems(try DefinitionTests.definition(schema))
    #expect(found == problems.map { DefinitionTests.root + $0 })
  }

  @Test(
    "a rule that could take too long is refused before it is used",
    arguments: [
      ("self.a.all(x, self.b.all(y, x == y))", "", true),
      ("self.a.all(x, self.b.all(y, x == y))", "bounded", false),
      ("self.a.size() > 1", "", false), ("self.a.all(x, x.startsWith('a'))", "bounded", false),
    ])
  func cost(_ rule: String, _ bounds: String, _ isRefused: Bool) throws {
    let limit = bounds.isEmpty ? "" : #""maxItems": 10, "#
    let length = bounds.isEmpty ? "" : #", "maxLength": 20"#
    let list = #"{"type": "array", \#(limit)"items": {"type": "string"\#(length)}}"#
    let schema =
      #"{"type": "object", "properties": {"a": \#(list), "b": \#(list)}, "#
      + #""x-kubernetes-validations": [{"rule": "\#(rule)"}]}"#
    let found = DefinitionTests.problems(try DefinitionTests.definition(schema))
    #expect(found.isEmpty != isRefused)
    guard isRefused else { return }
    #expect(
      found.first == DefinitionTests.root
        + ".x-kubernetes-validations[0].rule: Forbidden: estimated rule cost exceeds budget by factor of more than 100x "
        + "(try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings "
        + "are declared)")
  }

  @Test("names, versions and parts of a definition are checked")
  func parts() throws {
    func found(_ change: (inout KubeObject) -> Void) throws -> [String] {
      DefinitionTests.problems(try DefinitionTests.definition(#"{"type": "object"}"#, change))
    }
    #expect(
      try found { $0.set("spec", "scope", to: "Galaxy") } == [
        #"spec.scope: Unsupported value: "Galaxy": supported values: "Cluster", "Namespaced""#
      ])
    #expect(
      try found { $0.name = "x.example.com" } == [
        #"metadata.name: Invalid value: "x.example.com": must be spec.names.plural+"."+spec.group"#
      ])
    #expect(
      try found { $0.set("spec", "names", "listKind", to: "Gadget") } == [
        #"spec.names.listKind: Invalid value: "Gadget": kind and listKind may not be the same"#
      ])
    #expect(
      try found {
        $0.fields["spec"]?["versions"] = [["name": "v1", "served": true, "storage": true]]
      } == ["spec.versions[0].schema.openAPIV3Schema: Required value"])
    #expect(
      try found { object in
        guard var version = object[path: "spec", "versions"]?.array?.first else { return }
        version["subresources"] = ["scale": ["specReplicasPath": "spec", "statusReplicasPath": ".spec.n"]]
        object.fields["spec"]?["versions"] = .array([version])
      } == [
        #"spec.subresources.scale.specReplicasPath: Invalid value: "spec": must be a simple json path starting with ."#,
        #"spec.subresources.scale.statusReplicasPath: Invalid value: ".spec.n": should be a json path under .status"#,
      ])
    #expect(
      try found { object in
        guard var version = object[path: "spec", "versions"]?.array?.first else { return }
        version["additionalPrinterColumns"] = [["name": "A", "type": "odd", "jsonPath": ".a"]]
        version["selectableFields"] = [["jsonPath": ".spec.x"]]
        object.fields["spec"]?["versions"] = .array([version])
      } == [
        #"spec.additionalPrinterColumns[0].type: Invalid value: "odd": must be one of boolean,date,integer,number,string"#,
        #"spec.selectableFields[0].jsonPath: Invalid value: ".spec.x": is an invalid path: does not refer to a valid field"#,
      ])
  }

  @Test("a definition is named, then established; its names are not given twice")
  func names() throws {
    let now = Timestamp(seconds: 0)
    var first = try DefinitionTests.definition(#"{"type": "object"}"#)
    var steps = 0
    while let next = CustomDefinitionStatus.next(first, others: [], now: now), steps < 10 {
      first = next
      steps += 1
    }
    #expect(steps == 2)
    #expect(CustomDefinitionStatus.isEstablished(first))
    #expect(first[path: "status", "acceptedNames"] == first[path: "spec", "names"])
    var second = try DefinitionTests.definition(#"{"type": "object"}"#) { object in
      object.name = "things.example.com"
      object.set("spec", "names", to: ["plural": "things", "kind": "Gadget"])
    }
    second = try #require(CustomDefinitionStatus.next(second, others: [first], now: now))
    #expect(second.condition("NamesAccepted")?["reason"] == "ListKindConflict")
    #expect(second.condition("NamesAccepted")?["message"] == #""GadgetList" is already in use"#)
    #expect(second.condition("Established")?["reason"] == "NotAccepted")
    #expect(CustomDefinitionStatus.next(second, others: [first], now: now) == nil)
  }

  @Test("a definition that is deleted waits for its objects")
  func deletion() throws {
    let now = Timestamp(seconds: 0)
    var object = try DefinitionTests.definition(#"{"type": "object"}"#)
    CustomDefinitionStatus.beginDeletion(&object, now: now)
    #expect(CustomDefinitionStatus.isAwaitingCleanup(object))
    #expect(object.condition("Terminating")?["reason"] == "InstanceDeletionPending")
    CustomDefinitionStatus.finishCleanup(&object, now: now)
    #expect(!CustomDefinitionStatus.isAwaitingCleanup(object))
  }

  @Test("each served version has a resource, a shape and rules of its own")
  func kinds() throws {
    let object = try DefinitionTests.definition(#"{"type": "object"}"#) { object in
      object.fields["spec"]?["versions"] = [
        [
          "name": "v1", "served": true, "storage": true,
          "schema": ["openAPIV3Schema": ["type": "object", "properties": ["a": ["type": "string"]]]],
          "subresources": [
            "status": [:], "scale": ["specReplicasPath": ".spec.n", "statusReplicasPath": ".status.n"],
          ],
        ],
        [
          "name": "v1beta1", "served": true, "storage": false, "deprecated": true,
          "schema": ["openAPIV3Schema": ["type": "object", "properties": ["b": ["type": "string"]]]],
        ],
        [
          "name": "v1alpha1", "served": false, "storage": false,
          "schema": ["openAPIV3Schema": ["type": "object"]],
        ],
      ]
    }
    let kind = try #require(CustomKind(definition: object))
    #expect(kind.resources.map(\.kind.version) == ["v1", "v1beta1"])
    #expect(kind.storage.version == "v1")
    #expect(kind.version("v1")?.resource.subresources.map(\.name) == ["status", "scale"])
    #expect(kind.version("v1beta1")?.deprecationWarning == "example.com/v1beta1 Gadget is deprecated")
    let read = try #require(kind.version("v1beta1")).read(
      ["kind": "Gadget", "a": "1", "b": "2"], validation: .warn)
    #expect(read.value == ["kind": "Gadget", "b": "2"])
    #expect(read.warnings == [#"unknown field "a""#])
    #expect(throws: StatusError.self) {
      try kind.version("v1")?.read(["kind": "Gadget", "b": "2"], validation: .strict)
    }
    #expect(
      kind.schema.member("a", of: kind.schema.root(apiVersion: "example.com/v1", kind: "Gadget")) != nil)
    #expect(
      kind.schema.member("b", of: kind.schema.root(apiVersion: "example.com/v1", kind: "Gadget")) == nil)
  }
}
