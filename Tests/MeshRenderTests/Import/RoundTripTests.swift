import Foundation
import KubeModel
import MeshRender
import MeshTopology
import Testing

@Suite("Importing what was rendered")
struct RoundTripTests {
  /// What manifests do not say: reserved addresses, the cluster's name, and who follows whom.
  static let differences: Set<String> = [
    // The reserved address is named in the network.
    "Service api-gateway/api-gateway",
    // Measures are labelled with the cluster and its region.
    "StatefulSet monitoring/prometheus",
    // The folder of an archive and what follows in another region are named after the regions.
    "Cluster production/database-service",
    // Istio's own gateways, which send traces too, stand in the installation.
    "NetworkPolicy observability/otel-collector",
  ]

  private func example() throws -> Topology {
    let folder = ImportText.root.appending(path: "Examples/microservices")
    return try TopologyReader().read(files: try ImportText.files(in: folder))
  }

  private func imported() throws -> (objects: [RenderedObject], result: Import) {
    let topology = try example()
    let objects = Renderer(topology: topology).objects(for: try #require(topology.primaryCluster))
    let text = objects.map { $0.object.json.yamlText() }.joined(separator: "---\n")
    let result = Importer().run(
      files: [TopologyFile(path: "rendered.yaml", bytes: Array(text.utf8))], name: topology.name
    )
    try ImportText.expectSound(result)
    return (objects, result)
  }

  @Test("gives the same objects again, but for what manifests do not say")
  func rendersAgain() throws {
    let (objects, result) = try imported()
    let cluster = try #require(result.topology.primaryCluster)
    let again = Renderer(topology: result.topology).objects(for: cluster).map(\.object)
    for object in objects.map(\.object) where !object.name.contains("-files-") {
      let name = object.reference.description
      let twin = again.first { $0.reference == object.reference }
      if RoundTripTests.differences.contains(name) {
        #expect(twin != nil, "\(name) is missing")
      } else {
        #expect(twin?.withoutControlPlane == object.withoutControlPlane, "\(name) differs")
      }
    }
  }

  @Test("leaves nothing behind but what depends on regions")
  func dropsLittle() throws {
    let result = try imported().result
    #expect(
      Set(result.dropped.map(\.field)) == [
        // The reserved address, and whom a Job calls.
        "metadata.annotations.networking.gke.io/load-balancer-ip-addresses", "spec.ingress[0].from[0]",
        // The database that follows in another region.
        "metadata.annotations.meshctl.dev/maximum-lag", "spec.externalClusters", "spec.replica",
      ])
    #expect(result.unread.isEmpty)
    #expect(result.contradictions.isEmpty)
  }

  @Test("gives the same workloads")
  func hasSameWorkloads() throws {
    let own = try example().workloads
    let result = try imported().result.topology.workloads
    #expect(result.map(\.reference) == own.map(\.reference))
    for (imported, workload) in zip(result, own) {
      #expect(imported.image == workload.image)
      #expect(imported.ports == workload.ports)
      #expect(imported.env == workload.env)
      #expect(imported.autoscaling == workload.autoscaling)
      #expect(Set(imported.calls.map(\.to)) == Set(workload.calls.map(\.to)))
    }
  }
}

extension KubeObject {
  /// The object without the addresses of the API server, which are those of the network.
  fileprivate var withoutControlPlane: KubeObject {
    guard kind == "NetworkPolicy", let rules = self[path: "spec", "egress"]?.array else { return self }
    var object = self
    object.set(
      "spec", "egress",
      to: .array(
        rules.map { rule in
          guard rule["ports"]?.array?.contains(where: { $0["port"] == 6443 }) == true else { return rule }
          var rule = rule
          rule["to"] = nil
          return rule
        }))
    return object
  }
}
