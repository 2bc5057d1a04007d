import ArgumentParser
import MeshKit

struct GraphCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph", abstract: "Draw the topology, or tell how much its clusters can carry.",
    discussion: """
      The drawing goes to standard output: meshctl graph > shop.svg. Mermaid is for Markdown pages, DOT for \
      Graphviz. With --capacity, a table tells for each cluster what there is of nodes, pods, cores, memory and \
      Services, what is asked for at rest and at most, and what runs out first.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case svg
    case mermaid
    case dot
  }

  @Option(help: "How to draw: svg, mermaid or dot.")
  var format = Format.svg

  @Flag(help: "A table of what the clusters can carry instead of a drawing.")
  var capacity = false

  @OptionGroup var options: Options

  func run() async throws {
    let mesh = try await options.open()
    if capacity { return tell(mesh.capacity()) }
    let graph = mesh.graph()
    let text =
      switch format {
      case .svg: graph.svg()
      case .mermaid: graph.mermaid()
      case .dot: graph.dot()
      }
    options.output.terminal.result(["format": .string(format.rawValue), "text": .string(text)], text)
  }

  private func tell(_ capacity: Capacity) {
    var table = Table(Capacity.columns)
    for row in capacity.rows { table.add(row) }
    options.output.terminal.result(
      capacity.json, ([table.text] + capacity.remarks.map { "\n" + $0 }).joined(separator: "\n"))
  }
}
