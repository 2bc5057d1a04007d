import KubeModel
import MeshRender
import MeshTopology
import Testing

@Suite("The rendered text of traces, measures and logs")
struct ObservabilitySnapshotTests {
  @Test(
    "is as it was",
    arguments: [
      ("prometheus", "prometheus.yml"), ("prometheus", "topology.yml"), ("prometheus", "own.yml"),
      ("fluent-bit", "fluent-bit.conf"), ("fluent-bit", "parsers.conf"),
    ])
  func filesAreUnchanged(_ workload: String, _ name: String) throws {
    try ObservedExample.expectUnchanged(ObservedExample.file(name, of: workload), name)
  }

  @Test("of two files of the same name is as it was", arguments: ["otel-collector", "jaeger"])
  func collectorsAreUnchanged(_ workload: String) throws {
    try ObservedExample.expectUnchanged(
      ObservedExample.file("config.yaml", of: workload), "\(workload).config.yaml")
  }

  @Test("for Prometheus' operator is as it was")
  func operatorIsUnchanged() throws {
    let kinds = ["PodMonitor", "ServiceMonitor", "PrometheusRule"]
    let objects = try ObservedExample.objects { $0.monitoring?.management = .operator }
      .filter { kinds.contains($0.object.kind) }
    try ObservedExample.expectUnchanged(
      objects.map { $0.object.json.yamlText() }.joined(separator: "---\n"), "operator.yaml")
  }

  @Test("for the mesh, and for the operator of Jaeger 1, is as it was")
  func tracingObjectsAreUnchanged() throws {
    let objects = try ObservedExample.objects { $0.tracing?.version = "1.57" }
      .filter { ["Jaeger", "Telemetry"].contains($0.object.kind) }
    try ObservedExample.expectUnchanged(
      objects.map { $0.object.json.yamlText() }.joined(separator: "---\n"), "tracing.yaml")
  }
}
