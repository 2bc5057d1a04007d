import KubeModel
import MeshRender
import MeshTopology
import Testing

@Suite("Importing what others wrote")
struct ForeignImportTests {
  @Test("a chart becomes its workloads, and the rest stays with a reason")
  func importsChart() throws {
    let result = try ImportText.run(ForeignManifests.chart)
    #expect(result.topology.workloads.map(\.name) == ["release-web", "release-worker"])
    let web = try #require(result.topology.workload(named: "release-web", namespace: "default"))
    #expect(web.ports == [Workload.Port(name: "http", port: 80).with { $0.targetPort = 3000 }])
    #expect(web.calls.map(\.to) == ["default/release-worker"])
    #expect(web.env["DATABASE_URL"] == .secret(name: "release-web", key: "DATABASE_URL"))
    #expect(web.initContainers.map(\.command) == [["bin/migrate"]])
    #expect(
      result.kept.map(\.object.kind) == ["Secret", "Ingress", "CronJob", "PersistentVolumeClaim", "Pod"])
    #expect(!result.files.map(\.text).joined().contains("cG9zdGdyZXM"))
  }

  @Test("a chart's scaling by a measure of its own, volume and Ingress are told of")
  func tellsOfChart() throws {
    let result = try ImportText.run(ForeignManifests.chart)
    let web = "Workload/default/release-web"
    #expect(result.reason(forDropped: "spec.metrics[0]") != nil)
    #expect(
      result.reason(forDropped: "spec.template.spec.volumes[0].persistentVolumeClaim.claimName")?
        .contains("only pods of a StatefulSet have volumes that outlive them") == true)
    let words = result.assumptions.filter { $0.path.hasPrefix(web) }.map(\.message)
    #expect(words.contains { $0.contains("goes by other measures than cpu and memory") })
    #expect(words.contains { $0.hasPrefix("nobody may call it. Ingress default/release-web leads to it") })
    #expect(
      result.kept.first { $0.object.kind == "Ingress" }?.reason.contains("is no part of the topology") == true
    )
  }

  @Test("a mesh of versions becomes a workload a name, with what routes to it")
  func importsBooks() throws {
    let result = try ImportText.run(ForeignManifests.books)
    #expect(result.topology.workloads.map(\.name) == ["details", "productpage", "ratings", "reviews"])
    let reviews = try #require(result.topology.workload(named: "reviews", namespace: "default"))
    #expect(reviews.calls == [Call(to: "default/ratings").with { $0.methods = [.get] }])
    #expect(reviews.traffic?.stableSubset == "v1" && reviews.traffic?.canarySubset == "v3")
    #expect(reviews.serviceAccount == "bookinfo-reviews")
    #expect(
      result.kept.map { "\($0.object.kind) \($0.object.name)" } == [
        "Deployment reviews-v2", "Deployment reviews-v3", "Gateway bookinfo-gateway",
        "VirtualService bookinfo",
        "Gateway books", "HTTPRoute books",
      ])
    #expect(result.contradictions.isEmpty)
  }

  @Test("what the topology has no word for of a mesh is said once, at its place")
  func tellsOfBooks() throws {
    let result = try ImportText.run(ForeignManifests.books)
    #expect(
      result.dropped.map { "\($0.object) \($0.field)" } == [
        "DestinationRule default/reviews spec.subsets[2]",
        "VirtualService default/reviews Workload/default/reviews traffic.headerRoutes[0]",
      ])
    #expect(result.dropped.last?.reason == "the topology refuses it: there is no subset \"v2\"")
    let uncalled = result.assumptions.filter { $0.message.hasPrefix("nobody may call it") }.map(\.path)
    #expect(uncalled == ["details", "productpage", "reviews"].map { "Workload/default/\($0)" })
  }
}
