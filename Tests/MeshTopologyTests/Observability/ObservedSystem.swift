import MeshTopology

/// A small topology that is watched in every way; the tests of wrong ones change one thing.
enum ObservedSystem {
  static let text = """
    apiVersion: meshctl.dev/v1alpha1
    kind: Topology
    metadata:
      name: shop
    spec:
      regions:
        - name: tokyo
          role: primary
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Namespace
    metadata:
      name: production
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Namespace
    metadata:
      name: watching
    spec:
      istioInjection: false
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
    spec:
      outbound: registryOnly
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
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: ExternalService
    metadata:
      name: search
      namespace: watching
    spec:
      hosts: [es.example.com]
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Tracing
    metadata:
      name: jaeger
      namespace: watching
    spec:
      sampling: 10
      version: "2.11.0"
      collector:
        minReplicas: 1
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
      namespace: watching
    spec:
      scrapeInterval: 15s
      evaluationInterval: 15s
      scrapeTimeout: 10s
      externalLabels:
        team: shop
      alertmanagers: [search]
      builtInRules: [availability, latency]
      rules:
        - name: orders
          rules:
            - alert: NoOrders
              expr: sum(rate(orders_total[5m])) == 0
              for: 10m
              labels:
                severity: critical
            - record: orders:rate5m
              expr: sum(rate(orders_total[5m]))
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Logging
    metadata:
      name: logs
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
      parsers:
        - name: levels
          format: regex
          regex: '^(?<level>[A-Z]+) (?<message>.*)$'
      destination:
        bigQuery:
          project: my-project
          dataset: microservices_logs
          table: application_logs
          credentials: bigquery-writer

    """
}

extension Topology {
  /// The whole of `ObservedSystem`.
  static func observed() throws -> Topology { try SmallTopology.read(ObservedSystem.text) }
}
