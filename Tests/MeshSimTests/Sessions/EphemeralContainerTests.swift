import KubeModel
import Seams
import Testing

@testable import MeshSim

@Suite("Containers that are added to look into a pod")
struct EphemeralContainerTests {
  @Test("run beside the others, end by themselves and change nothing about the pod")
  func ephemeral() throws {
    let cluster = try SessionClient.cluster()
    let key = ObjectKey(namespace: "n", name: "p")
    cluster.cluster.withState { state in
      guard var pod = state.store.get(.pod, key) else { return }
      pod.set(
        "spec", "ephemeralContainers",
        to: [
          ["name": "debugger", "image": "busybox", "command": ["sh", "-c", "echo look; sleep 5; exit 2"]]
        ])
      state.revise(pod, kind: .pod, manager: "tests", subresource: "ephemeralcontainers")
    }
    func status() throws -> JSONValue? {
      try cluster.object(.pod, "p")[path: "status", "ephemeralContainerStatuses"]?.array?.first
    }
    cluster.advance(5)
    #expect(try status()?[path: "state", "running"] != nil && status()?["ready"] == false)
    #expect(try cluster.text("\(pods)/p/log?container=debugger") == "look\n")
    cluster.advance(10)
    #expect(try status()?[path: "state", "terminated", "exitCode"] == 2)
    #expect(try cluster.object(.pod, "p").isReadyPod)
  }
}
