/// Runs other programs: real ones as child processes, scripted ones in tests.
public protocol ProgramRunner: Sendable {
  /// Runs a program to its end, and kills it with all that it started when it takes too long, writes too
  /// much, or the task is cancelled. When this returns or throws, it is gone.
  ///
  /// An exit status other than 0 is a result, not an error.
  ///
  /// - Throws: `ProgramError`; `CancellationError` when the task is cancelled.
  func run(_ program: Program) async throws -> ProgramResult
}
