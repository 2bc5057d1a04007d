import HTTPTypes
import KubeModel
import MeshSim
import Seams
import Testing

@Suite("A pod with scheduling gates")
struct SchedulingGateTests {
  @Test("says so from the start, and goes to a node when they are gone")
  func gates() throws {
    let cluster = try TestCluster()
    let made = try cluster.send(
      .post, pods,
      [
        "metadata": ["name": "p"],
        "spec": [
          "containers": [["name": "c", "image": "i:1"]], "schedulingGates": [["name": "example.com/wait"]],
        ],
      ])
    let condition = made.body[path: "status", "conditions"]?.array?.first
    #expect(condition?["type"] == "PodScheduled" && condition?["reason"] == "SchedulingGated")
    cluster.advance(5)
    #expect(try cluster.object(.pod, "p")[path: "spec", "nodeName"] == nil)
    try cluster.patch(pods + "/p", ["spec": ["schedulingGates": .null]])
    cluster.advance(5)
    let free = try cluster.object(.pod, "p")
    #expect(free[path: "spec", "nodeName"] != nil)
    let scheduled = (free[path: "status", "conditions"]?.array ?? []).filter { $0["type"] == "PodScheduled" }
    #expect(scheduled.map { $0["status"] } == ["True"])
  }
}
