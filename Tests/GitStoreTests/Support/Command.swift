import Foundation

/// Runs a program to its end.
enum Command {
  static func run(
    _ arguments: [String], in folder: String, environment: [String: String], input: Data = Data()
  ) throws -> String {
    // Files instead of pipes: a pipe that nobody empties in time would block the program.
    let scratch = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: scratch) }
    let files = try ["in", "out", "err"].map { name in
      let url = scratch.appending(path: name)
      try (name == "in" ? input : Data()).write(to: url)
      return try name == "in" ? FileHandle(forReadingFrom: url) : FileHandle(forWritingTo: url)
    }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    process.environment = environment
    process.standardInput = files[0]
    process.standardOutput = files[1]
    process.standardError = files[2]
    try process.run()
    process.waitUntilExit()
    let output = try String(decoding: Data(contentsOf: scratch.appending(path: "out")), as: UTF8.self)
    guard process.terminationStatus == 0 else {
      let errors = try String(decoding: Data(contentsOf: scratch.appending(path: "err")), as: UTF8.self)
      throw Git.Failure(description: "\(arguments.joined(separator: " ")): \(errors)")
    }
    return output.trimmingCharacters(in: .newlines)
  }
}
