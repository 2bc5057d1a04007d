import KubeModel
import Seams
import Testing

@testable import MeshSim

@Suite("Server-side apply")
struct ServerSideApplyTests {
  private typealias Owners = FieldOwnershipTests

  static func applied(
    _ fields: JSONObject, to live: KubeObject?, by manager: String, isForced: Bool = false
  ) throws -> KubeObject {
    var configuration = KubeObject(fields)
    configuration.fields["apiVersion"] = configuration.fields["apiVersion"] ?? "v1"
    configuration.fields["kind"] = configuration.fields["kind"] ?? "ConfigMap"
    configuration.set("metadata", "name", to: "a")
    var result = try ServerSideApply(schema: .builtIn).apply(
      configuration, to: live,
      by: ServerSideApply.Manager(name: manager, isForced: isForced, time: FieldOwnershipTests.time))
    result.set("metadata", "uid", to: "u")
    let shape = Schema.builtIn.root(apiVersion: result.apiVersion, kind: result.kind)
    let held = try ObjectDecoding.normalized(result.json, shape: shape, schema: .builtIn)
    return try #require(KubeObject(held.value))
  }

  @Test("shares equal fields, conflicts over others, takes them by force and lets go of what it leaves out")
  func conflicts() throws {
    let first = try ServerSideApplyTests.applied(["data": ["x": "1", "y": "1"]], to: nil, by: "alpha")
    let shared = try ServerSideApplyTests.applied(["data": ["x": "1", "b": "1"]], to: first, by: "beta")
    #expect(
      Owners.owners(shared) == [
        "alpha/Apply": ["f:data": ["f:x": [:], "f:y": [:]]],
        "beta/Apply": ["f:data": ["f:b": [:], "f:x": [:]]],
      ])
    #expect {
      try ServerSideApplyTests.applied(["data": ["x": "2", "y": "2"]], to: shared, by: "beta")
    } throws: { error in
      let error = error as? StatusError
      return error?.code == 409
        && error?.message == "Apply failed with 2 conflicts: conflicts with \"alpha\":\n- .data.x\n- .data.y"
    }
    let forced = try ServerSideApplyTests.applied(
      ["data": ["x": "2"]], to: shared, by: "beta", isForced: true)
    #expect(forced.fields["data"] == ["x": "2", "y": "1"])
    #expect(
      Owners.owners(forced) == [
        "alpha/Apply": ["f:data": ["f:y": [:]]], "beta/Apply": ["f:data": ["f:x": [:]]],
      ])
  }

  @Test("of what is there already changes nothing, and says no time")
  func unchanged() throws {
    let made = FieldOwnershipTests.created(["data": ["x": "1"]])
    let result = try ServerSideApplyTests.applied(["data": ["x": "1"]], to: made, by: "alpha")
    let entry = result.managedFields?.array?.first
    #expect(entry?["manager"] == "alpha" && entry?["time"] == nil)
    #expect(try ServerSideApplyTests.applied(["data": ["x": "1"]], to: result, by: "alpha") == result)
  }

  @Test("takes an object that nobody owns as that of its first maker")
  func beforeFirstApply() throws {
    var live = FieldOwnershipTests.object(["data": ["r": "1"]])
    live.managedFields = nil
    #expect {
      try ServerSideApplyTests.applied(["data": ["r": "2"]], to: live, by: "alpha")
    } throws: {
      ($0 as? StatusError)?.message
        == "Apply failed with 1 conflict: conflict with \"before-first-apply\" using v1: .data.r"
    }
  }

  @Test("by kubectl takes over what kubectl applied on the client's side, and renews its annotation")
  func lastApplied() throws {
    let written = #"{"apiVersion":"v1","data":{"x":"1"},"kind":"ConfigMap","metadata":{"name":"a"}}"#
    let live = FieldOwnershipTests.created(
      [
        "data": ["x": "1", "y": "1"],
        "metadata": ["annotations": ["kubectl.kubernetes.io/last-applied-configuration": .string(written)]],
      ], by: "kubectl-client-side-apply")
    let result = try ServerSideApplyTests.applied(["data": ["x": "2"]], to: live, by: "kubectl")
    #expect(result[path: "data", "x"] == "2")
    let annotation = result[path: "metadata", "annotations", LastApplied.annotation]?.string
    #expect(annotation == written.replacing("\"1\"", with: "\"2\"") + "\n")
    #expect(throws: StatusError.self) {
      try ServerSideApplyTests.applied(["data": ["y": "2"]], to: live, by: "kubectl")
    }
    #expect(throws: StatusError.self) {
      try ServerSideApplyTests.applied(["data": ["x": "2"]], to: live, by: "other")
    }
  }

  private static func deployment(_ spec: JSONValue) -> JSONObject {
    ["apiVersion": "apps/v1", "kind": "Deployment", "spec": spec]
  }

  @Test(
    "refuses a configuration that does not fit its kind",
    arguments: [
      (["unknown": 1], ".unknown: field not declared in schema"),
      (["data": ["a": 1]], ".data.a: expected string, got &value.valueUnstructured{Value:1}"),
      (["data": [1]], ".data: expected map, got &{[1]}"),
      (deployment(["replicas": "1"]), ".spec.replicas: expected numeric (int or float), got string"),
      (deployment(["paused": "x"]), ".spec.paused: expected boolean, got &{x}"),
      (
        deployment(["template": ["spec": ["containers": [["name": "a"], ["name": "a"]]]]]),
        #".spec.template.spec.containers: duplicate entries for key [name="a"]"#
      ),
      (
        deployment(["template": ["spec": ["containers": ["x"]]]]),
        ".spec.template.spec.containers: element 0: associative list with keys may not have non-map elements"
      ),
      (
        ["metadata": ["finalizers": ["a", "a"]], "data": ["b": true]],
        "errors:\n  .data.b: expected string, got &value.valueUnstructured{Value:true}\n"
          + "  .metadata.finalizers: duplicate entries for key [=\"a\"]"
      ),
    ] as [(JSONObject, String)])
  func refused(fields: JSONObject, problem: String) {
    let kind = fields["kind"]?.string == nil ? "/v1, Kind=ConfigMap" : "apps/v1, Kind=Deployment"
    #expect {
      try ServerSideApplyTests.applied(fields, to: nil, by: "alpha")
    } throws: { error in
      let error = error as? StatusError
      return error?.code == 500
        && error?.message == "failed to create typed patch object (/a; \(kind)): \(problem)"
    }
  }

  @Test("hands the number of replicas over to whoever scales")
  func scale() throws {
    var object = try ServerSideApplyTests.applied(
      ServerSideApplyTests.deployment(["replicas": 1, "paused": true]), to: nil, by: "user")
    let entries = ScaleOwnership.entries(of: object)
    #expect(entries?.array?.first?["fieldsV1"] == ["f:spec": ["f:replicas": [:]]])
    ScaleOwnership.write(entries, to: &object)
    #expect(Owners.owners(object) == ["user/Apply": ["f:spec": ["f:paused": [:], "f:replicas": [:]]]])
    ScaleOwnership.take(&object, by: "autoscaler")
    #expect(
      Owners.owners(object) == [
        "user/Apply": ["f:spec": ["f:paused": [:]]],
        "autoscaler/Update/scale": ["f:spec": ["f:replicas": [:]]],
      ])
    ScaleOwnership.write(nil, to: &object)
    #expect(Owners.owners(object) == ["user/Apply": ["f:spec": ["f:paused": [:]]]])
  }

  @Test("keeps its promises, whatever two managers apply in turn", arguments: 0..<100 as Range<UInt64>)
  func promises(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var live: KubeObject?
    for _ in 0..<6 {
      let manager = generator.next() % 2 == 0 ? "alpha" : "beta"
      let configuration = ServerSideApplyTests.random(&generator)
      let result = try ServerSideApplyTests.applied(configuration, to: live, by: manager, isForced: true)
      #expect(
        try ServerSideApplyTests.applied(configuration, to: result, by: manager) == result, "applied twice")
      let values = TypedValues(schema: .builtIn)
      let shape = Schema.builtIn.root(apiVersion: "apps/v1", kind: "Deployment")
      let there = values.withNamedFields(values.fields(of: result.json, shape), shape)
      for (owner, fields) in Owners.owners(result) {
        #expect(FieldSet(fieldsV1: fields).isSubset(of: there), "\(owner) owns what is not there")
      }
      let own = ManagedFields.owned(values.fields(of: .object(configuration), shape))
      #expect(FieldSet(fieldsV1: Owners.owners(result)["\(manager)/Apply"]).isSubset(of: own))
      live = result
    }
  }

  private static func random(_ generator: inout SeededGenerator) -> JSONObject {
    var containers: [JSONValue] = []
    for name in ["a", "b", "c"] where generator.next() % 2 == 0 {
      var container: JSONValue = ["name": .string(name)]
      if generator.next() % 2 == 0 { container["image"] = .string("i\(generator.next() % 3)") }
      if generator.next() % 3 == 0 { container["args"] = [.string("x\(generator.next() % 2)")] }
      if generator.next() % 2 == 0 {
        container["env"] = [["name": "E", "value": .string("\(generator.next() % 3)")]]
      }
      containers.append(container)
    }
    if generator.next() % 2 == 0 { containers.reverse() }
    var spec: JSONValue = ["template": ["spec": ["containers": .array(containers)]]]
    if generator.next() % 2 == 0 { spec["replicas"] = .int(Int64(generator.next() % 3)) }
    var metadata: JSONValue = ["name": "a"]
    if generator.next() % 2 == 0 { metadata["finalizers"] = [.string("f\(generator.next() % 2)")] }
    if generator.next() % 2 == 0 { metadata["labels"] = ["l": .string("\(generator.next() % 3)")] }
    return ["apiVersion": "apps/v1", "kind": "Deployment", "metadata": metadata, "spec": spec]
  }
}
