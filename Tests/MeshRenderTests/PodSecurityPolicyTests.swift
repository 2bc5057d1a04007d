import KubeModel
import MeshTopology
import Testing

@testable import MeshRender

@Suite("The old form of a namespace's level")
struct PodSecurityPolicyTests {
  private func objects(
    _ level: Namespace.PodSecurity = .restricted, version: String?, group: Int? = nil
  ) throws -> [RenderedObject] {
    var topology = try ReferenceGateway.topology()
    topology.clusters[0].version = version
    let production = try #require(topology.namespaces.firstIndex { $0.name == "production" })
    let workload = try #require(topology.workloads.firstIndex { $0.namespace == "production" })
    topology.namespaces[production].podSecurity = level
    topology.workloads[workload].fsGroup = group
    return Renderer(topology: topology).podSecurityPolicy(
      of: topology.namespaces[production], in: topology.clusters[0])
  }

  @Test(
    "is there for clusters before 1.25 and for no others",
    arguments: [
      ("1.21", true), ("1.24.9", true), ("1.25", false), ("1.30", false), ("2.0", false), (nil, false),
    ])
  func isForOldClusters(version: String?, isThere: Bool) throws {
    let kinds = try objects(version: version).map(\.object.kind)
    #expect(kinds == (isThere ? ["PodSecurityPolicy", "ClusterRole", "RoleBinding"] : []))
  }

  @Test("restricts pods as the reference design's policy does")
  func restricts() throws {
    let policy = try #require(try objects(version: "1.24").first?.object)
    #expect(policy.apiVersion == "policy/v1beta1" && policy.name == "shop.production")
    #expect(policy.namespace == nil)
    let spec = try #require(policy.fields["spec"])
    #expect(spec["privileged"] == false && spec["allowPrivilegeEscalation"] == false)
    #expect(spec["requiredDropCapabilities"] == ["ALL"])
    #expect(
      Set(spec["volumes"]?.array?.compactMap(\.string) ?? []) == [
        "configMap", "emptyDir", "projected", "secret", "downwardAPI", "persistentVolumeClaim",
      ])
    #expect(spec["runAsUser"] == ["rule": "MustRunAsNonRoot"] && spec["seLinux"] == ["rule": "RunAsAny"])
    let groups: JSONValue = ["rule": "MustRunAs", "ranges": [["min": 1, "max": 65_535]]]
    #expect(spec["supplementalGroups"] == groups && spec["fsGroup"] == groups)
    #expect(spec["hostNetwork"] == nil && spec["hostPorts"] == nil)
  }

  @Test("takes the groups that workloads say")
  func takesGroups() throws {
    let policy = try objects(version: "1.24", group: 100_000).first?.object
    #expect(policy?[path: "spec", "fsGroup", "ranges"] == [["min": 1, "max": 100_000]])
  }

  @Test(
    "allows what the level allows",
    arguments: [
      (Namespace.PodSecurity.baseline, false, false), (.privileged, true, true), (.restricted, false, false),
    ])
  func allows(level: Namespace.PodSecurity, isPrivileged: Bool, reachesNode: Bool) throws {
    let spec = try #require(try objects(level, version: "1.24").first?.object.fields["spec"])
    #expect(spec["privileged"]?.bool == isPrivileged)
    #expect((spec["hostNetwork"]?.bool ?? false) == reachesNode)
    #expect((spec["volumes"] == ["*"]) == reachesNode)
    #expect(spec["volumes"]?.array?.contains("hostPath") == false)
  }

  @Test("may be used by the namespace's service accounts, and by nobody else")
  func mayBeUsed() throws {
    let objects = try objects(version: "1.24").map(\.object)
    #expect(
      objects[1].fields["rules"] == [
        [
          "apiGroups": ["policy"], "resources": ["podsecuritypolicies"], "verbs": ["use"],
          "resourceNames": ["shop.production"],
        ]
      ])
    #expect(objects[2].namespace == "production" && objects[2].fields["subjects"]?.array?.count == 1)
    #expect(
      objects[2].fields["subjects"]?.array?.first?["name"] == "system:serviceaccounts:production")
    #expect(objects[2][path: "roleRef", "name"]?.string == objects[1].name)
  }
}
