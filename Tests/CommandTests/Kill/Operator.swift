import Foundation
import KubeModel
import Testing

/// A person who brings one release to its end, whatever happens to the processes.
struct Operator {
  let shop: Shop
  private static let rollout = ["rollout", "user-service"]

  /// What to type now; `nil` when the rollout is over.
  func nextCommand() throws -> [String]? {
    // Whoever was killed has left no lock: this must always answer.
    let status = try shop.json("rollout", "status", "user-service")
    switch status["phase"]?.string {
    case nil: return Operator.rollout
    case "ended": return nil
    default:
      // The outcome is decided before the clean-up, and must not be told before it is done.
      #expect(status["outcome"]?.string == "running")
      return Operator.rollout + ["--resume"]
    }
  }

  /// Goes on, undisturbed, until it is over.
  func finish() throws {
    var last: Outcome?
    for _ in 1...3 {
      guard let command = try nextCommand() else { return }
      last = try shop.meshctl(command)
    }
    Issue.record("the rollout does not come to its end: \(last?.description ?? "")")
  }
}
