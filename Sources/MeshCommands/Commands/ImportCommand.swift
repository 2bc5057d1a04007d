import ArgumentParser
import MeshKit

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Make a topology from manifests that exist.",
    discussion: """
      Every YAML and JSON file under the folder is read. What the topology can say becomes documents of it, other \
      objects are kept as they are, and what fits nowhere is listed with its place and the reason, as are guesses \
      and contradictions between the manifests. Folders that hold the same objects are taken for one cluster each. \
      What Secrets hold is neither kept nor shown. Nothing that exists is overwritten. A file that cannot be read \
      ends the import before anything is written.
      """)

  @Argument(help: "The folder with the manifests.")
  var folder: String

  @Option(help: "The folder to write the topology to.")
  var to = "topology"

  @Option(help: "The system's name; the folder's by default.")
  var name: String?

  @Flag(help: "Go on without files that cannot be read, and list them.")
  var skipUnreadable = false

  @OptionGroup var output: OutputOptions

  func run() throws {
    let source = try ManifestFolder(path: folder)
    let result = try source.topology(name: name, skippingUnreadable: skipUnreadable)
    try OutputFolder(path: to).add(result.files.map { RenderedFile(path: $0.path, text: $0.text) })
    output.terminal.result(
      result.json,
      result.text + "\nwritten to \(to)\nnext: commit it, then meshctl validate\n")
  }
}
