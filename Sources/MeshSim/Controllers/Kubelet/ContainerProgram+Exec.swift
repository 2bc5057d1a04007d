import KubeModel
import Seams

/// Commands run in containers (`kubectl exec`): a handful of words that scripts ask, nothing more.
extension ContainerProgram {
  private struct Result {
    var output = ""
    var errors = ""
    var exitCode: Int64 = 0
  }

  /// What a command says that is run in a container.
  static func exec(
    _ command: [String], pod: KubeObject, container: String, in state: ClusterState
  ) -> (stdout: String, stderr: String, exitCode: Int) {
    let result = run(command, pod: pod, container: container, now: state.now)
    return (result.output, result.errors, Int(result.exitCode))
  }

  private static func run(_ command: [String], pod: KubeObject, container: String, now: Timestamp) -> Result {
    guard let name = command.first?.split(separator: "/").last else { return Result() }
    let program = ContainerProgram(
      container: ["command": .array(command.map(JSONValue.string))], isTask: true)
    switch name {
    case "env", "printenv":
      let specs = pod[path: "spec", "containers"]?.array ?? []
      let variables = specs.first { $0["name"]?.string == container }?["env"]?.array ?? []
      let own = variables.compactMap { variable -> String? in
        guard let value = variable["value"]?.string else { return nil }
        return "\(variable["name"]?.string ?? "")=\(value)"
      }
      return Result(output: (["HOSTNAME=\(hostname(pod))"] + own).map { $0 + "\n" }.joined())
    case "hostname": return Result(output: hostname(pod) + "\n")
    case "date": return Result(output: now.rfc3339 + "\n")
    case "true", "false", "sleep", "echo", "sh", "bash", "ash":
      let lines = ContainerCommand.output(command).map { $0 + "\n" }.joined()
      return Result(output: lines, exitCode: program.exitCode)
    case "id": return Result(output: "uid=0(root) gid=0(root) groups=0(root)\n")
    case "ls", "pwd", "cat", "uname", "touch", "mkdir", "test": return Result()
    default:
      return Result(
        errors:
          "exec failed: unable to start container process: exec: \"\(command[0])\": executable file not found in $PATH",
        exitCode: 127)
    }
  }

  private static func hostname(_ pod: KubeObject) -> String {
    pod[path: "spec", "hostname"]?.string ?? pod.name
  }
}
