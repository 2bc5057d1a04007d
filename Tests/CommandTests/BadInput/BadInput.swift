import Foundation
import Testing

/// Something wrong that a person may type, commit or leave lying about, and what meshctl says to it.
struct BadInput: Sendable, CustomTestStringConvertible {
  let title: String
  var start = Shop.Start.synced
  /// What is done to the shop first.
  var setUp: @Sendable (Shop) throws -> Void = { _ in }
  let arguments: [String]
  var status: Int32 = 2
  /// Fragments of standard error: what happened, where, and what to do.
  let says: [String]
  /// What must not be on standard error.
  var hides: [String] = []
  /// Whether time has passed in the clusters before the refusal, so that their autoscalers may have looked again.
  var letsTimePass = false

  var testDescription: String { title }

  /// A line as it is typed after `meshctl`, cut at spaces.
  static func words(_ line: String) -> [String] { line.split(separator: " ").map(String.init) }
}

extension BadInput {
  static let all =
    weights + options + workloads + rollouts + revisions + repositories + states + shapes + documents
    + clusters
}

@Suite("Bad input at the command line")
struct BadInputTests {
  @Test(
    "is refused with a status, what happened, where and what to do, and changes no file",
    arguments: BadInput.all)
  func refusal(_ row: BadInput) throws {
    let shop = try Shop(row.start)
    try row.setUp(shop)
    let before = try shop.contents()
    let outcome = try shop.meshctl(row.arguments)
    #expect(outcome.status == row.status, "\(outcome)")
    #expect(outcome.output.isEmpty)
    for fragment in row.says {
      #expect(outcome.errors.contains(fragment), "\(fragment) is not in: \(outcome)")
    }
    for secret in row.hides { #expect(!outcome.errors.contains(secret), "\(secret) is in: \(outcome)") }
    let changes = try shop.changes(since: before)
    #expect(changes.filter { !row.letsTimePass || !$0.hasSuffix("/journal.jsonl") }.isEmpty)
    #expect(try shop.journaledKinds().subtracting(["Event", "HorizontalPodAutoscaler"]).isEmpty)
  }

  @Test("is tried in at least 45 forms, no two alike")
  func coverage() {
    #expect(BadInput.all.count >= 45)
    #expect(Set(BadInput.all.map(\.title)).count == BadInput.all.count)
  }

  @Test("does not pass while another process holds the lock, and does once that is gone")
  func lock() throws {
    let shop = try Shop(.synced)
    let before = try shop.contents()
    let other = open(shop.state.appending(path: "lock").path(percentEncoded: false), O_RDWR | O_CLOEXEC)
    try #require(other >= 0 && flock(other, LOCK_EX | LOCK_NB) == 0)
    for arguments in ["sync", "rollout user-service --canary 20", "sim advance 1m", "sim reset"] {
      let outcome = try shop.meshctl(BadInput.words(arguments))
      #expect(outcome.status == 4 && outcome.output.isEmpty, "\(arguments): \(outcome)")
      #expect(outcome.errors.contains(".meshctl/lock: another meshctl uses the embedded clusters"))
      #expect(outcome.errors.contains("wait until it is done"))
    }
    #expect(try shop.changes(since: before).isEmpty)
    close(other)
    try shop.meshctl(expecting: 0, "sync")
  }
}
