/// One run of another program: what it is given, and what it may use.
public struct Program: Hashable, Sendable {
  /// The program's name, looked for where the runner looks, or its absolute path.
  public var name: String
  /// The arguments, each passed as it is: no shell reads them.
  public var arguments: [String]
  /// The whole environment; of this process' own only `PATH` is passed on, and only when it is not set here.
  public var environment: [String: String]
  /// The absolute path of the folder it runs in.
  public var folder: String
  /// The most bytes it may write, to standard output and to standard error each.
  public var outputLimit: Int
  /// How long it may run.
  public var timeout: Duration

  /// Creates a run; the standard input is always empty.
  public init(
    _ name: String, arguments: [String] = [], environment: [String: String] = [:], folder: String,
    outputLimit: Int = 4 << 20, timeout: Duration = .seconds(60)
  ) {
    self.name = name
    self.arguments = arguments
    self.environment = environment
    self.folder = folder
    self.outputLimit = outputLimit
    self.timeout = timeout
  }
}

/// How a program ended by itself.
public struct ProgramResult: Hashable, Sendable {
  /// The exit status; 0 means that all went well.
  public var status: Int32
  /// What it wrote to standard output.
  public var output: [UInt8]
  /// What it wrote to standard error.
  public var errors: [UInt8]

  /// Creates a result.
  public init(status: Int32 = 0, output: [UInt8] = [], errors: [UInt8] = []) {
    self.status = status
    self.output = output
    self.errors = errors
  }
}
