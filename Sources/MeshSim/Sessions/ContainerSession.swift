import KubeModel
import Seams

/// A client's session with a container: a program that is run in it, or its own program.
struct ContainerSession: Sendable {
  enum Purpose: Sendable, Equatable {
    case exec([String])
    case attach
  }

  static let protocols = ["v5.channel.k8s.io", "v4.channel.k8s.io"]
  /// A client that attaches so soon after the start misses nothing.
  private static let reach = Duration.seconds(3)

  let pod: ObjectKey
  let container: String
  let purpose: Purpose
  let readsInput: Bool
  var isTerminal = false

  /// Serves the session to its end.
  func run(over connection: MessageConnection, in cluster: SimulatedCluster, clock: VirtualClock) async {
    let channels = SessionChannels(connection, isTerminal: isTerminal)
    do {
      switch purpose {
      case .exec(let command): try await run(command, channels, in: cluster)
      case .attach: try await attach(channels, in: cluster, clock)
      }
    } catch {
      // The client has gone; nobody is left to tell.
    }
    connection.close()
  }

  private func run(_ command: [String], _ channels: SessionChannels, in cluster: SimulatedCluster)
    async throws
  {
    if readsInput, ContainerShell.isInteractive(command) {
      return try await channels.finish(converse(channels, in: cluster))
    }
    var input: [UInt8] = []
    if readsInput, ContainerShell.readsInput(command) {
      for await bytes in channels.input() {
        // What only passes its input on does so as it comes.
        if command.count == 1 {
          try await channels.write(bytes, to: .output)
        } else {
          input += bytes
        }
      }
    }
    let result = cluster.run(command, input: input, pod: pod, container: container)
    guard result.missingProgram == nil else { return try await channels.refuse(command) }
    try await channels.write(result.output, to: .output)
    try await channels.write(result.errors, to: .errors)
    try await channels.finish(result.exitCode)
  }

  /// A shell reads its commands from its input, line by line.
  ///
  /// - Returns: its exit code.
  private func converse(_ channels: SessionChannels, in cluster: SimulatedCluster) async throws -> Int64 {
    var shell = cluster.withState { state in
      state.store.get(.pod, pod).map {
        ContainerShell(ContainerView(pod: $0, container: container, in: state))
      }
    }
    var last: Int64 = 0
    try await channels.prompt(shell?.folder ?? "/")
    for await line in channels.inputLines() {
      guard shell != nil else { return 137 }
      let result = cluster.withState { state -> ContainerShell.Result in
        guard let live = state.store.get(.pod, pod) else { return .failure("", 137) }
        shell?.view.files = state.controllers.files[live.uid] ?? ContainerFiles()
        let result = shell?.script(line, input: []) ?? .failure("", 137)
        state.controllers.files[live.uid] = shell?.view.files
        return result
      }
      try await channels.write(result.output, to: .output)
      try await channels.write(result.errors, to: .errors)
      last = result.exitCode
      if let code = shell?.exitCode { return code }
      try await channels.prompt(shell?.folder ?? "/")
    }
    return last
  }

  // MARK: Attaching

  private func attach(_ channels: SessionChannels, in cluster: SimulatedCluster, _ clock: VirtualClock)
    async throws
  {
    let command = cluster.withState { ContainerSession.command(of: container, in: $0.store.get(.pod, pod)) }
    if readsInput, let command {
      let code: Int64
      if ContainerShell.isInteractive(command) {
        code = try await converse(channels, in: cluster)
      } else {
        var input: [UInt8] = []
        for await bytes in channels.input() { input += bytes }
        let result = cluster.run(command, input: input, pod: pod, container: container)
        try await channels.write(result.output, to: .output)
        try await channels.write(result.errors, to: .errors)
        code = result.exitCode
      }
      cluster.withState { Kubelet.end(container, of: pod, exitCode: code, in: &$0) }
      clock.rescheduled()
      return try await channels.finish(0)
    }
    await withTaskGroup { group in
      group.addTask { await channels.drainInput() }
      group.addTask { try? await follow(channels, in: cluster, clock) }
      await group.next()
      group.cancelAll()
    }
  }

  /// Shows what the container's program prints until it ends.
  private func follow(_ channels: SessionChannels, in cluster: SimulatedCluster, _ clock: VirtualClock)
    async throws
  {
    var shown = cluster.withState { state -> Timestamp in
      let start = ContainerSession.start(of: container, in: state.store.get(.pod, pod)) ?? state.now
      return state.now - start <= ContainerSession.reach ? start - .seconds(1) : state.now
    }
    while !Task.isCancelled {
      let (text, isRunning, now) = cluster.withState { state -> (String, Bool, Timestamp) in
        guard let pod = state.store.get(.pod, pod) else { return ("", false, state.now) }
        let lines = ContainerLog.lines(pod: pod, container: container, in: state)
          .filter { $0.time > shown }
        return (
          lines.map { $0.text + "\n" }.joined(), ContainerSession.start(of: container, in: pod) != nil,
          state.now
        )
      }
      try await channels.write(Array(text.utf8), to: .output)
      shown = now
      guard isRunning else { return try await channels.finish(0) }
      try await clock.sleep(until: now + .milliseconds(200))
    }
  }

  /// Since when a container runs; `nil` when it does not.
  static func start(of container: String, in pod: KubeObject?) -> Timestamp? {
    let lists = ["containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses"]
    let status = lists.lazy.flatMap { pod?[path: "status", $0]?.array ?? [] }
      .first { $0["name"]?.string == container }
    return status?[path: "state", "running", "startedAt"]?.string.flatMap(Timestamp.init(rfc3339:))
  }

  /// The command of a container whose program waits for input; `nil` for every other.
  private static func command(of container: String, in pod: KubeObject?) -> [String]? {
    let lists = ["containers", "ephemeralContainers"]
    let spec = lists.lazy.flatMap { pod?[path: "spec", $0]?.array ?? [] }
      .first { $0["name"]?.string == container }
    return spec.flatMap(ContainerProgram.commandThatWaits)
  }
}
