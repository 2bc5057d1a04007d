import KubeModel
import Seams
import Testing

@testable import MeshSim

@Suite("Granting rights")
struct EscalationTests {
  private static func state() -> ClusterState {
    var state = ClusterState(name: "c", seed: 1, now: Timestamp(seconds: 1_000_000))
    for (kind, object) in [
      AccessRules.role("giver", namespace: "n", "get,list core pods\ncreate rbac.authorization.k8s.io roles"),
      AccessRules.binding("giver", namespace: "n", to: "giver", clusterRole: false, "User:ann"),
      AccessRules.role("climber", "escalate,bind rbac.authorization.k8s.io roles,clusterroles"),
      AccessRules.binding("climber", to: "climber", "User:bob"),
    ] { state.access.index(kind, object) }
    return state
  }

  private func outcome(_ role: (ResourceKind, KubeObject), by user: UserInfo, old: KubeObject? = nil)
    -> String?
  {
    var attributes = RequestAttributes(
      user: user, verb: "create", group: "rbac.authorization.k8s.io", version: "v1")
    attributes.resource = role.0.plural
    attributes.namespace = role.1.namespace ?? ""
    do throws(StatusError) {
      try Escalation.check(role.1, old: old, attributes, in: EscalationTests.state())
      return nil
    } catch { return "\(error.code) \(error.message)" }
  }

  @Test("whoever holds the rights may grant them")
  func held() {
    #expect(
      outcome(AccessRules.role("r", namespace: "n", "get core pods"), by: AccessRules.user("ann")) == nil)
  }

  @Test("whoever does not is told which are missing, put together by resource")
  func missing() {
    let role = AccessRules.role(
      "r", namespace: "n", "get,delete core pods\nget,list apps deployments\nget /x")
    #expect(
      outcome(role, by: AccessRules.user("ann")) == """
        403 roles.rbac.authorization.k8s.io "r" is forbidden: user "ann" (groups=["system:authenticated"]) is \
        attempting to grant RBAC permissions not currently held:
        {APIGroups:[""], Resources:["pods"], Verbs:["delete"]}
        {APIGroups:["apps"], Resources:["deployments"], Verbs:["get" "list"]}
        {NonResourceURLs:["/x"], Verbs:["get"]}
        """)
  }

  @Test("escalate lifts the check on roles, bind that on bindings, and superusers need neither")
  func lifted() {
    let role = AccessRules.role("r", namespace: "n", "* * *")
    #expect(outcome(role, by: AccessRules.user("bob")) == nil)
    #expect(outcome(role, by: .administrator) == nil)
    let binding = AccessRules.binding("b", to: "cluster-admin", "User:bob")
    #expect(outcome(binding, by: AccessRules.user("bob")) == nil)
    #expect(outcome(binding, by: AccessRules.user("ann"))?.hasPrefix("403 clusterrolebindings") == true)
  }

  @Test("a binding to a role that is not there is a 404 for whoever may not bind")
  func unknownRole() {
    let binding = AccessRules.binding("b", namespace: "n", to: "none", "User:x")
    #expect(
      outcome(binding, by: AccessRules.user("ann"))
        == "404 clusterroles.rbac.authorization.k8s.io \"none\" not found")
  }

  @Test("a role whose rules stay as they are is not checked")
  func unchanged() {
    let role = AccessRules.role("r", namespace: "n", "* * *")
    #expect(outcome(role, by: AccessRules.user("ann"), old: role.1) == nil)
  }
}

extension AccessState {
  /// Adds an object without storing it.
  mutating func index(_ kind: ResourceKind, _ object: KubeObject) {
    let commit = Commit(
      change: .added, kind: kind, before: nil, stored: StoredObject(object, version: 1),
      time: Timestamp(seconds: 0),
      manager: nil)
    notice(commit)
  }
}
