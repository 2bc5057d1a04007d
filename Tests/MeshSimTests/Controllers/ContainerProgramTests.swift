import KubeModel
import Seams
import Testing

@testable import MeshSim

@Suite("What the command of a container does")
struct ContainerProgramTests {
  @Test(
    "tells how long it runs and how it ends",
    arguments: [
      (["true"], 0.0, 0), (["false"], 0, 1), (["sleep", "30"], 30, 0), (["/bin/sleep", "2m"], 120, 0),
      (["sh", "-c", "echo hi; exit 3"], 0, 3), (["sh", "-c", "sleep 5 && exit 42"], 5, 42),
      (["/bin/sh", "-ec", "sleep 1\nsleep 2"], 3, 0),
    ] as [([String], Double, Int64)])
  func ends(words: [String], seconds: Double, code: Int64) {
    let program = ContainerProgram(container: ["command": .array(words.map(JSONValue.string))], isTask: false)
    #expect(program.runTime?.inSeconds == seconds && program.exitCode == code)
  }

  @Test(
    "or that it serves until it is stopped",
    arguments: [
      ["nginx"], ["sh", "-c", "while true; do sleep 1; done"], ["sleep", "infinity"],
      ["tail", "-f", "/dev/null"],
    ])
  func serves(words: [String]) {
    #expect(
      ContainerProgram(container: ["command": .array(words.map(JSONValue.string))], isTask: false).runTime
        == nil)
  }

  @Test("a task ends even when nothing is known of its program")
  func tasks() {
    #expect(ContainerProgram(container: ["image": "backup:1"], isTask: true).runTime != nil)
    #expect(ContainerProgram(container: ["image": "web:1"], isTask: false).runTime == nil)
  }
}
