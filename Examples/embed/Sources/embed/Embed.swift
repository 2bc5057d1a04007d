import Foundation
import MeshKit

/// An internal tool that rolls user-service out to 1.5.0 in its own process.
@main
struct Embed {
  static func main() async {
    guard CommandLine.arguments.count == 3 else {
      complain("usage: embed REPOSITORY STATE-FOLDER")
      exit(2)
    }
    do {
      exit(try await rollOut(from: CommandLine.arguments[1], state: CommandLine.arguments[2]) ? 0 : 1)
    } catch {
      // Every error of MeshKit says what happened, where, and what to do about it.
      complain("error: \(error)")
      exit(3)
    }
  }

  /// - Returns: whether the release serves now.
  private static func rollOut(from repository: String, state: String) async throws -> Bool {
    let mesh = try await Mesh.open(MeshLocation(repository: repository, state: state))
    print("\(mesh.topology.name) at commit \(mesh.commit.id.abbreviated): \(mesh.commit.summary)")

    for report in try await mesh.sync() {
      print("\(report.cluster): \(report.count(.created)) created, \(report.count(.changed)) changed")
    }

    let options = RolloutOptions(image: ImageReference(parsing: "gcr.io/project/user-service:1.5.0"))
    let report = try await mesh.rollout("user-service", options: options) { event in
      print("\(event.time.rfc3339)  \(event.kind)  \(event.step): \(event.message)")
    }
    return tell(report)
  }

  private static func tell(_ report: RolloutReport) -> Bool {
    for verdict in report.checkpoint.verdicts {
      let requests = verdict.subject?.requests ?? 0
      print("\(verdict.step): \(verdict.result) after \(requests) requests; \(verdict.reason)")
    }
    switch report.ending {
    case .ended(.promoted):
      print("\(report.checkpoint.plan.candidate.image) serves")
      return true
    case .ended(.rolledBack):
      print("\(report.checkpoint.plan.stable.image) serves again: \(report.checkpoint.reason)")
      return false
    case .needsPerson(let reason):
      print("a person has to say how to go on: \(reason)")
      return false
    }
  }

  private static func complain(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }
}
