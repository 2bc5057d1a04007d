import KubeModel
import Seams
import Testing

@testable import MeshSim

@Suite("Aggregated roles")
struct RoleAggregationTests {
  private static func key(_ name: String) -> ObjectKey { ObjectKey(namespace: "", name: name) }

  @Test("admin holds all that edit holds, and edit all that view holds, from the beginning")
  func bootstrap() throws {
    let state = ClusterState(name: "c", seed: 1, now: Timestamp(seconds: 1_000_000))
    func rules(_ name: String) throws -> [JSONValue] {
      try #require(state.store.get(.clusterRole, RoleAggregationTests.key(name))).fields["rules"]?.array ?? []
    }
    let (view, edit, admin) = (try rules("view"), try rules("edit"), try rules("admin"))
    #expect(!view.isEmpty && view.count < edit.count && edit.count < admin.count)
    #expect(view.allSatisfy(edit.contains) && edit.allSatisfy(admin.contains))
  }

  @Test("a role with the label of another is gathered into it, and into what gathers that")
  func gathered() throws {
    var state = ClusterState(name: "c", seed: 1, now: Timestamp(seconds: 1_000_000))
    var (kind, role) = AccessRules.role("widgets", "get e.io widgets")
    role.labels = ["rbac.authorization.k8s.io/aggregate-to-view": "true"]
    state.create(role, kind: kind, manager: nil)
    let rule: JSONValue = ["verbs": ["get"], "apiGroups": ["e.io"], "resources": ["widgets"]]
    for name in ["view", "edit", "admin"] {
      let gathering = try #require(state.store.get(.clusterRole, RoleAggregationTests.key(name)))
      #expect(gathering.fields["rules"]?.array?.contains(rule) == true, "\(name)")
    }
    state.remove(.clusterRole, RoleAggregationTests.key("widgets"), manager: nil)
    let admin = try #require(state.store.get(.clusterRole, RoleAggregationTests.key("admin")))
    #expect(admin.fields["rules"]?.array?.contains(rule) == false)
  }
}
