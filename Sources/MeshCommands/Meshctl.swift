public import ArgumentParser
import Dispatch
import Foundation
import MeshKit

/// `meshctl`, the command line of MeshKit.
public struct Meshctl: AsyncParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "meshctl",
    abstract: "Procedures for microservices on Kubernetes, Istio and Kong in two regions.",
    discussion: """
      The topology is read from a Git commit. Embedded clusters need nothing but this program; they are used \
      only where the topology's environment says so.

      Exit status: 0 done; 1 the procedure ended badly; 2 wrong usage or invalid input; 3 a cluster, repository \
      or metrics source could not be reached or refused; 4 someone else holds the lock; 5 a person has to say \
      how to go on; 130 interrupted, with everything saved.
      """,
    version: Version.text,
    subcommands: [
      InitCommand.self, ImportCommand.self, ValidateCommand.self, RenderCommand.self, GraphCommand.self,
      ConvertCommand.self,
      SchemaCommand.self, SyncCommand.self, RolloutCommand.self, SimCommand.self,
      VersionCommand.self,
    ])

  public init() {}

  /// Parses, runs and ends the process with the documented status.
  public static func start() async -> Never {
    // A reader that has gone away must not end a procedure in its middle.
    signal(SIGPIPE, SIG_IGN)
    let task = Task { await perform() }
    let sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { task.cancel() }
      source.resume()
      return source
    }
    let status = await task.value
    withExtendedLifetime(sources) {}
    Foundation.exit(status)
  }

  /// - Returns: the exit status.
  private static func perform() async -> Int32 {
    var resume: String?
    do {
      var command = try parseAsRoot()
      resume = (command as? any Resumable)?.resumeCommand
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
      return Failure.done
    } catch let code as ExitCode {
      return code.rawValue
    } catch let error where Failure.isKnown(error) {
      let failure = Failure(error)
      complain(failure.text)
      if failure.code == Failure.interrupted, let resume { complain("go on with: \(resume)") }
      return failure.code
    } catch {
      return refuse(error)
    }
  }

  /// Help goes to standard output with status 0; everything else is wrong usage.
  private static func refuse(_ error: any Error) -> Int32 {
    guard exitCode(for: error) == .success else {
      complain(fullMessage(for: error))
      return Failure.invalidInput
    }
    try? FileHandle.standardOutput.write(contentsOf: Data((fullMessage(for: error) + "\n").utf8))
    return Failure.done
  }

  private static func complain(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data((text.asPlainText + "\n").utf8))
  }
}

/// A command that can be gone on with after an interruption.
protocol Resumable {
  var resumeCommand: String? { get }
}

/// The version of this program.
enum Version {
  static let text = "0.1.0"
}
