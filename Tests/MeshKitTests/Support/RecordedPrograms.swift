import Foundation
import Seams
import Synchronization

/// Passes programs on to another runner, and remembers them.
final class RecordedPrograms: ProgramRunner {
  private let runner: any ProgramRunner
  private let log = Mutex<[Program]>([])

  init(_ runner: any ProgramRunner) { self.runner = runner }

  var runs: [Program] { log.withLock { $0 } }

  /// The folders that programs were run in and that are still there, and their homes.
  var leftovers: [String] {
    runs.flatMap { [$0.folder, $0.environment["HOME"] ?? ""] }.filter(FileManager.default.fileExists)
  }

  func run(_ program: Program) async throws -> ProgramResult {
    log.withLock { $0.append(program) }
    return try await runner.run(program)
  }
}

extension ScriptedPrograms {
  /// A kustomize that gives the folder's own `objects.yaml`.
  static func kubectl() -> ScriptedPrograms {
    ScriptedPrograms([
      "kubectl": { program in
        let file = FileManager.default.contents(atPath: program.folder + "/objects.yaml")
        return ProgramResult(output: Array(file ?? Data()))
      }
    ])
  }
}
