import KubeModel
import Seams
import Testing

@testable import MeshSim

@Suite("Access reviews")
struct AccessReviewTests {
  private static func state() -> ClusterState {
    var state = ClusterState(name: "c", seed: 1, now: Timestamp(seconds: 1_000_000))
    for (kind, object) in [
      AccessRules.role("r", namespace: "n", "get,update apps deployments"),
      AccessRules.binding("b", namespace: "n", to: "r", clusterRole: false, "User:ann"),
    ] { state.access.index(kind, object) }
    state.access.tokens["secret"] = UserInfo(name: "ann")
    return state
  }

  private func ask(
    _ kind: String, _ spec: JSONValue, as user: UserInfo = AccessRules.user("ann"), namespace: String = ""
  )
    throws -> KubeObject
  {
    let group =
      kind == "TokenReview" || kind == "SelfSubjectReview" ? "authentication.k8s.io" : "authorization.k8s.io"
    let resource = ResourceKind(group: group, version: "v1", kind: kind, plural: kind.lowercased() + "s")
    var attributes = RequestAttributes(user: user, verb: "create", group: group, version: "v1")
    attributes.namespace = namespace
    var object = KubeObject(JSONObject())
    object.fields["spec"] = spec
    return try AccessReviews.answer(
      object, kind: resource, attributes: attributes, in: AccessReviewTests.state())
  }

  private static let question: JSONValue = [
    "resourceAttributes": ["namespace": "n", "verb": "get", "group": "apps", "resource": "deployments"]
  ]

  @Test("who may is told by which binding, who may not is told nothing")
  func decisions() throws {
    let reason = "RBAC: allowed by RoleBinding \"b/n\" of Role \"r\" to User \"ann\""
    let own = try ask("SelfSubjectAccessReview", AccessReviewTests.question)
    #expect(own.fields["status"] == ["allowed": true, "reason": .string(reason)])
    let other = try ask("SelfSubjectAccessReview", AccessReviewTests.question, as: AccessRules.user("joe"))
    #expect(other.fields["status"] == ["allowed": false])
    let root = try ask("SelfSubjectAccessReview", AccessReviewTests.question, as: .administrator)
    #expect(root.fields["status"] == ["allowed": true])
    let path = try ask(
      "SelfSubjectAccessReview", ["nonResourceAttributes": ["path": "/metrics", "verb": "get"]])
    #expect(path.fields["status"] == ["allowed": false])
  }

  @Test("a review on behalf of another asks for that user")
  func subject() throws {
    var spec = AccessReviewTests.question
    spec["user"] = "ann"
    #expect(try ask("SubjectAccessReview", spec, as: .administrator)[path: "status", "allowed"] == true)
    spec["user"] = "joe"
    #expect(try ask("SubjectAccessReview", spec, as: .administrator)[path: "status", "allowed"] == false)
    #expect(try ask("LocalSubjectAccessReview", spec, namespace: "n")[path: "status", "allowed"] == false)
    #expect(throws: StatusError.self) { try ask("LocalSubjectAccessReview", spec, namespace: "m") }
  }

  @Test("a question about nothing is invalid, in the words of the server")
  func invalid() throws {
    let error = #expect(throws: StatusError.self) { try ask("SelfSubjectAccessReview", [:]) }
    #expect(
      error?.message
        == ".authorization.k8s.io \"\" is invalid: spec.resourceAttributes: Invalid value: null: exactly one "
        + "of nonResourceAttributes or resourceAttributes must be specified")
    #expect(error?.details?["kind"] == nil)
    let nobody = #expect(throws: StatusError.self) {
      try ask("SubjectAccessReview", AccessReviewTests.question)
    }
    #expect(nobody?.message.contains("spec.user: Invalid value: \"\": at least one of user or group") == true)
  }

  @Test("the rules of a user are those of all their bindings")
  func rules() throws {
    let review = try ask("SelfSubjectRulesReview", ["namespace": "n"])
    let rules = review[path: "status", "resourceRules"]?.array ?? []
    #expect(
      rules.contains(["verbs": ["get", "update"], "apiGroups": ["apps"], "resources": ["deployments"]]))
    #expect(review[path: "status", "nonResourceRules"]?.array?.isEmpty == false)
    #expect(review[path: "status", "incomplete"] == false)
  }

  @Test("who one is, and whose a token is")
  func identity() throws {
    let own = try ask("SelfSubjectReview", [:])
    #expect(own[path: "status", "userInfo"] == ["username": "ann", "groups": ["system:authenticated"]])
    let known = try ask("TokenReview", ["token": "secret"])
    #expect(known[path: "status", "authenticated"] == true)
    #expect(known[path: "status", "user", "username"] == "ann")
    #expect(try ask("TokenReview", ["token": "wrong"])[path: "status", "authenticated"] == nil)
    #expect(throws: StatusError.self) { try ask("TokenReview", [:]) }
  }
}
