import HTTPTypes
import KubeModel
import MeshSim
import Seams
import Testing

@Suite("A cluster that goes on in another process")
struct FleetResumptionTests {
  private static let definition: JSONValue = [
    "metadata": ["name": "gadgets.example.com"],
    "spec": [
      "group": "example.com", "scope": "Namespaced", "names": ["plural": "gadgets", "kind": "Gadget"],
      "versions": [
        [
          "name": "v1", "served": true, "storage": true,
          "additionalPrinterColumns": [["name": "Size", "type": "integer", "jsonPath": ".spec.size"]],
          "schema": [
            "openAPIV3Schema": [
              "type": "object",
              "properties": ["spec": ["type": "object", "properties": ["size": ["type": "integer"]]]],
            ]
          ],
        ]
      ],
    ],
  ]

  private static func resumed(_ prepare: (TestCluster) throws -> Void) throws -> (Folder, TestCluster) {
    let folder = try Folder()
    var fleet: SimulatedFleet? = try folder.fleet()
    let cluster = try #require(try fleet?.test())
    try cluster.send(.post, "/api/v1/namespaces", namespaceJSON("n"))
    try prepare(cluster)
    try fleet?.save()
    fleet = nil
    return (folder, try folder.fleet().test())
  }

  @Test("serves its custom resources again")
  func definitions() throws {
    let (folder, cluster) = try Self.resumed { cluster in
      try cluster.send(
        .post, "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", Self.definition)
      cluster.advance(2)
    }
    let made = try cluster.send(
      .post, "/apis/example.com/v1/namespaces/n/gadgets",
      ["apiVersion": "example.com/v1", "kind": "Gadget", "metadata": ["name": "g"], "spec": ["size": 2]])
    #expect(made.status == 201)
    withExtendedLifetime(folder) {}
  }

  @Test("gives no address twice")
  func addresses() throws {
    let (folder, cluster) = try Self.resumed { try $0.rollOut(deployment(replicas: 3)) }
    try cluster.rollOut(deployment("more", replicas: 3))
    let addresses = cluster.cluster.view.objects(.pod, namespace: "n").compactMap {
      $0[path: "status", "podIP"]?.string
    }
    #expect(addresses.count == 6 && Set(addresses).count == 6)
    withExtendedLifetime(folder) {}
  }
}
