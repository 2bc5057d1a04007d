import Foundation
import Testing

@Suite("A rollout that waits for a person")
struct HoldTests {
  @Test("says what to type next, and status shows it, with exit status 5")
  func waiting() throws {
    let shop = try Shop(.synced)
    try shop.release("1.5.0")
    let outcome = try shop.meshctl(expecting: 5, "rollout", "user-service", "--hold", "--state", ".meshctl")
    #expect(outcome.output.hasPrefix("production/user-service waiting\n"))
    #expect(outcome.errors.contains("next: meshctl rollout promote user-service\n"))
    #expect(outcome.errors.contains("  or: meshctl rollout abort user-service\n"))
    let status = try shop.meshctl(expecting: 5, "rollout", "status", "user-service")
    #expect(status.output.contains("running: wait for approval"))
    #expect(status.errors.contains("next: meshctl rollout promote user-service\n"))
    #expect(try shop.cluster().weights == ["v1": 80, "v2": 20])
  }

  @Test("is promoted when a person says so")
  func promotion() throws {
    let shop = try Shop(.holding)
    let outcome = try shop.meshctl(expecting: 0, "rollout", "promote", "user-service")
    #expect(outcome.output.hasPrefix("production/user-service promoted\n"))
    #expect(try shop.cluster().image(of: "user-service") == Shop.image("1.5.0"))
    try shop.meshctl(expecting: 0, "rollout", "status", "user-service")
    #expect(try shop.history().count == 1)
  }

  @Test("gives the traffic back when a person aborts it, which is exit status 0")
  func abort() throws {
    let shop = try Shop(.holding)
    let outcome = try shop.meshctl(expecting: 0, "rollout", "abort", "user-service")
    #expect(outcome.output.hasPrefix("production/user-service rolled back\n"))
    #expect(outcome.output.contains("a person asked for it"))
    try shop.expectFormerRelease()
  }

  @Test("waits on when it is resumed")
  func resume() throws {
    let shop = try Shop(.holding)
    try shop.meshctl(expecting: 5, "rollout", "user-service", "--resume")
    #expect(try shop.cluster().weights == ["v1": 80, "v2": 20])
  }

  @Test("is not promoted twice, nor promoted where it does not wait")
  func notHolding() throws {
    let shop = try Shop(.holding)
    try shop.meshctl(expecting: 0, "rollout", "promote", "user-service")
    let outcome = try shop.meshctl(expecting: 2, "rollout", "promote", "user-service")
    #expect(outcome.errors.contains("no rollout of user-service is open"))
  }

  @Test("offers nothing to type next when it was a rehearsal")
  func rehearsal() throws {
    let shop = try Shop(.synced)
    try shop.release("1.5.0")
    let outcome = try shop.meshctl(expecting: 5, "rollout", "user-service", "--hold", "--rehearse")
    #expect(outcome.errors.contains("this was a rehearsal") && !outcome.errors.contains("next:"))
  }

  @Test("survives a sync of another commit with its traffic")
  func sync() throws {
    let shop = try Shop(.holding)
    try shop.edit("order-service.yaml", "replicas: 3", "replicas: 4")
    try shop.meshctl(expecting: 0, "sync")
    #expect(try shop.cluster().weights == ["v1": 80, "v2": 20])
    try shop.meshctl(expecting: 0, "rollout", "promote", "user-service")
  }
}
