import HTTPTypes
import KubeModel
import MeshSim
import Seams
import Synchronization
import Testing

/// A client that has opened a session with a pod of the namespace `n`.
enum SessionClient {
  /// What came back by channel, and the status at the end.
  struct Answer {
    var output = ""
    var errors = ""
    var status: JSONValue = .null

    var exitCode: Int? {
      if status["status"] == "Success" { return 0 }
      return status[path: "details", "causes"]?.array?.first?["message"]?.string.flatMap { Int($0) }
    }
  }

  /// A cluster in which the pod `p` runs.
  static func cluster(_ pod: JSONValue = [:]) throws -> TestCluster {
    let cluster = try TestCluster()
    cluster.advance(20)
    var container: JSONValue = ["name": "c", "image": "nginx", "ports": [["containerPort": 80]]]
    for member in pod.object?.members ?? [] { container[member.key] = member.value }
    try cluster.send(
      .post, pods,
      [
        "apiVersion": "v1", "kind": "Pod", "metadata": ["name": "p"],
        "spec": [
          "restartPolicy": "Never", "containers": [container],
          "volumes": [["name": "settings", "configMap": ["name": "settings", "optional": true]]],
        ],
      ])
    try cluster.wait { $0.object(.pod, namespace: "n", name: "p")?[path: "status", "phase"] == "Running" }
    return cluster
  }

  static func open(_ path: String, _ protocols: String, in cluster: TestCluster) async throws -> Opening {
    var head = HTTPRequest(method: .get, scheme: nil, authority: nil, path: "\(pods)/p/\(path)")
    head.headerFields[.secWebSocketProtocol] = protocols
    return try await cluster.cluster.transport(latency: .zero ... .zero).open(TransportRequest(head: head))
  }

  static func connection(_ path: String, _ protocols: String, in cluster: TestCluster) async throws
    -> MessageConnection?
  {
    guard case .opened(let connection) = try await open(path, protocols, in: cluster) else { return nil }
    return connection
  }

  /// Runs a command with all its input.
  static func exec(_ command: [String], input: [UInt8]? = nil, in cluster: TestCluster) async throws -> Answer
  {
    let words = command.map { "command=\(PercentEncoding.encoded($0))" }.joined(separator: "&")
    let query = "\(words)&stdout=true&stderr=true\(input == nil ? "" : "&stdin=true")"
    guard case .opened(let connection) = try await open("exec?\(query)", "v5.channel.k8s.io", in: cluster)
    else { return Answer() }
    if let input {
      if !input.isEmpty { try await connection.send([0] + input) }
      try await connection.send([255, 0])
    }
    var answer = Answer()
    for await message in connection.incoming {
      let text = String(decoding: message.dropFirst(), as: UTF8.self)
      switch message.first {
      case 1: answer.output += text
      case 2: answer.errors += text
      case 3: answer.status = try JSONValue(json: text)
      default: break
      }
    }
    return answer
  }

  /// What a connection's output says until it ends, while the cluster's time goes on.
  static func output(of connection: MessageConnection, in cluster: TestCluster) async -> String {
    let isOver = Mutex(false)
    async let text = {
      var text = ""
      for await message in connection.incoming where message.first == 1 {
        text += String(decoding: message.dropFirst(), as: UTF8.self)
      }
      isOver.withLock { $0 = true }
      return text
    }()
    while !isOver.withLock({ $0 }) {
      cluster.advance(0.1)
      await Task.yield()
    }
    return await text
  }
}
