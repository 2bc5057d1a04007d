import HTTPTypes
import KubeModel
import MeshSim
import Seams
import Testing

@Suite("The roles of a new cluster")
struct ControllerRoleTests {
  private static let group = "/apis/rbac.authorization.k8s.io/v1"

  @Test("give each controller's account what it does, and no more")
  func controllers() throws {
    let cluster = try TestCluster()
    let roles = try cluster.send(.get, Self.group + "/clusterroles").body["items"]?.array ?? []
    let names = roles.compactMap { $0[path: "metadata", "name"]?.string }
    let controllers = names.filter { $0.hasPrefix("system:controller:") }
    #expect(controllers.count == 38)
    for name in controllers {
      let binding = try cluster.send(.get, "\(Self.group)/clusterrolebindings/\(name)")
      let account = binding.body["subjects"]?.array?.first
      #expect(account?["kind"] == "ServiceAccount" && account?["namespace"] == "kube-system")
      #expect(account?["name"]?.string == String(name.dropFirst("system:controller:".count)))
    }
    #expect(try isAllowed(cluster, "job-controller", "create", "pods") == true)
    #expect(try isAllowed(cluster, "job-controller", "create", "secrets") == false)
    #expect(try isAllowed(cluster, "resourcequota-controller", "list", "secrets") == true)
  }

  private func isAllowed(_ cluster: TestCluster, _ account: String, _ verb: String, _ resource: String)
    throws -> Bool?
  {
    try cluster.send(
      .post, "/apis/authorization.k8s.io/v1/subjectaccessreviews",
      [
        "spec": [
          "user": .string("system:serviceaccount:kube-system:\(account)"),
          "resourceAttributes": [
            "verb": .string(verb), "resource": .string(resource), "namespace": "n",
          ],
        ]
      ]
    ).body[path: "status", "allowed"]?.bool
  }

  @Test("name the signers for which certificates are made")
  func signers() throws {
    let role = try TestCluster().send(
      .get, Self.group + "/clusterroles/system:controller:certificate-controller")
    let names = role.body["rules"]?.array?.compactMap { $0["resourceNames"]?.array?.count }
    #expect(names == [1, 4])
  }

  @Test("hold the leases of the control plane in its own namespace")
  func local() throws {
    let roles = try TestCluster().send(.get, Self.group + "/namespaces/kube-system/roles")
    #expect(
      roles.body["items"]?.array?.compactMap { $0[path: "metadata", "name"]?.string } == [
        "extension-apiserver-authentication-reader", "system::leader-locking-kube-controller-manager",
        "system::leader-locking-kube-scheduler", "system:controller:bootstrap-signer",
        "system:controller:cloud-provider", "system:controller:token-cleaner",
      ])
  }
}
