import ArgumentParser
import MeshKit

struct SyncCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync", abstract: "Bring the clusters to what a commit declares.",
    discussion: """
      Objects are applied in order, by server-side apply, and nothing is deleted. A new release of a workload \
      with a rollout policy is held back: meshctl rollout brings it into service.
      """)

  @Option(help: "Only this cluster; all by default.")
  var cluster: String?

  @Flag(help: "Show what would be done; change nothing.")
  var plan = false

  @Flag(help: "Run on a copy of the clusters; change nothing.")
  var rehearse = false

  @OptionGroup var options: Options

  func run() async throws {
    let terminal = options.output.terminal
    let mesh = try await options.open()
    terminal.mention(mesh.warnings)
    terminal.log(
      "sync of \(mesh.topology.name) at commit \(mesh.commit.id.abbreviated): \(mesh.commit.summary)")
    let reports = try await mesh.sync(
      cluster: cluster, isRehearsal: plan || rehearse, events: Progress(terminal).sink)
    let json = JSONValue.array(
      reports.map { report in
        var json = report.json
        json["commit"] = .string(mesh.commit.id.description)
        json["clusterKind"] = .string(kind(of: report.cluster, mesh))
        json["changesNothing"] = .bool(plan || rehearse)
        return json
      })
    terminal.result(json, text(reports, mesh))
    if reports.contains(where: { !$0.notReady.isEmpty }) { throw ExitCode(Failure.badEnding) }
  }

  private func text(_ reports: [SyncReport], _ mesh: Mesh) -> String {
    var lines: [String] = []
    for report in reports {
      let actions: [SyncReport.Action] = [.created, .changed, .unchanged, .held]
      let counts = actions.map { "\(report.count($0)) \($0.rawValue)" }.joined(separator: ", ")
      lines.append("\(report.cluster) (\(kind(of: report.cluster, mesh))): \(counts)")
      let held = report.items.filter { $0.action == .held }.map(\.object)
      for object in held {
        // Routes are held back only while a rollout is open; a new release alone waits for one.
        let isOpen = held.contains { $0.name == object.name && $0.kind == "VirtualService" }
        lines.append(
          "  held: \(object); "
            + (isOpen
              ? "a rollout is open, see meshctl rollout status \(object.name)"
              : "bring it into service with meshctl rollout \(object.name)"))
      }
      for late in report.notReady { lines.append("  not ready: \(late)") }
    }
    if plan || rehearse { lines.append("nothing was changed") }
    return lines.joined(separator: "\n")
  }

  private func kind(of cluster: String, _ mesh: Mesh) -> String {
    mesh.environment.access(to: cluster)?.kind ?? "undeclared"
  }
}
