import ArgumentParser
import MeshKit

struct SimServe: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Offer embedded clusters on a port, to kubectl and other clients.",
    discussion: """
      Writes a kubeconfig with a context for each cluster, prints one line when the clusters can be reached, and \
      serves until it is stopped by SIGTERM or Ctrl-C; then everything is saved. Time in the clusters follows the \
      clock.
      """)

  @Option(help: "The folder in which the clusters live.")
  var state = ".meshctl"

  @Option(help: "The port; 0 for any free one.")
  var port = 0

  @Option(help: "The file to write the kubeconfig to; kubeconfig in the state folder by default.")
  var kubeconfig: String?

  @Option(name: .customLong("cluster"), help: "A cluster to serve, made if it is missing; may be repeated.")
  var clusters: [String] = []

  @Option(
    name: .customLong("user"),
    help: ArgumentHelp(
      "A user besides the administrator, with a context USER@CLUSTER; may be repeated.",
      discussion: "What the user may do is for Roles and their bindings to say.", valueName: "name[:group,…]")
  )
  var users: [String] = []

  @Option(help: "Seconds that pass in the clusters for each second of the clock.")
  var speed = 1.0

  @Option(help: "An address that other machines reach, such as 0.0.0.0; this machine only by default.")
  var address: String?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port is a number from 0 to 65535") }
    guard speed > 0, speed <= 1_000_000 else {
      throw ValidationError("--speed is a number above 0, at most 1000000")
    }
    for name in clusters { try ClusterName.check(name, "--cluster") }
    for user in users.map(SimServe.user) where user.name.isEmpty || user.name == "kubernetes-admin" {
      throw ValidationError("--user: a user has a name, and kubernetes-admin is there anyway")
    }
  }

  /// `NAME`, or `NAME:GROUP,GROUP`. A name may have colons of its own only when it is one of Kubernetes'.
  private static func user(_ text: String) -> EmbeddedServer.User {
    guard !text.hasPrefix("system:"), let colon = text.firstIndex(of: ":") else { return .init(name: text) }
    return .init(
      name: String(text[..<colon]),
      groups: text[colon...].dropFirst().split(separator: ",").map(String.init))
  }

  func run() async throws {
    let file = kubeconfig ?? state + "/kubeconfig"
    var server = EmbeddedServer(state: state, kubeconfig: file)
    server.port = port
    server.clusters = clusters
    server.speed = speed
    server.address = address
    server.users = users.map(SimServe.user)
    let terminal = output.terminal
    try await server.run { ready in
      terminal.result(
        [
          "server": .string(ready.server), "kubeconfig": .string(file),
          "clusters": .array(ready.clusters.map { .string($0) }),
        ],
        "serving \(ready.clusters.joined(separator: ", ")) (embedded) at \(ready.server); "
          + "kubectl --kubeconfig \(file) get nodes")
    }
    terminal.log("stopped; everything is saved")
  }
}
