internal import KubeModel
internal import MeshTopology

extension Tracing {
  /// What the mesh calls the collector.
  static let provider = "opentelemetry"

  /// What the installation of Istio has to say about tracing, as a part of `meshConfig`.
  func meshConfig() -> JSONValue {
    [
      "enableTracing": true,
      "extensionProviders": [
        [
          "name": .string(Tracing.provider),
          "opentelemetry": [
            "service": .string("\(collector.name).\(namespace).svc.cluster.local"),
            "port": .int(Int64(TracePort.otlpGRPC.port)),
          ],
        ]
      ],
    ]
  }

  /// What tells the proxies which share of requests to trace; nothing without a mesh.
  ///
  /// A namespace has at most one Telemetry that selects no workloads: these are the ones of theirs.
  func telemetry(of topology: Topology) -> [KubeObject] {
    let meshed = topology.namespaces.filter(\.hasIstioInjection).map(\.name)
    guard !meshed.isEmpty else { return [] }
    var mesh = KubeObject(kind: .telemetry, namespace: topology.istioNamespace, name: "mesh-default")
    mesh.labels = Renderer.systemLabels(of: topology)
    let share = Int64(exactly: sampling.value).map(JSONValue.int) ?? .double(sampling.value)
    mesh.set(
      "spec", "tracing",
      to: [["providers": [["name": .string(Tracing.provider)]], "randomSamplingPercentage": share]])
    guard meshed.contains(namespace) else { return [mesh] }
    // To send a trace is a request too: traced itself, it would never end.
    var own = KubeObject(kind: .telemetry, namespace: namespace, name: "untraced")
    own.labels = Renderer.systemLabels(of: topology)
    own.set("spec", "tracing", to: [["disableSpanReporting": true]])
    return [mesh, own]
  }
}
