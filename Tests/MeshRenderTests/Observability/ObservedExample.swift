import Foundation
import KubeModel
import MeshTopology
import Testing

@testable import MeshRender

/// A system that is watched as the reference design is, and what is rendered from it.
enum ObservedExample {
  static let text = """
    apiVersion: meshctl.dev/v1alpha1
    kind: Topology
    metadata:
      name: microservices
    spec:
      regions:
        - name: asia-northeast1
          role: primary
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Cluster
    metadata:
      name: microservices-cluster
    spec:
      region: asia-northeast1
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Namespace
    metadata:
      name: production
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Namespace
    metadata:
      name: cache
    spec:
      istioInjection: false
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Namespace
    metadata:
      name: monitoring
    spec:
      istioInjection: false
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Namespace
    metadata:
      name: observability
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Namespace
    metadata:
      name: logging
    spec:
      podSecurity: privileged
      istioInjection: false
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: ServiceMesh
    metadata:
      name: mesh
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Workload
    metadata:
      name: user-service
      namespace: production
    spec:
      image: gcr.io/project/user-service:1.4.2
      ports:
        - name: http
          port: 8080
      rollout:
        steps: [20]
        judge:
          minimumRequests: 100
          successRate:
            minimum: 99
          latency:
            maximum: 500ms
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Workload
    metadata:
      name: cache
      namespace: cache
    spec:
      image: redis:7-alpine
      metrics:
        port: 9121
        path: /measures
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: ExternalService
    metadata:
      name: search
      namespace: observability
    spec:
      hosts: [es.example.com]
      ports:
        - name: https
          port: 9243
          protocol: https
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Tracing
    metadata:
      name: jaeger
      namespace: observability
    spec:
      sampling: 10
      collector:
        maxReplicas: 3
        resources:
          cpu: 200m
          memory: 512Mi
          memoryLimit: 1Gi
      storage:
        elasticsearch:
          nodes: 3
          size: 50Gi
      query:
        replicas: 2
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Monitoring
    metadata:
      name: prometheus
      namespace: monitoring
    spec:
      scrapeInterval: 15s
      evaluationInterval: 15s
      stateMetrics: {}
      rules:
        - name: orders
          rules:
            - alert: NoOrders
              expr: sum(rate(istio_requests_total{destination_workload="user-service"}[5m])) == 0
              for: 10m
              keepFiringFor: 5m
              labels:
                severity: critical
              annotations:
                summary: nobody has ordered anything for ten minutes
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Logging
    metadata:
      name: fluent-bit
      namespace: logging
    spec:
      namespaces: [production]
      flush: 5s
      logLevel: info
      memBufLimit: 50M
      refreshInterval: 5s
      skipLongLines: true
      multilineParsers: [docker, cri]
      mergeLog: true
      parserAnnotation: true
      excludeAnnotation: false
      destination:
        bigQuery:
          project: my-project
          dataset: microservices_logs
          table: application_logs
          credentials: fluent-bit-bigquery

    """

  static func topology() throws -> Topology {
    try TopologyReader().read(files: [TopologyFile(path: "observed.yaml", bytes: Array(text.utf8))])
  }

  /// All objects for the one cluster, after a change.
  static func objects(_ change: (inout Topology) -> Void = { _ in }) throws -> [RenderedObject] {
    let topology = try topology().with(change)
    return Renderer(topology: topology).objects(for: try #require(topology.primaryCluster))
  }

  /// The file called `name` of a workload, after a change.
  static func file(_ name: String, of workload: String, _ change: (inout Topology) -> Void = { _ in }) throws
    -> String
  {
    let maps = try objects(change).of("ConfigMap").filter { $0.name.hasPrefix("\(workload)-files-") }
    return try #require(maps.first?[path: "data", name]?.string)
  }

  /// The file of YAML called `name` of a workload.
  static func yaml(_ name: String, of workload: String, _ change: (inout Topology) -> Void = { _ in }) throws
    -> JSONValue
  {
    let text = try file(name, of: workload, change)
    let documents = try YAMLReader().documents(Array(text.utf8), file: name)
    return try #require(documents.first?.json)
  }

  /// Compares with a file, or writes it anew with `MESHKIT_UPDATE_SNAPSHOTS=1`.
  static func expectUnchanged(_ text: String, _ name: String) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Snapshots")
    let file = folder.appending(path: name)
    if ProcessInfo.processInfo.environment["MESHKIT_UPDATE_SNAPSHOTS"] == "1" {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
  }
}
