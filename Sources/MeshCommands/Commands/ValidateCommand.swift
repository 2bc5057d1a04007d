import ArgumentParser
import MeshKit

struct ValidateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Read the topology of a commit and tell everything that is wrong with it.",
    discussion: """
      Warnings are about what is valid and somebody will regret, such as a gateway that shows users a certificate of \
      its own making. They go to standard error, and do not change the exit status unless you ask for it.
      """)

  @Flag(help: "End with status 1 when there are warnings.")
  var warningsAsErrors = false

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
          + counts.map { ($0.0, .int(Int64($0.1))) }
          + [("warnings", .array(mesh.warnings.map(\.json)))]))
    let terminal = options.output.terminal
    for warning in mesh.warnings { terminal.log(warning.description) }
    terminal.result(
      json,
      "\(topology.name) at commit \(mesh.commit.id.abbreviated) is valid: "
        + counts.map { "\($0.1) \($0.1 == 1 ? String($0.0.dropLast()) : $0.0)" }.joined(separator: ", ")
        + (mesh.warnings.isEmpty ? "" : "; \(mesh.warnings.counted)"))
    guard warningsAsErrors, !mesh.warnings.isEmpty else { return }
    terminal.failure("error: \(mesh.warnings.counted), which --warnings-as-errors does not let pass")
    throw ExitCode(Failure.badEnding)
  }
}
