import Foundation
import Seams

/// The same programs twice: as shell scripts in a temporary folder, and as functions.
final class SamplePrograms: Sendable {
  enum Kind: String, CaseIterable, Sendable { case system, scripted }

  static let kinds = Kind.allCases
  let folder: String
  private let runner: any ProgramRunner

  init(_ kind: Kind) throws {
    let base = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
    folder = base.appending(path: "programs-\(UUID().uuidString)").path(percentEncoded: false)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    switch kind {
    case .system:
      for (name, text) in Self.shell {
        let text = name == "damaged" ? text : "#!/bin/sh\n" + text
        _ = FileManager.default.createFile(
          atPath: "\(folder)/\(name)", contents: Data(text.utf8), attributes: [.posixPermissions: 0o755])
      }
      runner = SystemPrograms(searchPath: folder)
    case .scripted: runner = ScriptedPrograms(Self.scripts)
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  @discardableResult
  func run(
    _ name: String, arguments: [String] = [], environment: [String: String] = ["PATH": "/usr/bin:/bin"],
    outputLimit: Int = 1 << 20, timeout: Duration = .seconds(50)
  ) async throws -> ProgramResult {
    try await runner.run(
      Program(
        name, arguments: arguments, environment: environment, folder: folder, outputLimit: outputLimit,
        timeout: timeout))
  }

  private static let shell = [
    "report": #"printf 'out %s %s\n' "$1" "$2"; echo err >&2; exit 3"#,
    "surroundings": #"env; echo "input: $(wc -c | tr -d ' ') bytes""#,
    "where": "pwd -P",
    "hundred": "printf '%100s' ''",
    "forever": "exec sleep 300",
    "parent": #"{ echo ready; exec sleep 300; } > "$1" & wait"#,
    "felled": "kill -KILL $$",
    "damaged": "\u{1}\u{2}",
  ]

  private static let scripts: [String: ScriptedPrograms.Script] = [
    "report": { program in
      let words = program.arguments.joined(separator: " ")
      return ProgramResult(status: 3, output: Array("out \(words)\n".utf8), errors: Array("err\n".utf8))
    },
    "surroundings": { program in
      let lines = program.environment.map { "\($0)=\($1)" } + ["input: 0 bytes"]
      return ProgramResult(output: Array(lines.joined(separator: "\n").utf8))
    },
    "where": { ProgramResult(output: Array("\($0.folder)\n".utf8)) },
    "hundred": { _ in ProgramResult(output: Array(repeating: 32, count: 100)) },
    "forever": { _ in
      try await ContinuousClock().sleep(for: .seconds(300))
      return ProgramResult()
    },
  ]
}
