import Foundation
import KubeModel
import Testing

@Suite("A meshctl that is interrupted")
struct InterruptTests {
  @Test(
    "ends with status 130 and the command that goes on with the rollout",
    arguments: [(SIGINT, 100_000), (SIGTERM, 200_000), (SIGINT, 450_000)])
  func rollout(_ signal: Int32, afterJournal bytes: Int) throws {
    let shop = try Shop(.committed)
    let place = ["--repo", shop.work.path(percentEncoded: false), "--state", "my state"]
    #expect(try shop.meshctl(["sync"] + place).status == 0)
    try FileManager.default.createSymbolicLink(
      at: shop.state, withDestinationURL: shop.work.appending(path: "my state"))
    let outcome = try shop.meshctl(
      ["rollout", "user-service", "--image", Shop.image("1.5.0")] + place, struckBy: signal,
      at: .journal(bytes))
    try #require(outcome.status == 130, "\(outcome)")
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("interrupted; everything is saved"))
    let lead = try #require(outcome.errors.range(of: "go on with: "))
    let command = outcome.errors[lead.upperBound...].prefix { $0 != "\n" }
    #expect(command.hasPrefix("meshctl rollout user-service --resume --repo /"))
    #expect(command.hasSuffix(" --state 'my state'"))
    // What it says can be typed as it stands, from anywhere it was typed before.
    let resumed = try shop.run(["bash", "-c", String(command)])
    #expect(resumed.status == 0 && resumed.output.hasPrefix("production/user-service promoted"), "\(resumed)")
    #expect(try shop.history().map { $0["outcome"]?.string } == ["promoted"])
  }

  @Test("before anything has begun is told so by the command that goes on")
  func early() throws {
    let shop = try Shop(.synced)
    try shop.release("1.5.0")
    _ = try shop.meshctl(["rollout", "user-service"], struckBy: SIGINT, at: .delay(20_000))
    let resumed = try shop.meshctl(["rollout", "user-service", "--resume"])
    #expect(
      resumed.status == 0
        || resumed.errors.contains("no rollout of user-service is open; start one with meshctl rollout"),
      "\(resumed)")
    try Operator(shop: shop).finish()
    #expect(try shop.history().map { $0["outcome"]?.string } == ["promoted"])
  }

  @Test("does not print a password in the command that goes on")
  func secrets() throws {
    let shop = try Shop(.committed)
    let outcome = try shop.meshctl(
      ["rollout", "user-service", "--repo", "https://ada:hunter2@127.0.0.1:1/shop.git"], struckBy: SIGINT,
      at: .delay(0))
    #expect(!(outcome.errors + outcome.output).contains("hunter2"))
  }
}
