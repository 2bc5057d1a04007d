import KubeModel
import Seams

/// A client's session with a container: a program that is run in it, or what its own program prints.
struct ContainerSession: Sendable {
  enum Purpose: Sendable {
    case exec([String])
    case attach
  }

  /// What a client that asks for a session gets.
  enum Admission: Sendable {
    case accepted(ContainerSession)
    case refused(Answer)
  }

  static let protocols = ["v5.channel.k8s.io", "v4.channel.k8s.io"]

  let pod: ObjectKey
  let container: String
  let purpose: Purpose
  let readsInput: Bool

  /// Serves the session to its end.
  func run(over connection: MessageConnection, in cluster: SimulatedCluster) async {
    let channels = SessionChannels(connection)
    do {
      switch purpose {
      case .exec(let command) where isShell(command) && readsInput:
        try await converse(channels, in: cluster)
      case .exec(let command):
        let result = cluster.execute(command, pod: pod, container: container)
        try await channels.write(result.stdout, to: .output)
        try await channels.write(result.stderr, to: .errors)
        try await channels.finish(exitCode: result.exitCode)
      case .attach:
        try await channels.write(cluster.logText(of: pod, container: container), to: .output)
        try await channels.finish(exitCode: 0)
      }
    } catch {
      // The client has gone; nobody is left to tell.
    }
    connection.close()
  }

  /// A shell reads its commands from its input, line by line.
  private func converse(_ channels: SessionChannels, in cluster: SimulatedCluster) async throws {
    var last = 0
    for await line in channels.inputLines() {
      let words = line.split(separator: " ")
      if words.first == "exit" {
        last = words.dropFirst().first.flatMap { Int($0) } ?? last
        break
      }
      guard !words.isEmpty else { continue }
      let result = cluster.execute(["sh", "-c", line], pod: pod, container: container)
      try await channels.write(result.stdout, to: .output)
      try await channels.write(result.stderr, to: .errors)
      last = result.exitCode
    }
    try await channels.finish(exitCode: last)
  }

  private func isShell(_ command: [String]) -> Bool {
    guard let program = command.first?.split(separator: "/").last else { return false }
    return ["sh", "bash", "ash"].contains(program) && !command.contains("-c")
  }
}
