import Foundation
import KubeModel
import MeshRender
import MeshTopology
import Testing

@Suite("Importing what was rendered")
struct RoundTripTests {
  /// What is rendered in another way after an import of all clusters, all because manifests do not say it.
  static let ofAllClusters: Set<String> = [
    // Alerts of rollouts come back as rules of Prometheus: what a rollout asks of a version is written nowhere else.
    "microservices-cluster ConfigMap monitoring/prometheus-files is missing",
    "microservices-cluster ConfigMap monitoring/prometheus-files is new",
    "microservices-cluster StatefulSet monitoring/prometheus spec.template.spec.volumes[0].configMap.name",
    "microservices-cluster-dr ConfigMap monitoring/prometheus-files is missing",
    "microservices-cluster-dr ConfigMap monitoring/prometheus-files is new",
    "microservices-cluster-dr StatefulSet monitoring/prometheus spec.template.spec.volumes[0].configMap.name",
    // The record that a failover turns is kept as an object of one cluster: its annotation says which. How long a
    // failover may take, and what may be lost, is nowhere.
    "microservices-cluster-dr DNSEndpoint istio-system/microservices metadata.annotations",
  ]

  /// The same of the objects of the primary cluster alone.
  static let ofOneCluster: Set<String> = [
    "microservices-cluster-dr is missing",
    "microservices-cluster ConfigMap monitoring/prometheus-files is missing",
    "microservices-cluster ConfigMap monitoring/prometheus-files is new",
    "microservices-cluster StatefulSet monitoring/prometheus spec.template.spec.volumes[0].configMap.name",
    // Who follows the database is in the other cluster.
    "microservices-cluster Cluster production/database-service spec.externalClusters",
    "microservices-cluster Cluster production/database-service spec.replica",
    // The network and its reserved addresses are among the infrastructure; so is where the API server is.
    "microservices-cluster NetworkPolicy logging/fluent-bit spec.egress[1].to",
    "microservices-cluster NetworkPolicy monitoring/kube-state-metrics spec.egress[1].to",
    "microservices-cluster NetworkPolicy monitoring/prometheus spec.egress[3].to",
    "microservices-cluster NetworkPolicy production/user-service spec.egress[5].to",
    "microservices-cluster Service api-gateway/api-gateway metadata.annotations.networking.gke.io/load-balancer-ip-addresses",
  ]

  private func example() throws -> Topology {
    let folder = ImportText.root.appending(path: "Examples/microservices")
    return try TopologyReader().read(files: try ImportText.files(in: folder))
  }

  private func imported(clusters: [String]? = nil) throws -> Import {
    let topology = try example()
    let result = Importer().run(files: RoundTrip.files(of: topology, clusters: clusters), name: topology.name)
    try ImportText.expectSound(result)
    return result
  }

  @Test("of all clusters and their infrastructure gives the same again, but for what manifests do not say")
  func rendersAllAgain() throws {
    #expect(
      RoundTrip.differences(try example(), try imported().topology).withoutHashes
        == RoundTripTests.ofAllClusters)
  }

  @Test("of one cluster gives the same again, but for what is in another one or in the infrastructure")
  func rendersOneAgain() throws {
    let result = try imported(clusters: ["microservices-cluster"])
    let differences = RoundTrip.differences(try example(), result.topology).withoutHashes
    #expect(differences.filter { !$0.hasPrefix("infrastructure ") } == RoundTripTests.ofOneCluster)
  }

  @Test("says little, and nothing that is not so")
  func saysLittle() throws {
    let result = try imported()
    #expect(result.unread.isEmpty)
    #expect(result.contradictions.isEmpty)
    #expect(result.dropped.map(\.field) == ["data.topology.yml"])
    #expect(
      result.kept.map(\.object.reference.description) == [
        "DNSEndpoint istio-system/microservices",
        "AuthorizationPolicy production/order-service-api-gateway-tokens",
        "RequestAuthentication production/order-service-api-gateway-tokens",
      ])
    let other = try #require(result.placed.first { $0.place.file == "microservices-cluster-dr" })
    #expect(other.object.hasSuffix(" objects"))
    #expect(other.path == "Cluster/microservices-cluster-dr, like those of microservices-cluster")
  }

  @Test("of what differs between clusters finds regions, their roles and the addresses of each")
  func findsRegions() throws {
    let (own, result) = (try example(), try imported().topology)
    #expect(result.regions == own.regions)
    #expect(result.clusters == own.clusters)
    #expect(
      Set(result.networks.flatMap(\.reservedAddresses)) == Set(own.networks.flatMap(\.reservedAddresses)))
    #expect(result.gateways.map(\.addresses) == own.gateways.map(\.addresses))
    #expect(result.serviceMesh?.ingressGateways == own.serviceMesh?.ingressGateways)
    #expect(result.databases == own.databases)
    // Whether it may be lost is for people to say.
    #expect(
      result.redisClusters.map { $0.with { $0.durability = .kept } }
        == own.redisClusters.map { $0.with { $0.durability = .kept } })
  }

  @Test("gives the same workloads")
  func hasSameWorkloads() throws {
    let own = try example().workloads
    let result = try imported().topology.workloads
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

extension Set<String> {
  /// The lines without the hashes that names of ConfigMaps end with.
  fileprivate var withoutHashes: Set<String> {
    Set(map { $0.replacing(#/-files-[0-9a-f]{8}/#, with: "-files") })
  }
}
