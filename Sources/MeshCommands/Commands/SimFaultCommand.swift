import ArgumentParser
import Foundation
import MeshKit
import Seams

struct SimFault: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fault", abstract: "Let things go wrong in the embedded clusters.",
    discussion: """
      Faults are kept with the clusters: they hold in every command that opens these, by the clusters' own time, \
      until they are cleared.
      """,
    subcommands: [SimFaultAdd.self, SimFaultApply.self, SimFaultList.self, SimFaultClear.self])
}

/// Which embedded clusters are meant.
struct FaultOptions: ParsableArguments {
  @Option(help: "The folder in which the embedded clusters live.")
  var state = ".meshctl"

  @Option(name: .customLong("in"), help: "A cluster; all by default; may be repeated.")
  var clusters: [String] = []

  @OptionGroup var output: OutputOptions

  var faults: EmbeddedFaults {
    var faults = EmbeddedFaults(state: state)
    faults.clusters = clusters
    return faults
  }

  /// Writes faults as a table.
  func show(_ standings: [EmbeddedFaults.Standing], otherwise none: String) {
    output.terminal.result(.array(standings.map(\.json)), Self.table(standings) ?? none)
  }

  static func table(_ standings: [EmbeddedFaults.Standing]) -> String? {
    guard !standings.isEmpty else { return nil }
    var table = Table(["CLUSTER", "NAME", "PHASE", "UNTIL", "TIMES", "WHAT"])
    for fault in standings {
      table.add([
        fault.cluster, fault.name, fault.phase,
        fault.until?.rfc3339 ?? (fault.phase == "active" ? "cleared" : "-"),
        String(fault.occurrences), fault.words,
      ])
    }
    return table.text
  }
}

extension EmbeddedFaults.Standing {
  var json: JSONValue {
    [
      "cluster": .string(cluster), "name": .string(name), "phase": .string(phase),
      "until": until.map { .string($0.rfc3339) } ?? .null, "occurrences": .int(Int64(occurrences)),
      "what": .string(words), "isInTopology": .bool(isDeclared),
    ]
  }
}

struct SimFaultApply: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply", abstract: "Declare the faults of a file with documents of kind FaultPlan.",
    discussion: "A plan takes the place of an earlier one of its name.")

  @Argument(help: "The file; - for standard input.")
  var file: String

  @OptionGroup var options: FaultOptions

  func run() async throws {
    let plans = try TopologyReader().faultPlans(in: TopologyFile(path: file, bytes: read()))
    let names = plans.map { $0.name + "." }
    let standings = try options.faults.apply(plans)
    options.show(
      standings.filter { fault in names.contains { fault.name.hasPrefix($0) } },
      otherwise: "the plan has nothing for these clusters")
  }

  private func read() throws -> [UInt8] {
    if file == "-" { return [UInt8](try FileHandle.standardInput.readToEnd() ?? Data()) }
    do {
      return [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
    } catch {
      throw ProcedureError(
        .invalidInput, "the file cannot be read", place: file, remedy: "name a file with a FaultPlan")
    }
  }
}

struct SimFaultList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Show the faults of the embedded clusters.")

  @OptionGroup var options: FaultOptions

  func run() async throws { options.show(try options.faults.list(), otherwise: "no faults") }
}

struct SimFaultClear: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clear", abstract: "Take faults away, with what they do.")

  @Argument(help: "The name of a fault or a plan; all faults by default.")
  var name: String?

  @OptionGroup var options: FaultOptions

  func run() async throws {
    let gone = try options.faults.clear(name)
    options.output.terminal.result(
      ["cleared": .array(gone.map { .string("\($0.cluster)/\($0.name)") })],
      gone.isEmpty
        ? "there were no faults to clear"
        : "cleared " + gone.map { "\($0.name) in \($0.cluster)" }.joined(separator: ", "))
  }
}
