import Foundation
import KubeModel
import Testing

@Suite("A rollout")
struct RolloutTests {
  @Test("of a good version is promoted")
  func good() throws {
    let shop = try Shop(.synced)
    let outcome = try shop.meshctl(
      expecting: 0, "rollout", "user-service", "--canary", "20", "--image", Shop.image("1.5.0"))
    #expect(outcome.output.hasPrefix("production/user-service promoted\n"))
    #expect(outcome.output.contains("on embedded cluster microservices-cluster"))
    #expect(outcome.errors.contains("canary gets 20 % of the traffic"))
    let cluster = try shop.cluster()
    #expect(cluster.image(of: "user-service") == Shop.image("1.5.0"))
    #expect(cluster.object("Deployment", "user-service-canary") == nil)
    #expect(cluster.weights == ["v1": 100, "v2": 0])
  }

  @Test("of a bad version is taken back, with the reason and the numbers on standard error")
  func bad() throws {
    let shop = try Shop(.synced)
    let outcome = try shop.meshctl(expecting: 1, "rollout", "user-service", "--image", Shop.image("1.6.0"))
    #expect(outcome.output.hasPrefix("production/user-service rolled back\n"))
    let last = try #require(outcome.errors.split(separator: "\n").last)
    #expect(last.hasPrefix("rolled back: success rate 9") && last.contains(" % is below 99.00 %"))
    #expect(last.contains("p99 latency ") && last.contains(" ms is above 500 ms"))
    try shop.expectFormerRelease()
  }

  @Test("of a version that never starts is taken back before it gets any traffic")
  func crashLoop() throws {
    let shop = try Shop(.synced)
    let outcome = try shop.meshctl(expecting: 1, "rollout", "user-service", "--image", Shop.image("1.7.0"))
    #expect(outcome.errors.contains("rolled back: the canary's pods do not start: CrashLoopBackOff"))
    #expect(!outcome.errors.contains("of the traffic"))
    try shop.expectFormerRelease()
    // What the crashed pods left behind must not be held against the next release.
    try shop.meshctl(expecting: 0, "rollout", "user-service", "--image", Shop.image("1.5.0"))
  }

  @Test("goes through the steps that are given")
  func steps() throws {
    let shop = try Shop(.synced)
    try shop.release("1.5.0")
    let report = try shop.json("rollout", "user-service", "--steps", "5,20,50")
    let steps = report["steps"]?.array?.compactMap { $0["name"]?.string } ?? []
    #expect(
      steps.filter { $0.hasPrefix("judge") } == ["judge at 5 %", "judge at 20 %", "judge at 50 %"], "\(steps)"
    )
  }

  @Test("changes nothing as a plan, which names every step and every object it would write")
  func plan() throws {
    let shop = try Shop(.synced)
    try shop.release("1.5.0")
    let before = try shop.contents()
    let outcome = try shop.meshctl(expecting: 0, "rollout", "user-service", "--canary", "30", "--plan")
    for text in ["give the canary 30 % of the traffic", "VirtualService production/user-service", "judge"] {
      #expect(outcome.output.contains(text))
    }
    let json = try shop.json("rollout", "user-service", "--plan")
    #expect(json["weights"] == [20] && json["to"]?.string == Shop.image("1.5.0"))
    #expect(try shop.changes(since: before).isEmpty)
  }

  @Test(
    "changes nothing as a rehearsal, and says so",
    arguments: [("1.5.0", 0), ("1.6.0", 1)] as [(String, Int32)])
  func rehearsal(_ version: String, status: Int32) throws {
    let shop = try Shop(.synced)
    try shop.release(version)
    let before = try shop.contents()
    let outcome = try shop.meshctl(expecting: status, "rollout", "user-service", "--rehearse")
    #expect(outcome.output.contains("(rehearsed)"))
    #expect(outcome.errors.contains("this was a rehearsal; nothing was changed"))
    #expect(try shop.json("rollout", "user-service", "--rehearse")["isRehearsal"]?.bool == true)
    #expect(try shop.changes(since: before).isEmpty)
  }
}

extension Shop {
  /// The release from before a rollout serves everybody, and nothing of the canary is left.
  func expectFormerRelease(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let cluster = try cluster()
    #expect(cluster.image(of: "user-service") == Shop.image("1.4.2"), sourceLocation: sourceLocation)
    #expect(cluster.object("Deployment", "user-service-canary") == nil, sourceLocation: sourceLocation)
    #expect(cluster.weights == ["v1": 100, "v2": 0], sourceLocation: sourceLocation)
  }
}
