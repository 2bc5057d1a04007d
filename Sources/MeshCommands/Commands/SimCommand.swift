import ArgumentParser
import MeshKit
import Seams

struct SimCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sim", abstract: "Look after the embedded clusters.",
    subcommands: [
      SimServe.self, SimUp.self, SimImport.self, SimExport.self, SimAdvance.self, SimFault.self,
      SimTraffic.self, SimReset.self,
    ])
}

struct SimAdvance: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "advance", abstract: "Let virtual time pass in the embedded clusters.")

  @Argument(help: "How long, in seconds or with a unit: 90, 90s, 5m, 1h.")
  var duration: String

  @OptionGroup var options: Options

  func run() async throws {
    guard let duration = SimAdvance.seconds(duration) else {
      throw ProcedureError(
        .invalidInput, "\"\(duration)\" is not a duration of at most 30 days", place: "sim advance",
        remedy: "write it like 90s, 5m or 1h")
    }
    let time = Duration.seconds(duration)
    // Clusters that are served are moved by who serves them, and need no topology.
    let served = try EmbeddedState.advanceServed(options.state, by: time)
    let now: Timestamp
    if let served {
      now = served
    } else {
      now = try await options.open().advanceTime(by: time)
    }
    options.output.terminal.result(
      ["time": .string(now.rfc3339)], "it is \(now.rfc3339) in the embedded clusters")
  }

  static func seconds(_ text: String) -> Int64? {
    let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3_600]
    let factor = text.last.flatMap { units[$0] }
    guard let number = Int64(factor == nil ? text : String(text.dropLast())), number > 0,
      number <= 30 * 86_400
    else { return nil }
    let seconds = number * (factor ?? 1)
    return seconds <= 30 * 86_400 ? seconds : nil
  }
}

struct SimReset: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reset", abstract: "Remove the embedded clusters with all they hold.")

  @Option(help: "The folder in which they live.")
  var state = ".meshctl"

  @OptionGroup var output: OutputOptions

  func run() async throws {
    let removed = try EmbeddedState.reset(state)
    output.terminal.result(
      ["removed": .array(removed.map { .string($0) })],
      removed.isEmpty
        ? "there were no embedded clusters in \(state)" : "removed \(removed.joined(separator: ", "))")
  }
}
