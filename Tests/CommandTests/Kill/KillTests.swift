import Foundation
import KubeModel
import Testing

@Suite("A meshctl that is killed")
struct KillTests {
  static let seeds: [UInt64] = [1, 2, 3, 4]

  @Test(
    "in the middle of a rollout can be gone on with, to the same end",
    arguments: [("1.5.0", "promoted"), ("1.6.0", "rolledBack")], seeds)
  func rollout(_ release: (version: String, outcome: String), seed: UInt64) throws {
    var generator = SplitMix(seed: seed)
    let shop = try Shop(.synced)
    try shop.release(release.version)
    let person = Operator(shop: shop)
    var points: [KillPoint] = []
    var kills = 0
    // A process that is quicker than the drawn moment ends by itself; with it ends the rollout.
    while kills < 5, let command = try person.nextCommand() {
      points.append(.draw(&generator))
      let outcome = try shop.meshctl(command, struckBy: SIGKILL, at: points[points.count - 1])
      if outcome.status == 128 + SIGKILL { kills += 1 }
    }
    try person.finish()

    let comment: Comment = "seed \(seed), killed \(points)"
    let history = try shop.history()
    #expect(history.map { $0["outcome"]?.string } == [release.outcome], comment)
    #expect(history.map { $0["to"]?.string } == [Shop.image(release.version)], comment)
    if release.outcome == "promoted" {
      let sync = try shop.meshctl(expecting: 0, "sync")
      #expect(
        sync.output.contains("microservices-cluster (embedded): 0 created, 0 changed, "), comment)
      #expect(try shop.cluster().image(of: "user-service") == Shop.image(release.version), comment)
    } else {
      try shop.meshctl(expecting: 0, "sync")
      try shop.expectFormerRelease()
    }
    try shop.meshctl(expecting: 0, "render", "--quiet")
  }

  @Test("in the middle of a sync needs nothing but another sync", arguments: [1, 2] as [UInt64])
  func sync(seed: UInt64) throws {
    var generator = SplitMix(seed: seed)
    let shop = try Shop(.committed)
    for _ in 1...3 {
      _ = try shop.meshctl(["sync"], struckBy: SIGKILL, at: .draw(&generator))
    }
    try shop.meshctl(expecting: 0, "sync")
    let again = try shop.meshctl(expecting: 0, "sync")
    #expect(again.output.components(separatedBy: "0 created, 0 changed, ").count == 3, "\(again)")
  }

  @Test("in the middle of writing a line loses that line only, however often")
  func tornLine() throws {
    let shop = try Shop(.synced)
    try shop.release("1.5.0")
    let person = Operator(shop: shop)
    let journal = shop.state.appending(path: "clusters/microservices-cluster/journal.jsonl")
    for _ in 1...3 {
      let command = try #require(try person.nextCommand())
      _ = try shop.meshctl(command, struckBy: SIGKILL, at: .journal(200_000))
      let file = try FileHandle(forWritingTo: journal)
      let size = try file.seekToEnd()
      try #require(size > 20_000)
      try file.truncate(atOffset: size - 50)
      try file.close()
    }
    try person.finish()
    #expect(try shop.history().map { $0["outcome"]?.string } == ["promoted"])
    #expect(try shop.cluster().image(of: "user-service") == Shop.image("1.5.0"))
  }

  @Test("between the decision and the clean-up has not told an outcome yet")
  func cleaning() throws {
    let shop = try Shop(.synced)
    try shop.release("1.5.0")
    try shop.meshctl(expecting: 0, "rollout", "user-service")
    try shop.replaceInSnapshot(#"\"phase\":\"ended\""#, #"\"phase\":\"cleaning\""#)
    let status = try shop.meshctl(expecting: 0, "rollout", "status", "user-service")
    #expect(status.output.hasPrefix("production/user-service running: remove canary\n"))
    #expect(status.errors.contains("next: meshctl rollout user-service --resume\n"))
    #expect(try shop.history().map { $0["outcome"]?.string } == ["running"])
    try shop.meshctl(expecting: 4, "rollout", "user-service", "--image", Shop.image("1.5.1"))
    try shop.meshctl(expecting: 0, "rollout", "user-service", "--resume")
    #expect(try shop.history().map { $0["outcome"]?.string } == ["promoted"])
  }
}
