import ArgumentParser
import MeshKit

struct ConvertCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Write the whole topology as one file of YAML, or as Swift for internal tools.",
    discussion: """
      Both say the same: the Swift form, compiled, is equal to what the YAML is read as. Comments are not kept, \
      and defaults are written out where they differ from meshctl's own. With --environment, it is the topology \
      as that environment has it.
      """)

  enum Form: String, ExpressibleByArgument, CaseIterable {
    case yaml
    case swift
  }

  @Option(help: "The form: yaml or swift.")
  var to = Form.yaml

  @OptionGroup var options: Options

  func run() async throws {
    let mesh = try await options.open()
    // With an environment named, what it lays over the rest has become part of it.
    let topology = options.environment == nil ? mesh.declared : mesh.topology.with { $0.overlays = [] }
    let text = to == .yaml ? topology.yamlText() : topology.swiftText()
    options.output.terminal.result(["form": .string(to.rawValue), "text": .string(text)], text)
  }
}
