import Foundation
import Seams
import Testing

@Suite("Programs, real and scripted alike", .timeLimit(.minutes(1)))
struct ProgramRunnerTests {
  @Test("give their output, their complaints and their status", arguments: SamplePrograms.kinds)
  func result(kind: SamplePrograms.Kind) async throws {
    let programs = try SamplePrograms(kind)
    let result = try await programs.run("report", arguments: ["a b", "$HOME"])
    #expect(String(decoding: result.output, as: UTF8.self) == "out a b $HOME\n")
    #expect(String(decoding: result.errors, as: UTF8.self) == "err\n")
    #expect(result.status == 3)
  }

  @Test("get the environment that they are given and nothing to read", arguments: SamplePrograms.kinds)
  func environment(kind: SamplePrograms.Kind) async throws {
    let programs = try SamplePrograms(kind)
    let result = try await programs.run("surroundings", environment: ["PATH": "/usr/bin:/bin", "A": "1"])
    let lines = Set(String(decoding: result.output, as: UTF8.self).split(separator: "\n").map(String.init))
    #expect(lines.isSuperset(of: ["A=1", "PATH=/usr/bin:/bin", "input: 0 bytes"]))
    #expect(lines.allSatisfy { !$0.hasPrefix("HOME=") })
    #expect(result.status == 0)
  }

  @Test("run in the folder that they are given", arguments: SamplePrograms.kinds)
  func folder(kind: SamplePrograms.Kind) async throws {
    let programs = try SamplePrograms(kind)
    let result = try await programs.run("where")
    #expect(String(decoding: result.output, as: UTF8.self) == programs.folder + "\n")
  }

  @Test("are refused when they are not there", arguments: SamplePrograms.kinds)
  func missing(kind: SamplePrograms.Kind) async throws {
    let programs = try SamplePrograms(kind)
    for name in ["no-such-program", "./report", "../report"] {
      let expected = ProgramError(.notInstalled, "\(name) is not installed")
      await #expect(throws: expected) { try await programs.run(name) }
    }
  }

  @Test("may write as much as they may, and not a byte more", arguments: SamplePrograms.kinds)
  func outputLimit(kind: SamplePrograms.Kind) async throws {
    let programs = try SamplePrograms(kind)
    let result = try await programs.run("hundred", outputLimit: 100)
    #expect(result.output.count == 100)
    let error = ProgramError(.outputTooLarge, "hundred was killed: it wrote more than 99 bytes")
    await #expect(throws: error) { try await programs.run("hundred", outputLimit: 99) }
  }

  @Test("are killed when their time is over", arguments: SamplePrograms.kinds)
  func timeout(kind: SamplePrograms.Kind) async throws {
    let programs = try SamplePrograms(kind)
    let error = ProgramError(.timedOut, "forever was killed after 0.01 seconds")
    await #expect(throws: error) { try await programs.run("forever", timeout: .milliseconds(10)) }
  }

  @Test("are killed when whoever waits for them is cancelled", arguments: SamplePrograms.kinds)
  func cancellation(kind: SamplePrograms.Kind) async throws {
    let programs = try SamplePrograms(kind)
    let task = Task { try await programs.run("forever") }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test("run side by side without mixing what they write", arguments: SamplePrograms.kinds)
  func together(kind: SamplePrograms.Kind) async throws {
    let programs = try SamplePrograms(kind)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<8 {
        group.addTask {
          let result = try await programs.run("report", arguments: ["\(number)", "x"])
          #expect(String(decoding: result.output, as: UTF8.self) == "out \(number) x\n")
        }
      }
      try await group.waitForAll()
    }
  }
}
