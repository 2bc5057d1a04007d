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
    for name in clusters where !SimServe.isName(name) {
      throw ValidationError(
        "--cluster \(name): a name has small letters, digits and -, and begins and ends with a letter or digit"
      )
    }
  }

  func run() async throws {
    let file = kubeconfig ?? state + "/kubeconfig"
    var server = EmbeddedServer(state: state, kubeconfig: file)
    server.port = port
    server.clusters = clusters
    server.speed = speed
    server.address = address
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

  private static func isName(_ name: String) -> Bool {
    func isPlain(_ byte: UInt8) -> Bool { (97...122).contains(byte) || (48...57).contains(byte) }
    guard let first = name.utf8.first, let last = name.utf8.last, name.utf8.count <= 63 else { return false }
    return isPlain(first) && isPlain(last) && name.utf8.allSatisfy { isPlain($0) || $0 == 45 }
  }
}
