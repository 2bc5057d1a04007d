import ArgumentParser
import MeshKit

struct ConvertCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Write the whole topology as one file of YAML, or as Swift for internal tools.",
    discussion: """
      Both say the same: the Swift form, compiled, is equal to what the YAML is read as. Comments are not kept, \
      and defaults are written out where they differ from meshctl's own.
      """)

  enum Form: String, ExpressibleByArgument, CaseIterable {
    case yaml
    case swift
  }

  @Option(help: "The form: yaml or swift.")
  var to = Form.yaml

  @OptionGroup var options: Options

  func run() async throws {
    let topology = try await Mesh.open(options.location).declared
    let text = to == .yaml ? topology.yamlText() : topology.swiftText()
    options.output.terminal.result(["form": .string(to.rawValue), "text": .string(text)], text)
  }
}
