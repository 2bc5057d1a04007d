import ArgumentParser
import MeshKit

struct RenderCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render", abstract: "Write the Kubernetes objects that a cluster is to have.",
    discussion: """
      To standard output, the objects of one cluster in the order of applying. With --to, a folder for each \
      cluster with a file an object, a kustomization that lists them, and files for other tools such as \
      istioctl; networks and clusters themselves are in the folder infrastructure, as objects of Config Connector.
      """)

  @Option(help: "The cluster; the primary one by default, or all of them with --to.")
  var cluster: String?

  @Flag(help: "The networks, clusters and node pools instead, as objects of Config Connector.")
  var infrastructure = false

  @Option(help: "The folder to write to; one that an earlier command wrote is replaced.")
  var to: String?

  @OptionGroup var options: Options

  func run() async throws {
    let mesh = try await options.open()
    options.output.terminal.mention(mesh.warnings)
    if let to { return try write(mesh, to: to) }
    let rendered = infrastructure ? mesh.infrastructure() : mesh.objects(for: try mesh.cluster(cluster))
    let objects = rendered.map(\.object.json)
    options.output.terminal.result(.array(objects), objects.map { $0.yamlText() }.joined(separator: "---\n"))
  }

  private func write(_ mesh: Mesh, to folder: String) throws {
    let clusters = try cluster.map { [try mesh.cluster($0)] } ?? mesh.clusters
    var folders = infrastructure ? [] : clusters.map { ($0.name, mesh.folder(for: $0)) }
    if infrastructure || cluster == nil { folders.append(("infrastructure", mesh.infrastructureFolder())) }
    let files = folders.flatMap { name, files in
      files.map { RenderedFile(path: "\(name)/\($0.path)", text: $0.text) }
    }
    try OutputFolder(path: folder).replace(with: files)
    let paths = files.map(\.path).sorted()
    options.output.terminal.result(
      ["folder": .string(folder), "files": .array(paths.map(JSONValue.string))],
      "\(paths.count) files in \(folder): "
        + folders.map { "\($0.0) (\($0.1.count))" }.joined(separator: ", "))
  }
}
