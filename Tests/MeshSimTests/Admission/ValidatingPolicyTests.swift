import HTTPTypes
import KubeModel
import MeshSim
import Seams
import Testing

@Suite("A ValidatingAdmissionPolicy")
struct ValidatingPolicyTests {
  private static let policies = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies"
  private static let bindings = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings"

  private static func policy(_ extra: [(String, JSONValue)] = []) -> JSONValue {
    var spec: JSONValue = [
      "matchConstraints": [
        "resourceRules": [
          [
            "apiGroups": ["apps"], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"],
            "resources": ["deployments"],
          ]
        ]
      ],
      "validations": [["expression": "object.spec.replicas <= 2"]],
    ]
    for (key, value) in extra { spec[key] = value }
    return ["metadata": ["name": "small"], "spec": spec]
  }

  private static func cluster(
    _ extra: [(String, JSONValue)] = [], binding: [(String, JSONValue)] = [], actions: JSONValue = ["Deny"]
  ) throws -> TestCluster {
    let cluster = try TestCluster()
    try #expect(cluster.send(.post, policies, policy(extra)).status == 201)
    var spec: JSONValue = ["policyName": "small", "validationActions": actions]
    for (key, value) in binding { spec[key] = value }
    try #expect(
      cluster.send(.post, bindings, ["metadata": ["name": "everywhere"], "spec": spec]).status == 201)
    return cluster
  }

  @Test("refuses what its expression does not hold for, and names itself, its binding and the expression")
  func denies() throws {
    let cluster = try Self.cluster()
    #expect(try cluster.send(.post, deployments, deployment(replicas: 2)).status == 201)
    let refused = try cluster.send(.post, deployments, deployment("big", replicas: 3))
    #expect(refused.status == 422 && refused.body["reason"] == "Invalid")
    let words =
      "ValidatingAdmissionPolicy 'small' with binding 'everywhere' denied request: failed expression: "
      + "object.spec.replicas <= 2"
    #expect(refused.message == "deployments.apps \"big\" is forbidden: " + words)
    #expect(refused.body[path: "details", "causes"] == [["message": .string(words)]])
    #expect(try cluster.patch(deployments + "/web", ["spec": ["replicas": 9]]).status == 422)
  }

  @Test("is not about requests that its constraints, its binding or its conditions leave out")
  func isElsewhere() throws {
    let excluded: [(policy: [(String, JSONValue)], binding: [(String, JSONValue)])] = [
      ([], [("matchResources", ["namespaceSelector": ["matchLabels": ["team": "other"]]])]),
      ([], [("matchResources", ["objectSelector": ["matchLabels": ["team": "other"]]])]),
      ([("matchConditions", [["name": "x", "expression": "request.operation == 'DELETE'"]])], []),
    ]
    for row in excluded {
      let cluster = try Self.cluster(row.policy, binding: row.binding)
      #expect(try cluster.send(.post, deployments, deployment(replicas: 3)).status == 201)
    }
  }

  @Test("answers with the message and the reason that it is given, over variables and parameters")
  func composes() throws {
    let cluster = try Self.cluster(
      [
        ("paramKind", ["apiVersion": "v1", "kind": "ConfigMap"]),
        ("variables", [["name": "most", "expression": "int(params.data.most)"]]),
        (
          "validations",
          [
            [
              "expression": "object.spec.replicas <= variables.most", "reason": "Forbidden",
              "messageExpression":
                "'at most ' + string(variables.most) + ' in ' + namespaceObject.metadata.name",
            ]
          ]
        ),
      ], binding: [("paramRef", ["name": "bounds", "parameterNotFoundAction": "Deny"])])
    let missing = try cluster.send(.post, deployments, deployment(replicas: 3))
    #expect(
      missing.message.hasSuffix(
        "failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction")
    )
    try cluster.send(.post, configMaps, configMap("bounds", ["most": "1"]))
    let refused = try cluster.send(.post, deployments, deployment(replicas: 3))
    #expect(refused.status == 403 && refused.message.hasSuffix("denied request: at most 1 in n"))
  }

  @Test("only warns where its binding says so, and errors count by its failurePolicy")
  func warns() throws {
    let warning = try Self.cluster(actions: ["Warn"])
    let answer = try warning.send(.post, deployments, deployment(replicas: 3))
    #expect(answer.status == 201)
    #expect(
      answer.warnings == [
        "299 - \"Validation failed for ValidatingAdmissionPolicy 'small' with binding 'everywhere': "
          + "failed expression: object.spec.replicas <= 2\""
      ])
    let broken: JSONValue = [["expression": "object.spec.none == 1"]]
    let failing = try Self.cluster([("validations", broken)])
    let refused = try failing.send(.post, deployments, deployment())
    #expect(
      refused.message.hasSuffix("expression 'object.spec.none == 1' resulted in error: no such key: none"))
    let lenient = try Self.cluster([("validations", broken), ("failurePolicy", "Ignore")])
    #expect(try lenient.send(.post, deployments, deployment()).status == 201)
  }

  @Test("can keep objects from being deleted")
  func deletions() throws {
    let cluster = try Self.cluster([
      (
        "matchConstraints",
        [
          "resourceRules": [
            ["apiGroups": [""], "apiVersions": ["*"], "operations": ["DELETE"], "resources": ["configmaps"]]
          ]
        ]
      ), ("validations", [["expression": "oldObject.metadata.name != 'kept'", "message": "it is kept"]]),
    ])
    for name in ["kept", "other"] { try cluster.send(.post, configMaps, configMap(name)) }
    #expect(try cluster.send(.delete, configMaps + "/other").status == 200)
    let refused = try cluster.send(.delete, configMaps + "/kept")
    #expect(refused.status == 422 && refused.message.hasSuffix("denied request: it is kept"))
  }

  @Test(
    "is refused itself when an expression does not compile, or not to a truth value",
    arguments: [
      (
        "object.spec.replicas",
        "spec.validations[0].expression: Invalid value: \"object.spec.replicas\": "
          + "must evaluate to bool"
      ),
      ("", "spec.validations[0].expression: Required value: expression is not specified"),
    ])
  func compiles(expression: String, problem: String) throws {
    let answer = try TestCluster().send(
      .post, Self.policies, Self.policy([("validations", [["expression": .string(expression)]])]))
    #expect(answer.status == 422 && answer.message.hasSuffix(problem))
  }

  @Test("gets a status that says that its types have been looked at")
  func status() throws {
    let cluster = try Self.cluster()
    cluster.advance(1)
    let policy = try cluster.send(.get, Self.policies + "/small")
    #expect(policy.body["status"] == ["observedGeneration": 1, "typeChecking": [:]])
  }
}
