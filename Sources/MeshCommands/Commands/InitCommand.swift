import ArgumentParser
import MeshKit

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a small topology with comments, to start from.",
    discussion: """
      The system it declares runs on embedded clusters at once: commit it, then try meshctl sync and meshctl \
      rollout web --canary 20. Nothing that exists is overwritten.
      """)

  @Argument(help: "The folder to write to; this one by default.")
  var folder = "."

  @Option(help: "The system's name.")
  var name = "shop"

  @OptionGroup var output: OutputOptions

  func run() throws {
    let files = try Starter(name: name).files()
    try OutputFolder(path: folder).add(files)
    let paths = files.map(\.path)
    output.terminal.result(
      ["folder": .string(folder), "files": .array(paths.map(JSONValue.string))],
      """
      \(paths.joined(separator: ", ")) in \(folder)
      next: git add, git commit, then
        meshctl validate
        meshctl graph > \(name).svg
        meshctl sync
      """)
  }
}
