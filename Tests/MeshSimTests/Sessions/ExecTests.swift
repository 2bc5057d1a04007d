import HTTPTypes
import KubeModel
import MeshSim
import Seams
import Testing

@Suite("Commands in a container")
struct ExecTests {
  @Test(
    "do what they do everywhere",
    arguments: [
      (["echo", "hi"], "hi\n", "", 0), (["sh", "-c", "echo out; echo err >&2; exit 3"], "out\n", "err\n", 3),
      (["sh", "-c", "A=1; echo \"$A-${B:-2}-$((A+2))\" '$A'"], "1-2-3 $A\n", "", 0),
      (["sh", "-c", "false && echo no || echo yes"], "yes\n", "", 0),
      (["sh", "-c", "printf 'b\\na\\n' | grep -c a; echo $?"], "1\n0\n", "", 0),
      (["sh", "-c", "for i in 1 2 3; do echo $i; done; echo end"], "1\n2\n3\nend\n", "", 0),
      (["sh", "-c", "cd /tmp && pwd && echo x > y && cat y && ls"], "/tmp\nx\ny\n", "", 0),
      (["sh", "-c", "test -f /tmp/none"], "", "", 1), (["hostname"], "p\n", "", 0),
      (["cat", "/nowhere"], "", "cat: /nowhere: No such file or directory\n", 1),
    ] as [([String], String, String, Int)])
  func commands(command: [String], output: String, errors: String, code: Int) async throws {
    let answer = try await SessionClient.exec(command, in: SessionClient.cluster())
    #expect(answer.output == output && answer.errors == errors && answer.exitCode == code)
  }

  @Test("say in containerd's words that a program is not there")
  func missing() async throws {
    let answer = try await SessionClient.exec(["nosuch"], in: SessionClient.cluster())
    let message = answer.status["message"]?.string ?? ""
    #expect(message.contains("exec: \"nosuch\": executable file not found in $PATH: unknown"))
    #expect(answer.status["reason"] == "InternalError")
  }

  @Test("read their input, and a shell its commands")
  func input() async throws {
    let cluster = try SessionClient.cluster()
    let echo = try await SessionClient.exec(["cat"], input: Array("a\nb".utf8), in: cluster)
    #expect(echo.output == "a\nb")
    let shell = try await SessionClient.exec(
      ["sh"], input: Array("cd /tmp\npwd\nexit 4\necho no\n".utf8), in: cluster)
    #expect(shell.output == "/tmp\n" && shell.exitCode == 4)
  }

  @Test("keep what they write until the pod goes, and archive it for `kubectl cp`")
  func files() async throws {
    let cluster = try SessionClient.cluster()
    _ = try await SessionClient.exec(["sh", "-c", "mkdir -p /data/in; echo hello > /data/in/f"], in: cluster)
    let archive = try cluster.cluster.executeBytes(["tar", "cf", "-", "/data"])
    #expect(archive.count % 512 == 0 && !archive.isEmpty)
    let there = try await SessionClient.exec(["tar", "xmf", "-", "-C", "/tmp"], input: archive, in: cluster)
    #expect(there.exitCode == 0)
    let copy = try await SessionClient.exec(["cat", "/tmp/data/in/f"], in: cluster)
    #expect(copy.output == "hello\n")
  }

  @Test("see their environment and the files of ConfigMaps")
  func surroundings() async throws {
    let cluster = try SessionClient.cluster([
      "env": [
        ["name": "A", "value": "1"], ["name": "B", "value": "$(A)2"],
        ["name": "P", "valueFrom": ["fieldRef": ["fieldPath": "metadata.name"]]],
      ], "volumeMounts": [["name": "settings", "mountPath": "/etc/settings"]],
    ])
    try cluster.send(.post, configMaps, configMap("settings", ["color": "red"]))
    let variables = try await SessionClient.exec(["sh", "-c", "echo $A $B $P"], in: cluster)
    #expect(variables.output == "1 12 p\n")
    let color = try await SessionClient.exec(["cat", "/etc/settings/color"], in: cluster)
    #expect(color.output == "red")
    let refused = try await SessionClient.exec(["sh", "-c", "echo x > /etc/settings/color"], in: cluster)
    #expect(refused.errors.contains("Read-only file system"))
  }

  @Test("that the container runs itself say the same, when they say it")
  func log() throws {
    let script = "i=0; while true; do echo \"$i: $NAME\"; i=$((i+1)); sleep 10; done"
    let cluster = try SessionClient.cluster([
      "image": "busybox", "command": ["sh", "-c", .string(script)],
      "env": [["name": "NAME", "value": "tick"]],
    ])
    cluster.advance(22)
    let log = try cluster.text("\(pods)/p/log")
    #expect(log == "0: tick\n1: tick\n2: tick\n")
  }

  @Test("that an init container runs leave their files to the others")
  func shared() throws {
    let cluster = try TestCluster()
    cluster.advance(20)
    let mounts: JSONValue = [["name": "e", "mountPath": "/e"]]
    try cluster.send(
      .post, pods,
      [
        "apiVersion": "v1", "kind": "Pod", "metadata": ["name": "p"],
        "spec": [
          "restartPolicy": "Never", "volumes": [["name": "e", "emptyDir": [:]]],
          "initContainers": [
            [
              "name": "i", "image": "busybox", "command": ["sh", "-c", "printf made > /e/x"],
              "volumeMounts": mounts,
            ]
          ],
          "containers": [
            [
              "name": "c", "image": "busybox", "command": ["sh", "-c", "cat /e/x; echo; echo end"],
              "volumeMounts": mounts,
            ]
          ],
        ],
      ])
    cluster.advance(60)
    #expect(try cluster.text("\(pods)/p/log") == "made\nend\n")
  }
}

extension SimulatedCluster {
  func executeBytes(_ command: [String]) throws -> [UInt8] {
    Array(execute(namespace: "n", pod: "p", container: "c", command).stdout.utf8)
  }
}
