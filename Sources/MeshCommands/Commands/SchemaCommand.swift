import ArgumentParser
import MeshKit

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Write the JSON Schema of a topology's documents, for editors.",
    discussion: """
      Save it as topology.schema.json, and begin each file of the topology with the line \
      "# yaml-language-server: $schema=topology.schema.json".
      """)

  @OptionGroup var output: OutputOptions

  func run() {
    output.terminal.result(TopologySchema.json, TopologySchema.json.jsonText(isPretty: true))
  }
}
