import ArgumentParser
import MeshKit

struct RenderCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render", abstract: "Write the Kubernetes objects that a cluster is to have.")

  @Option(help: "The cluster; the primary one by default.")
  var cluster: String?

  @OptionGroup var options: Options

  func run() async throws {
    let mesh = try await Mesh.open(options.location)
    let objects = mesh.objects(for: try mesh.cluster(cluster)).map(\.object.json)
    options.output.terminal.result(.array(objects), objects.map { $0.yamlText() }.joined(separator: "---\n"))
  }
}
