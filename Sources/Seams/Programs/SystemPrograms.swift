#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The programs of this machine, each run as the leader of a process group of its own.
public struct SystemPrograms: ProgramRunner {
  /// Where programs are looked for, in order: absolute paths with colons between them.
  public let searchPath: String

  /// Programs in `searchPath`, or in the `PATH` of this process; what is relative in it is left out, because
  /// it would mean the folder that a program runs in.
  public init(searchPath: String? = nil) {
    let path = searchPath ?? getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    self.searchPath = path.split(separator: ":").filter { $0.hasPrefix("/") }.joined(separator: ":")
  }

  public func run(_ program: Program) async throws -> ProgramResult {
    guard let path = path(of: program.name) else { throw ProgramError.notInstalled(program) }
    try Task.checkCancellation()
    let running = try RunningProgram(program, at: path, searchPath: searchPath)
    return try await withTaskCancellationHandler {
      // Cancelled and waited for on the way out.
      async let _: Void = stop(running, after: program)
      return try await running.end().get()
    } onCancel: {
      running.stop(CancellationError())
    }
  }

  private func stop(_ running: RunningProgram, after program: Program) async {
    guard (try? await ContinuousClock().sleep(for: program.timeout)) != nil else { return }
    running.stop(ProgramError.timedOut(program))
  }

  /// The executable file that a name means.
  private func path(of name: String) -> String? {
    if name.contains("/") { return name.hasPrefix("/") && Self.isExecutable(name) ? name : nil }
    return searchPath.split(separator: ":").lazy.map { "\($0)/\(name)" }.first(where: Self.isExecutable)
  }

  private static func isExecutable(_ path: String) -> Bool {
    var information = stat()
    return stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
  }
}
