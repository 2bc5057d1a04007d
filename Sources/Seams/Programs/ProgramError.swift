/// A program did not come to its own end.
public struct ProgramError: Error, Hashable, CustomStringConvertible, Sendable {
  /// What happened.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    /// No program of that name is there.
    public static let notInstalled = Code(description: "not installed")
    /// It is there, and could not be started.
    public static let notStarted = Code(description: "not started")
    /// It ran longer than it may, and was killed.
    public static let timedOut = Code(description: "timed out")
    /// It wrote more than it may, and was killed.
    public static let outputTooLarge = Code(description: "output too large")
    /// A signal that did not come from its runner ended it.
    public static let crashed = Code(description: "crashed")
  }

  /// What happened.
  public var code: Code
  /// What happened, in words.
  public var message: String

  /// Creates an error.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message }

  static func notInstalled(_ program: Program) -> ProgramError {
    ProgramError(.notInstalled, "\(program.name) is not installed")
  }

  static func timedOut(_ program: Program) -> ProgramError {
    ProgramError(.timedOut, "\(program.name) was killed after \(program.timeout)")
  }

  static func outputTooLarge(_ program: Program) -> ProgramError {
    ProgramError(
      .outputTooLarge, "\(program.name) was killed: it wrote more than \(program.outputLimit) bytes")
  }
}
