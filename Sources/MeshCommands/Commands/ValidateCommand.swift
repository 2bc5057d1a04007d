import ArgumentParser
import MeshKit

struct ValidateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Read the topology of a commit and tell everything that is wrong with it.")

  @OptionGroup var options: Options

  func run() async throws {
    let mesh = try await options.open()
    let topology = mesh.topology
    let workloads = mesh.workloads()
    let counts = [
      ("regions", topology.regions.count), ("clusters", topology.clusters.count),
      ("namespaces", topology.namespaces.count), ("workloads", workloads.count),
      ("calls", workloads.reduce(0) { $0 + $1.calls.count }),
    ]
    let json: JSONValue = .object(
      JSONObject(
        [("name", .string(topology.name)), ("commit", .string(mesh.commit.id.description))]
          + counts.map { ($0.0, .int(Int64($0.1))) }))
    options.output.terminal.result(
      json,
      "\(topology.name) at commit \(mesh.commit.id.abbreviated) is valid: "
        + counts.map { "\($0.1) \($0.1 == 1 ? String($0.0.dropLast()) : $0.0)" }.joined(separator: ", "))
  }
}
