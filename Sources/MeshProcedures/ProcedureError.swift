/// Why a procedure could not be started or went on no further.
public struct ProcedureError: Error, CustomStringConvertible, Sendable {
  /// What kind of problem it is; each has an exit code of its own at the command line.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    /// What was asked for is wrong.
    public static let invalidInput = Code(description: "invalid input")
    /// A cluster, repository or metrics source did not answer or refused.
    public static let unreachable = Code(description: "unreachable")
    /// Someone else runs this procedure.
    public static let locked = Code(description: "locked")
    /// Nothing of this name has been run.
    public static let noSuchRun = Code(description: "no such run")
  }

  /// What kind of problem it is.
  public let code: Code
  /// What happened.
  public let message: String
  /// Where: a file, an object, an option.
  public let place: String?
  /// What to do about it.
  public let remedy: String?

  /// Creates an error.
  public init(_ code: Code, _ message: String, place: String? = nil, remedy: String? = nil) {
    self.code = code
    self.message = message
    self.place = place
    self.remedy = remedy
  }

  public var description: String {
    (place.map { "\($0): " } ?? "") + message + (remedy.map { "; \($0)" } ?? "")
  }
}
