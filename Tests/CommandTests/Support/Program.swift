import Foundation

/// What a program left behind.
struct Outcome: Sendable, CustomStringConvertible {
  /// The exit status, or the number of the signal that ended it plus 128, as a shell reports it.
  let status: Int32
  let output: String
  let errors: String

  var description: String { "status \(status)\nstandard output:\n\(output)\nstandard error:\n\(errors)" }
}

/// A program that runs.
final class Program {
  private let process = Process()
  private let scratch: URL

  /// Starts a program by its name on PATH, or by its path.
  init(_ words: [String], in folder: URL, environment: [String: String]) throws {
    // Files instead of pipes: a pipe that nobody empties in time would block the program.
    scratch = FileManager.default.temporaryDirectory.appending(path: "output-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: false)
    let files = try ["out", "err"].map { name in
      let url = scratch.appending(path: name)
      try Data().write(to: url)
      return try FileHandle(forWritingTo: url)
    }
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.currentDirectoryURL = folder
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = files[0]
    process.standardError = files[1]
    try process.run()
  }

  deinit { try? FileManager.default.removeItem(at: scratch) }

  var isRunning: Bool { process.isRunning }

  /// Sends a signal. `env` has replaced itself by the program, so the number is the program's.
  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Waits for the end.
  func outcome() throws -> Outcome {
    process.waitUntilExit()
    let isSignal = process.terminationReason == .uncaughtSignal
    return Outcome(
      status: process.terminationStatus + (isSignal ? 128 : 0),
      output: String(decoding: try Data(contentsOf: scratch.appending(path: "out")), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: scratch.appending(path: "err")), as: UTF8.self))
  }
}
