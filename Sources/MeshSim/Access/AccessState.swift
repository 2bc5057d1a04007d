import KubeModel
import Seams

/// Who may use a cluster, and for what.
struct AccessState: Sendable {
  /// Users by the tokens that they were given.
  var tokens: [String: UserInfo] = [:]
  private(set) var index = AccessIndex()

  /// What a new cluster has.
  static let bootstrap: AccessState = {
    var state = AccessState()
    for (kind, object) in BootstrapPolicy.entries { state.index.replace(kind, before: nil, after: object) }
    return state
  }()

  /// Takes in a commit of a role or binding; others cost one comparison.
  mutating func notice(_ commit: Commit) {
    guard commit.kind.group == "rbac.authorization.k8s.io" else { return }
    index.replace(
      commit.kind, before: commit.before, after: commit.change == .deleted ? nil : commit.object)
  }

  /// Reads all roles and bindings anew, after a cluster was loaded.
  mutating func rebuild(from store: ObjectStore) {
    index = AccessIndex()
    for kind in [ResourceKind.clusterRole, .role, .clusterRoleBinding, .roleBinding] {
      for object in store.list(kind) { index.replace(kind, before: nil, after: object) }
    }
  }
}
