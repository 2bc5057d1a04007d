import HTTPTypes
import KubeModel
import MeshSim
import Seams
import Testing

@Suite("Storage that is in use")
struct StorageProtectionTests {
  private static let claims = "/api/v1/namespaces/n/persistentvolumeclaims"

  @Test("is held by a finalizer from the start, and a claim stays until its last pod is gone")
  func isHeld() throws {
    let cluster = try TestCluster()
    let claim = try cluster.send(
      .post, Self.claims,
      [
        "metadata": ["name": "data"],
        "spec": [
          "accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": "1Gi"]],
          "storageClassName": "standard",
        ],
      ])
    #expect(claim.object.fields["metadata"]?["finalizers"] == ["kubernetes.io/pvc-protection"])
    try cluster.send(
      .post, pods,
      [
        "metadata": ["name": "user"],
        "spec": [
          "containers": [["name": "c", "image": "i:1"]],
          "volumes": [["name": "v", "persistentVolumeClaim": ["claimName": "data"]]],
        ],
      ])
    cluster.advance(30)
    try cluster.send(.delete, Self.claims + "/data")
    cluster.advance(30)
    let waiting = try cluster.send(.get, Self.claims + "/data")
    #expect(waiting.object.fields["metadata"]?["deletionTimestamp"] != nil)
    try cluster.send(.delete, pods + "/user")
    cluster.advance(60)
    #expect(try cluster.send(.get, Self.claims + "/data").status == 404)
  }
}
