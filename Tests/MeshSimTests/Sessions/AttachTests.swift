import KubeModel
import MeshSim
import Seams
import Testing

@Suite("Attaching to a container")
struct AttachTests {
  private static func attach(_ query: String, in cluster: TestCluster) async throws -> MessageConnection {
    let opening = try await SessionClient.open("attach?\(query)", "v5.channel.k8s.io", in: cluster)
    guard case .opened(let connection) = opening else {
      throw TestCluster.Missing(description: "refused: \(opening)")
    }
    return connection
  }

  @Test("a shell that waits for its input runs what it is told, and its end is the container's")
  func shell() async throws {
    let cluster = try SessionClient.cluster(["image": "busybox", "args": ["sh"], "stdin": true])
    let connection = try await Self.attach("stdin=true&stdout=true", in: cluster)
    try await connection.send([0] + Array("echo hi\nexit 3\n".utf8))
    #expect(await SessionClient.output(of: connection, in: cluster) == "hi\n")
    cluster.advance(2)
    let state = try cluster.object(.pod, "p")[path: "status", "containerStatuses"]?.array?.first?["state"]
    #expect(state?[path: "terminated", "exitCode"] == 3)
  }

  @Test("shows what a program prints until it ends")
  func follow() async throws {
    let cluster = try SessionClient.cluster([
      "image": "busybox", "command": ["sh", "-c", "echo one; sleep 5; echo two"],
    ])
    let connection = try await Self.attach("stdout=true", in: cluster)
    #expect(await SessionClient.output(of: connection, in: cluster) == "one\ntwo\n")
  }
}
