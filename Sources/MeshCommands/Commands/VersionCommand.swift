import ArgumentParser
import MeshKit

struct VersionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "version", abstract: "Write the version.")

  @OptionGroup var output: OutputOptions

  func run() async throws {
    output.terminal.result(["version": .string(Version.text)], "meshctl \(Version.text)")
  }
}
