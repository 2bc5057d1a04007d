import Foundation
import Seams
import Testing

@Suite("Programs of this machine", .timeLimit(.minutes(1)))
struct SystemProgramsTests {
  @Test("take what they started with them when they are killed, so that nobody holds a file open")
  func children() async throws {
    let programs = try SamplePrograms(.system)
    let pipe = programs.folder + "/pipe"
    try #require(mkfifo(pipe, 0o600) == 0)
    let task = Task { try await programs.run("parent", arguments: [pipe]) }
    let rest = try await Task.detached {
      let reader = try FileHandle(forReadingFrom: URL(filePath: pipe))
      #expect(try reader.read(upToCount: 6) == Data("ready\n".utf8))
      task.cancel()
      // The end of the pipe is reached only when nobody is left who could write to it.
      return try reader.readToEnd() ?? Data()
    }.value
    #expect(rest.isEmpty)
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test("that a signal ends are not taken for done")
  func crash() async throws {
    let programs = try SamplePrograms(.system)
    let error = ProgramError(.crashed, "felled was ended by signal 9")
    await #expect(throws: error) { try await programs.run("felled") }
  }

  @Test("that cannot be started say why")
  func start() async throws {
    let programs = try SamplePrograms(.system)
    let error = await #expect(throws: ProgramError.self) { try await programs.run("damaged") }
    #expect(error?.code == .notStarted)
    #expect(error?.description.hasPrefix("damaged cannot be started: ") == true)
  }

  @Test("are not looked for in relative folders, nor where nothing may be executed")
  func searchPath() async throws {
    let programs = try SamplePrograms(.system)
    let runner = SystemPrograms(searchPath: "::.:bin:/dev")
    for name in ["report", "null"] {
      let error = ProgramError(.notInstalled, "\(name) is not installed")
      await #expect(throws: error) { try await runner.run(Program(name, folder: programs.folder)) }
    }
  }

  @Test("inherit no more than the search path")
  func inherited() async throws {
    let programs = try SamplePrograms(.system)
    let result = try await SystemPrograms(searchPath: programs.folder + ":/usr/bin:/bin").run(
      Program("surroundings", folder: programs.folder))
    let names = String(decoding: result.output, as: UTF8.self).split(separator: "\n").compactMap {
      $0.contains("=") ? $0.prefix { $0 != "=" } : nil
    }
    // The shell itself adds the other three.
    #expect(Set(names).subtracting(["PWD", "SHLVL", "_"]) == ["PATH"])
  }
}
