import KubeModel
import Testing

@testable import MeshSim

@Suite("Role-based access")
struct AuthorizerTests {
  private static let index = AccessRules.index(
    BootstrapPolicy.entries + [
      AccessRules.role(
        "reader", namespace: "n",
        """
        get,list core configmaps
        get core secrets=mine
        update apps deployments/scale
        * batch jobs
        """),
      AccessRules.role("scaler", "update * */scale"), AccessRules.role("everything", "* * *"),
      AccessRules.role("urls", "get /logs/*,/metrics"), AccessRules.role("apps", "get apps *"),
      AccessRules.binding("b", namespace: "n", to: "reader", clusterRole: false, "User:ann", "Group:crew"),
      AccessRules.binding("c", namespace: "n", to: "everything", "ServiceAccount:n:robot"),
      AccessRules.binding("d", to: "scaler", "User:bob"), AccessRules.binding("e", to: "urls", "User:bob"),
      AccessRules.binding("f", namespace: "m", to: "view", "User:vic"),
      AccessRules.binding("g", namespace: "m", to: "edit", "User:ed"),
      AccessRules.binding("h", namespace: "m", to: "admin", "User:ada"),
      AccessRules.binding("i", namespace: "n", to: "gone", clusterRole: false, "User:zed"),
      AccessRules.binding("j", to: "apps", "User:app"),
    ])

  static let rows: [(String, String, Bool)] = [
    // What a Role grants, and what it doesn't.
    ("ann", "get core configmaps x @n", true), ("ann", "list core configmaps @n", true),
    ("ann", "watch core configmaps @n", false), ("ann", "create core configmaps @n", false),
    ("ann", "get core configmaps x @m", false), ("ann", "list core configmaps", false),
    ("ann", "get core secrets mine @n", true), ("ann", "get core secrets other @n", false),
    ("ann", "get core secrets @n", false), ("ann", "list core secrets @n", false),
    ("ann", "update apps deployments/scale d @n", true), ("ann", "update apps deployments d @n", false),
    ("ann", "get apps deployments/scale d @n", false), ("ann", "update core deployments/scale d @n", false),
    ("ann", "delete batch jobs j @n", true), ("ann", "deletecollection batch jobs @n", true),
    ("ann", "get batch jobs/status j @n", false), ("ann", "get batch cronjobs j @n", false),
    ("ann", "escalate batch jobs @n", true), ("ann", "get core pods/log p @n", false),
    // Groups and service accounts.
    ("joe+crew", "get core configmaps x @n", true), ("joe+other", "get core configmaps x @n", false),
    ("system:serviceaccount:n:robot", "delete apps deployments d @n", true),
    ("system:serviceaccount:n:robot", "get core pods/log p @n", true),
    ("system:serviceaccount:n:robot", "delete apps deployments d @m", false),
    ("system:serviceaccount:m:robot", "delete apps deployments d @n", false),
    ("system:serviceaccount:n:other", "delete apps deployments d @n", false),
    ("robot", "get core pods @n", false),
    // Wildcards.
    ("bob", "update apps deployments/scale d @n", true), ("bob", "update apps statefulsets/scale d @m", true),
    ("bob", "update example.com widgets/scale d @m", true), ("bob", "update apps deployments d @n", false),
    ("bob", "patch apps deployments/scale d @n", false),
    ("bob", "update apps deployments/status d @n", false),
    ("app", "get apps deployments d @n", true), ("app", "get apps deployments/scale d @n", true),
    ("app", "get core pods p @n", false), ("app", "get apps deployments", true),
    ("app", "list apps deployments", false),
    // Paths.
    ("bob", "get /metrics", true), ("bob", "get /metrics/cadvisor", false),
    ("bob", "get /logs/kubelet", true),
    ("bob", "get /logs", false), ("bob", "post /metrics", false), ("ann", "get /metrics", false),
    ("ann", "get /api", true), ("ann", "get /apis/apps/v1", true), ("ann", "get /openapi/v3", true),
    ("ann", "get /version", true), ("ann", "get /healthz", true), ("ann", "get /livez/ping", false),
    ("system:anonymous-", "get /version", true), ("system:anonymous-", "get /healthz", true),
    ("system:anonymous-", "get /api", false), ("system:anonymous-", "get core pods @n", false),
    ("prom+system:monitoring", "get /metrics", true), ("prom+system:monitoring", "get /livez/ping", true),
    ("prom+system:monitoring", "get core nodes", false),
    // Every user may ask for their own rights.
    ("ann", "create authorization.k8s.io selfsubjectaccessreviews", true),
    ("ann", "create authorization.k8s.io selfsubjectrulesreviews", true),
    ("ann", "create authentication.k8s.io selfsubjectreviews", true),
    ("ann", "create authorization.k8s.io subjectaccessreviews", false),
    ("ann", "create authentication.k8s.io tokenreviews", false),
    // view.
    ("vic", "get core pods p @m", true), ("vic", "get core pods/log p @m", true),
    ("vic", "list core endpoints @m", true), ("vic", "get core secrets s @m", false),
    ("vic", "create core pods @m", false), ("vic", "list core nodes", false),
    ("vic", "get core namespaces m @m", true),
    ("vic", "get rbac.authorization.k8s.io roles @m", false), ("vic", "list apps replicasets @m", true),
    ("vic", "get core pods p @n", false),
    // edit.
    ("ed", "get core secrets s @m", true), ("ed", "create core pods @m", true),
    ("ed", "create core pods/exec p @m", true),
    ("ed", "patch apps deployments d @m", true), ("ed", "update apps deployments/scale d @m", true),
    ("ed", "create core serviceaccounts/token s @m", true),
    ("ed", "impersonate core serviceaccounts s @m", true),
    ("ed", "create core endpoints @m", false), ("ed", "delete coordination.k8s.io leases l @m", true),
    ("ed", "create rbac.authorization.k8s.io roles @m", false),
    ("ed", "create core resourcequotas @m", false),
    ("ed", "delete core namespaces m @m", false), ("ed", "list core pods @m", true),
    // admin.
    ("ada", "create rbac.authorization.k8s.io rolebindings @m", true), ("ada", "get core pods p @m", true),
    ("ada", "delete core secrets s @m", true),
    ("ada", "create authorization.k8s.io localsubjectaccessreviews @m", true),
    ("ada", "create core resourcequotas @m", false), ("ada", "create core pods @n", false),
    ("ada", "bind rbac.authorization.k8s.io roles @m", false),
    // Components of the control plane, and those who need no rule.
    ("system:kube-scheduler", "create core pods/binding p @n", true),
    ("system:kube-scheduler", "get coordination.k8s.io leases kube-scheduler @kube-system", true),
    ("system:kube-scheduler", "get coordination.k8s.io leases other @default", false),
    ("system:kube-controller-manager", "list example.com widgets", true),
    ("system:kube-controller-manager", "delete core pods p @n", false),
    ("root+system:masters", "delete core nodes n", true), ("root+system:masters", "get /secret", true),
    ("zed", "get core pods p @n", false),
  ]

  @Test("a request is allowed by a rule of a binding, or not at all", arguments: rows)
  func decide(who: String, what: String, isAllowed: Bool) {
    let names = who.split(separator: "+").map(String.init)
    var user = UserInfo(name: names[0], groups: Array(names.dropFirst()) + ["system:authenticated"])
    if who == "system:anonymous-" { user = .anonymous }
    let decision = Authorizer().decide(AccessRules.request(what, by: user), by: AuthorizerTests.index)
    #expect(decision.isAllowed == isAllowed, "\(decision.reason)")
  }

  @Test(
    "the reason names the binding, the role and the subject",
    arguments: [
      (
        "ann", "get core configmaps @n",
        "RBAC: allowed by RoleBinding \"b/n\" of Role \"reader\" to User \"ann\""
      ),
      (
        "joe+crew", "get core configmaps @n",
        "RBAC: allowed by RoleBinding \"b/n\" of Role \"reader\" to Group \"crew\""
      ),
      (
        "system:serviceaccount:n:robot", "get core pods @n",
        "RBAC: allowed by RoleBinding \"c/n\" of ClusterRole \"everything\" to ServiceAccount \"robot/n\""
      ),
      (
        "bob", "get /metrics",
        "RBAC: allowed by ClusterRoleBinding \"e\" of ClusterRole \"urls\" to User \"bob\""
      ),
      ("zed", "get core pods @n", "RBAC: role.rbac.authorization.k8s.io \"gone\" not found"),
      ("ann", "get core pods @n", ""),
      ("root+system:masters", "get core pods @n", ""),
    ])
  func reason(who: String, what: String, reason: String) {
    let names = who.split(separator: "+").map(String.init)
    let user = UserInfo(name: names[0], groups: Array(names.dropFirst()))
    #expect(
      Authorizer().decide(AccessRules.request(what, by: user), by: AuthorizerTests.index).reason == reason)
  }

  @Test("the index follows changed and deleted roles and bindings")
  func follow() {
    var index = AuthorizerTests.index
    func may(_ what: String) -> Bool {
      Authorizer().decide(AccessRules.request(what, by: AccessRules.user("ann")), by: index).isAllowed
    }
    let old = AccessRules.binding(
      "b", namespace: "n", to: "reader", clusterRole: false, "User:ann", "Group:crew"
    ).1
    let new = AccessRules.binding("b", namespace: "n", to: "everything", "User:ann").1
    index.replace(.roleBinding, before: old, after: new)
    #expect(may("delete core pods p @n"))
    index.replace(.clusterRole, before: nil, after: AccessRules.role("everything", "get core pods").1)
    #expect(!may("delete core pods p @n") && may("get core pods p @n"))
    index.replace(.roleBinding, before: new, after: nil)
    #expect(!may("get core pods p @n"))
  }
}
