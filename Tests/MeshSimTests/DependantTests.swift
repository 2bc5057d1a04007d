import HTTPTypes
import KubeModel
import MeshSim
import Testing

@Suite("What depends on another object")
struct DependantTests {
  private static func slice(_ cluster: TestCluster) throws -> KubeObject {
    let slices = cluster.cluster.view.objects(.endpointSlice, namespace: "n")
    return try #require(slices.count == 1 ? slices[0] : nil)
  }

  private static func ready(_ slice: KubeObject) -> [String] {
    (slice.fields["endpoints"]?.array ?? []).filter { $0[path: "conditions", "ready"] == true }
      .compactMap { $0[path: "targetRef", "name"]?.string }
  }

  @Test("goes with it: the ReplicaSets and pods of a Deployment, the slice of a Service")
  func owners() throws {
    let cluster = try TestCluster()
    try cluster.rollOut(deployment())
    try cluster.rollOut(deployment(image: "web:2"))
    try cluster.send(.post, services, service())
    cluster.advance(1)
    #expect(cluster.names(.replicaSet).count == 2 && cluster.names(.endpointSlice).count == 1)
    try cluster.send(.delete, deployments + "/web")
    try cluster.send(.delete, services + "/web")
    cluster.advance(5)
    for kind in [ResourceKind.replicaSet, .pod, .endpointSlice] {
      #expect(cluster.names(kind).isEmpty, "\(kind)")
    }
  }

  @Test("goes with its last owner, over generations (gc-background)")
  func chain() throws {
    let cluster = try TestCluster()
    func create(_ name: String, ownedBy owners: [KubeObject]) throws -> KubeObject {
      let references = owners.map { owner -> JSONValue in
        ["apiVersion": "v1", "kind": "ConfigMap", "name": .string(owner.name), "uid": .string(owner.uid)]
      }
      let metadata = [("ownerReferences", JSONValue.array(references))]
      return try cluster.send(.post, configMaps, configMap(name, metadata: metadata)).object
    }
    let (owner, other) = (try create("owner", ownedBy: []), try create("other", ownedBy: []))
    let dependant = try create("dep", ownedBy: [owner])
    _ = try create("grand", ownedBy: [dependant])
    _ = try create("both", ownedBy: [owner, other])
    try cluster.send(.delete, configMaps + "/owner")
    cluster.advance(5)
    #expect(cluster.names(.configMap) == ["both", "kube-root-ca.crt", "other"])
    let references = try cluster.object(.configMap, "both")[path: "metadata", "ownerReferences"]?.array
    #expect(references?.compactMap { $0["name"] } == ["other"])
  }

  @Test("follows it: an EndpointSlice lists the pods by their readiness (endpoint-slices)")
  func readiness() throws {
    let cluster = try TestCluster()
    try cluster.send(.post, services, service())
    try cluster.rollOut(deployment(replicas: 2))
    cluster.advance(1)
    let slice = try DependantTests.slice(cluster)
    #expect(DependantTests.ready(slice) == cluster.names(.pod))
    #expect(slice.labels["kubernetes.io/service-name"] == "web")
    #expect(
      slice.fields["ports"] == [["name": "", "port": 8080, "protocol": "TCP"]], "named ports are resolved")
    let names = cluster.names(.pod)
    cluster.cluster.crashPod(namespace: "n", name: names[0])
    cluster.advance(0.1)
    #expect(DependantTests.ready(try DependantTests.slice(cluster)) == [names[1]])
    try cluster.send(.delete, pods + "/" + names[1])
    cluster.advance(0.1)
    let conditions = try DependantTests.slice(cluster).fields["endpoints"]?.array?
      .first { $0[path: "targetRef", "name"] == .string(names[1]) }?["conditions"]
    #expect(conditions == ["ready": false, "serving": true, "terminating": true])
  }

  @Test("leaves it: a pod that loses the selector's label leaves the slice")
  func relabelled() throws {
    let cluster = try TestCluster()
    try cluster.send(.post, services, service())
    try cluster.rollOut(deployment(replicas: 2))
    let name = try #require(cluster.names(.pod).first)
    try cluster.patch(pods + "/" + name, ["metadata": ["labels": ["app": "quarantine"]]])
    cluster.advance(1)
    #expect(!DependantTests.ready(try DependantTests.slice(cluster)).contains(name))
  }

  @Test("is not made for a Service that selects nothing")
  func noSelector() throws {
    let cluster = try TestCluster()
    try cluster.rollOut(deployment())
    try cluster.send(.post, services, service("external", spec: [("selector", [:])]))
    cluster.advance(5)
    #expect(cluster.names(.endpointSlice).isEmpty)
  }
}
