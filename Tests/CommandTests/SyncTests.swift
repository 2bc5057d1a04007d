import Foundation
import KubeModel
import Testing

@Suite("A sync")
struct SyncTests {
  @Test("creates everything in both clusters, and changes nothing the second time")
  func twice() throws {
    let shop = try Shop(.committed)
    let (count, standby) = (try shop.objectCount(), try shop.objectCount(in: "microservices-cluster-dr"))
    let first = try shop.meshctl(expecting: 0, "sync")
    #expect(
      first.output.contains(
        "microservices-cluster (embedded): \(count) created, 0 changed, 0 unchanged, 0 held"))
    #expect(
      first.output.contains("microservices-cluster-dr (embedded): \(standby) created, 0 changed, 0 unchanged")
    )
    let second = try shop.meshctl(expecting: 0, "sync")
    #expect(
      second.output.contains(
        "microservices-cluster (embedded): 0 created, 0 changed, \(count) unchanged, 0 held"))
    #expect(
      second.output.contains(
        "microservices-cluster-dr (embedded): 0 created, 0 changed, \(standby) unchanged"))
  }

  @Test("reaches only the cluster that is named")
  func oneCluster() throws {
    let shop = try Shop(.committed)
    let reports = try #require(try shop.json("sync", "--cluster", "microservices-cluster-dr").array)
    #expect(reports.map { $0["name"]?.string } == ["microservices-cluster-dr"])
    #expect(reports.first?["clusterKind"]?.string == "embedded")
    #expect(try shop.cluster().object("Deployment", "user-service") == nil)
  }

  @Test(
    "changes nothing as a plan or as a rehearsal, and says so", arguments: ["--plan", "--rehearse"],
    [true, false])
  func changesNothing(_ option: String, isNew: Bool) throws {
    let shop = try Shop(isNew ? .committed : .synced)
    try shop.edit("order-service.yaml", "replicas: 3", "replicas: 4")
    let before = try shop.contents()
    let outcome = try shop.meshctl(expecting: 0, "sync", option)
    #expect(outcome.output.contains(isNew ? "\(try shop.objectCount()) created" : "1 changed"))
    #expect(outcome.output.hasSuffix("nothing was changed\n"))
    let report = try shop.json("sync", option).array?.first
    #expect(report?["changesNothing"]?.bool == true)
    #expect(try shop.changes(since: before).isEmpty)
  }

  @Test("holds a new release back until it is rolled out, and then brings the recovery cluster into step")
  func recoveryCluster() throws {
    let shop = try Shop(.synced)
    try shop.release("1.5.0")
    let held = try shop.meshctl(expecting: 0, "sync")
    #expect(held.output.contains("bring it into service with meshctl rollout user-service"))
    #expect(try shop.cluster().image(of: "user-service") == Shop.image("1.4.2"))

    try shop.meshctl(expecting: 0, "rollout", "user-service")
    #expect(try shop.cluster("microservices-cluster-dr").image(of: "user-service") == Shop.image("1.4.2"))
    try shop.meshctl(expecting: 0, "sync")
    #expect(try shop.cluster("microservices-cluster-dr").image(of: "user-service") == Shop.image("1.5.0"))
    let third = try shop.meshctl(expecting: 0, "sync")
    #expect(third.output.components(separatedBy: "0 created, 0 changed, ").count == 3)
  }
}
