import HTTPTypes
import KubeModel
import PromQL
import Seams
import Testing

@testable import MeshSim

@Suite("A cluster's metrics")
struct MetricsTests {
  static func busyCluster() throws -> MeshCluster {
    let mesh = try MeshCluster(["a", "b"], errorRate: 0.1)
    let (a, b) = (MeshCluster.name("a"), MeshCluster.name("b"))
    mesh.cluster.cluster.setTraffic(TrafficPlan(sources: [a: 50], calls: [a: [(callee: b, perRequest: 1)]]))
    return mesh
  }

  @Test("tell of the same requests as its statistics")
  func counts() throws {
    let mesh = try MetricsTests.busyCluster()
    mesh.cluster.advance(60)
    let text = mesh.cluster.cluster.metricsText
    let lines = text.split(separator: "\n").filter {
      $0.hasPrefix("istio_requests_total{") && $0.contains("reporter=\"destination\"")
        && $0.contains("destination_workload=\"b\"")
    }
    let total = lines.compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }.reduce(0, +)
    let known = mesh.cluster.statistics("b", since: SimulatedFleet.epoch)
    #expect(Int(total) == known.requests && known.requests > 2_000)
    let failed = lines.filter { $0.contains("response_code=\"500\"") }
      .compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }.reduce(0, +)
    #expect(Int(failed) == known.failures && known.failures > 100)
  }

  @Test("carry Istio's labels on both sides")
  func labels() throws {
    let mesh = try MetricsTests.busyCluster()
    mesh.cluster.advance(20)
    let lines = mesh.cluster.cluster.metricsText.split(separator: "\n").map(String.init)
    let line = try #require(
      lines.first {
        $0.hasPrefix("istio_requests_total{") && $0.contains("reporter=\"destination\"")
          && $0.contains("destination_workload=\"b\"") && $0.contains("response_code=\"200\"")
      })
    for label in [
      "connection_security_policy=\"mutual_tls\"", "destination_app=\"b\"",
      "destination_canonical_service=\"b\"",
      "destination_principal=\"spiffe://cluster.local/ns/n/sa/default\"",
      "destination_service=\"b.n.svc.cluster.local\"", "destination_service_name=\"b\"",
      "destination_service_namespace=\"n\"", "destination_workload_namespace=\"n\"",
      "request_protocol=\"http\"",
      "response_flags=\"-\"", "source_app=\"a\"", "source_workload=\"a\"", "source_workload_namespace=\"n\"",
      "source_canonical_revision=\"latest\"", "source_cluster=\"Kubernetes\"",
      "source_principal=\"spiffe://cluster.local/ns/n/sa/default\"",
    ] { #expect(line.contains(label), "\(label) in \(line)") }
  }

  @Test("are there for objects, containers and the server too")
  func names() throws {
    let mesh = try MetricsTests.busyCluster()
    mesh.cluster.advance(20)
    let text = mesh.cluster.cluster.metricsText
    for name in [
      "istio_request_duration_milliseconds_bucket", "istio_request_duration_milliseconds_sum",
      "istio_request_bytes_count",
      "istio_response_bytes_sum", "kube_pod_info", "kube_pod_status_phase", "kube_pod_status_ready",
      "kube_pod_container_status_restarts_total", "kube_pod_owner", "kube_deployment_spec_replicas",
      "kube_deployment_status_replicas_available", "kube_replicaset_owner",
      "container_cpu_usage_seconds_total",
      "container_memory_working_set_bytes", "apiserver_storage_objects", "kube_namespace_status_phase",
    ] { #expect(text.contains("\n\(name){"), "\(name)") }
    #expect(text.contains("kube_deployment_spec_replicas{deployment=\"a\",namespace=\"n\"} 2\n"))
  }

  @Test(
    "answer queries from when somebody first asks",
    arguments: [
      ("sum(rate(istio_requests_total{reporter=\"destination\",destination_workload=\"b\"}[1m]))", 40.0...50),
      (
        "sum(rate(istio_requests_total{reporter=\"source\",destination_service_name=\"b\",response_code=~\"5.*\"}[2m])) / sum(rate(istio_requests_total{reporter=\"source\",destination_service_name=\"b\"}[2m]))",
        0.07...0.13
      ),
      (
        "histogram_quantile(0.99, sum(rate(istio_request_duration_milliseconds_bucket{reporter=\"destination\",destination_workload=\"b\"}[2m])) by (le))",
        60...250
      ),
      ("sum(rate(container_cpu_usage_seconds_total{namespace=\"n\",pod=~\"b-.*\"}[2m]))", 0.08...0.12),
      ("kube_deployment_status_replicas_ready{deployment=\"a\"}", 2...2),
      ("count(kube_pod_status_phase{phase=\"Running\"} == 1)", 4...4), ("sum(up)", 5...5),
    ] as [(String, ClosedRange<Double>)])
  func queries(query: String, expected: ClosedRange<Double>) throws {
    let mesh = try MetricsTests.busyCluster()
    mesh.cluster.cluster.keepMetrics()
    mesh.cluster.advance(300)
    let value = try MetricsTests.value(of: query, in: mesh)
    #expect(expected.contains(value), "\(query) is \(value)")
  }

  static func value(of query: String, in mesh: MeshCluster) throws -> Double {
    let answer = mesh.cluster.cluster.query(
      path: "/api/v1/query", parameters: QueryParameters(["query": query]))
    let body = try JSONValue(json: answer.body)
    let result = body[path: "data", "result"]?.array?.first?["value"]?.array ?? []
    return try #require(
      result.last?.string.flatMap(Double.init), "\(String(decoding: answer.body, as: UTF8.self))")
  }

  @Test("show what is gone as gone at once")
  func stale() throws {
    let mesh = try MetricsTests.busyCluster()
    mesh.cluster.cluster.keepMetrics()
    mesh.cluster.advance(60)
    try mesh.cluster.send(.delete, deployments + "/b")
    mesh.cluster.advance(60)
    #expect(
      try MetricsTests.value(of: "count(kube_deployment_spec_replicas{namespace=\"n\"})", in: mesh) == 1)
    #expect(try MetricsTests.value(of: "count(kube_pod_info{namespace=\"n\"})", in: mesh) == 2)
  }

  @Test("cost nothing until somebody asks")
  func lazy() throws {
    let mesh = try MetricsTests.busyCluster()
    mesh.cluster.advance(60)
    #expect(mesh.cluster.cluster.withState { $0.traffic.keeper == nil })
    _ = mesh.cluster.cluster.query(path: "/api/v1/query", parameters: QueryParameters(["query": "up"]))
    #expect(mesh.cluster.cluster.withState { $0.traffic.keeper != nil })
  }

  @Test("of one seed are the same text")
  func deterministic() throws {
    func text() throws -> String {
      let mesh = try MetricsTests.busyCluster()
      mesh.cluster.advance(30)
      return mesh.cluster.cluster.metricsText
    }
    #expect(try text() == text())
  }
}
