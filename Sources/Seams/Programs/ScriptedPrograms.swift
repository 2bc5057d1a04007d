internal import Synchronization

/// Programs that are functions, for tests: what runs a program sees the same as with real ones.
public final class ScriptedPrograms: ProgramRunner {
  /// What a program does; it ends when its task is cancelled.
  public typealias Script = @Sendable (Program) async throws -> ProgramResult

  private let scripts: [String: Script]
  private let clock: any WorldClock
  private let log = Mutex<[Program]>([])

  /// Programs by name.
  ///
  /// - Parameter clock: what deadlines go by.
  public init(_ scripts: [String: Script] = [:], clock: any WorldClock = World.real().clock) {
    self.scripts = scripts
    self.clock = clock
  }

  /// What has been run so far, in order.
  public var runs: [Program] { log.withLock { $0 } }

  public func run(_ program: Program) async throws -> ProgramResult {
    guard let script = scripts[program.name] else { throw ProgramError.notInstalled(program) }
    try Task.checkCancellation()
    log.withLock { $0.append(program) }
    let result = try await withThrowingTaskGroup(of: ProgramResult.self) { group in
      group.addTask { try await script(program) }
      group.addTask { [clock] in
        try await clock.sleep(for: program.timeout)
        throw ProgramError.timedOut(program)
      }
      defer { group.cancelAll() }
      return try await group.next() ?? ProgramResult()
    }
    guard max(result.output.count, result.errors.count) <= program.outputLimit else {
      throw ProgramError.outputTooLarge(program)
    }
    return result
  }
}
