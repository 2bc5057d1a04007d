import ArgumentParser
import MeshKit

struct RolloutCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rollout", abstract: "Bring a new release into service behind a canary.",
    usage: """
      meshctl rollout NAME [--canary 20] [--steps 5,20,50] [--image IMAGE] [--hold] [--plan] [--resume]
      meshctl rollout status|promote|abort|history NAME
      """,
    subcommands: [
      RolloutStart.self, RolloutStatus.self, RolloutPromote.self, RolloutAbort.self, RolloutHistory.self,
    ],
    defaultSubcommand: RolloutStart.self)
}

/// What the commands on a rollout share.
struct RolloutTarget: ParsableArguments {
  @Argument(help: "The workload: NAME, or NAMESPACE/NAME.")
  var name: String

  @Option(help: "The cluster; the primary one by default.")
  var cluster: String?

  @OptionGroup var options: Options

  var terminal: Terminal { options.output.terminal }

  /// A command on the same workload, to be typed next.
  func command(_ words: String...) -> String {
    let place = (cluster.map { ["--cluster", $0.asShellWord] } ?? []) + options.again
    return (["meshctl", "rollout"] + words + place).joined(separator: " ")
  }

  var resumeCommand: String { command(name.asShellWord, "--resume") }

  func describe(_ mesh: Mesh) throws -> String {
    let cluster = try mesh.cluster(cluster)
    return "\(mesh.kind(of: cluster)) cluster \(cluster.name)"
  }

  /// Writes how a rollout ended, and gives its exit status.
  ///
  /// - Parameter wanted: the outcome that was asked for; the other one is a bad ending.
  func finish(
    _ report: RolloutReport, _ mesh: Mesh, isRehearsal: Bool = false,
    wanted: RolloutCheckpoint.Outcome = .promoted
  ) throws {
    let place = try describe(mesh)
    var json = report.json
    json["cluster"] = .string(try mesh.cluster(cluster).name)
    json["clusterKind"] = .string(mesh.kind(of: try mesh.cluster(cluster)))
    if isRehearsal { json["isRehearsal"] = true }
    terminal.result(
      json,
      RolloutText.report(
        report.checkpoint, outcome: RolloutText.words(report.outcome) + (isRehearsal ? " (rehearsed)" : ""),
        cluster: place))
    if isRehearsal { terminal.log("this was a rehearsal; nothing was changed") }
    switch report.ending {
    case .ended(wanted): return
    case .ended(.promoted):
      terminal.failure("too late to abort: the new release was stable already")
      throw ExitCode(Failure.badEnding)
    case .ended(.rolledBack):
      terminal.failure("rolled back: \(report.checkpoint.reason)")
      throw ExitCode(Failure.badEnding)
    case .needsPerson(let reason):
      terminal.log("waiting: \(reason)")
      if !isRehearsal { tellNext(isHolding: report.checkpoint.phase == .holding) }
      throw ExitCode(Failure.needsPerson)
    }
  }

  /// Tells what a person may type while a rollout is open.
  func tellNext(isHolding: Bool) {
    let word = name.asShellWord
    terminal.log("next: " + (isHolding ? command("promote", word) : resumeCommand))
    terminal.log("  or: " + (isHolding ? command("abort", word) : command("abort", word, "[--force]")))
  }
}

struct RolloutStart: AsyncParsableCommand, Resumable {
  static let configuration = CommandConfiguration(
    commandName: "start", abstract: "Roll a new release out (the default).")

  @OptionGroup var target: RolloutTarget

  @Option(parsing: .unconditional, help: "The canary's share in percent: one step, then promotion.")
  var canary: Int?

  @Option(
    parsing: .unconditional, help: "The canary's shares in percent one after the other, such as 5,20,50.")
  var steps: String?

  @Option(help: "The image to roll out; the one that the commit declares by default.")
  var image: String?

  @Flag(help: "Wait for a person before the promotion.")
  var hold = false

  @Flag(help: "Show what would be done; change nothing.")
  var plan = false

  @Flag(help: "Run on a copy of the clusters; change nothing.")
  var rehearse = false

  @Flag(help: "Go on with a rollout that was interrupted.")
  var resume = false

  var resumeCommand: String? { plan || rehearse ? nil : target.resumeCommand }

  func validate() throws {
    if canary != nil, steps != nil { throw ValidationError("--canary and --steps exclude each other") }
    let hasPlan = canary != nil || steps != nil || image != nil || hold || plan || rehearse
    if resume, hasPlan {
      throw ValidationError(
        "--resume goes on with the plan that was made; it takes no other options of a plan")
    }
  }

  func run() async throws {
    let rollout = try rolloutOptions()
    let mesh = try await target.options.open()
    if plan {
      let plan = try await mesh.planRollout(target.name, options: rollout)
      try target.terminal.result(
        .object(plan.summary), RolloutText.plan(plan, cluster: try target.describe(mesh)))
      return
    }
    let progress = Progress(target.terminal)
    target.terminal.log("rollout of \(target.name) on \(try target.describe(mesh))")
    let report =
      resume
      ? try await mesh.resumeRollout(target.name, cluster: target.cluster, events: progress.sink)
      : try await mesh.rollout(target.name, options: rollout, events: progress.sink)
    try target.finish(report, mesh, isRehearsal: rehearse)
  }

  private func rolloutOptions() throws -> RolloutOptions {
    var options = RolloutOptions(holds: hold, cluster: target.cluster, isRehearsal: rehearse)
    if let canary {
      options.steps = try RolloutRequest.steps([canary], option: "--canary").map(\.percent)
    }
    if let steps {
      let numbers = try steps.split(separator: ",", omittingEmptySubsequences: false).map { text -> Int in
        guard let number = Int(text) else {
          throw ProcedureError(
            .invalidInput, "\"\(text)\" is not a whole percentage", place: "--steps",
            remedy: "separate whole percents by commas, such as --steps 5,20,50")
        }
        return number
      }
      options.steps = try RolloutRequest.steps(numbers, option: "--steps").map(\.percent)
    }
    if let image {
      guard let reference = ImageReference(parsing: image) else {
        throw ProcedureError(
          .invalidInput, "\"\(image)\" is not an image with a tag or digest", place: "--image",
          remedy: "write it like registry.example/team/user-service:1.5.0")
      }
      options.image = reference
    }
    return options
  }
}

struct RolloutStatus: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show the last rollout of a workload.")

  @OptionGroup var target: RolloutTarget

  func run() async throws {
    let mesh = try await target.options.open()
    guard let last = try await mesh.rolloutHistory(target.name, cluster: target.cluster).last else {
      target.terminal.result(.null, "\(target.name) has not been rolled out yet")
      return
    }
    try target.terminal.result(
      .object(last.summary),
      RolloutText.report(last, outcome: RolloutText.state(last), cluster: try target.describe(mesh)))
    if last.phase != .ended { target.tellNext(isHolding: last.phase == .holding) }
    if last.phase == .holding { throw ExitCode(Failure.needsPerson) }
  }
}

struct RolloutPromote: AsyncParsableCommand, Resumable {
  static let configuration = CommandConfiguration(
    commandName: "promote", abstract: "Approve the promotion that a rollout waits for.")

  @OptionGroup var target: RolloutTarget

  var resumeCommand: String? { target.resumeCommand }

  func run() async throws {
    let mesh = try await target.options.open()
    let report = try await mesh.resumeRollout(
      target.name, request: .promote, cluster: target.cluster, events: Progress(target.terminal).sink)
    try target.finish(report, mesh)
  }
}

struct RolloutAbort: AsyncParsableCommand, Resumable {
  static let configuration = CommandConfiguration(
    commandName: "abort", abstract: "Take a rollout back: first the traffic, then the pods.",
    discussion: "The exit status is 0 when the former release serves again.")

  @OptionGroup var target: RolloutTarget

  @Flag(help: "Take back what other field managers own meanwhile, such as weights that were set by hand.")
  var force = false

  var resumeCommand: String? { target.resumeCommand }

  func run() async throws {
    let mesh = try await target.options.open()
    let report = try await mesh.resumeRollout(
      target.name, request: .abort, isForced: force, cluster: target.cluster,
      events: Progress(target.terminal).sink)
    try target.finish(report, mesh, wanted: .rolledBack)
  }
}

struct RolloutHistory: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "List the rollouts of a workload, oldest first.")

  @OptionGroup var target: RolloutTarget

  func run() async throws {
    let mesh = try await target.options.open()
    let history = try await mesh.rolloutHistory(target.name, cluster: target.cluster)
    target.terminal.result(.array(history.map { .object($0.summary) }), RolloutText.history(history))
  }
}
