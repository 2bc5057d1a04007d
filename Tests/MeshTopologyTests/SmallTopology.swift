import MeshTopology
import Testing

/// A topology that is right and uses every kind of document; the tests of wrong ones change one thing.
enum SmallTopology {
  /// The topology.
  static let text = text(adding: "")

  /// The topology with further documents after those that the tests change.
  static func text(adding documents: String) -> String { changed + documents + standby }

  /// Where the recovery objectives have somebody to take over.
  private static let standby = """
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Cluster
    metadata:
      name: standby
    spec:
      region: osaka

    """

  private static let changed = """
    apiVersion: meshctl.dev/v1alpha1
    kind: Topology
    metadata:
      name: shop
    spec:
      regions:
        - name: tokyo
          role: primary
        - name: osaka
          role: recovery
      recovery:
        rto: 15m
        rpo: 5m
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Network
    metadata:
      name: vpc
    spec:
      subnets:
        - name: nodes
          region: tokyo
          range: 10.0.1.0/24
          secondaryRanges:
            - name: pods
              range: 10.1.0.0/16
            - name: services
              range: 10.2.0.0/16
        - name: nodes-dr
          region: osaka
          range: 10.10.1.0/24
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Cluster
    metadata:
      name: main
    spec:
      region: tokyo
      network: vpc
      subnetwork: nodes
      podsRange: pods
      servicesRange: services
      controlPlaneRange: 10.0.100.0/28
      nodePools:
        - name: pool
          machineType: e2-standard-4
          diskSizeGb: 50
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Namespace
    metadata:
      name: production
    spec:
      podSecurity: restricted
      istioInjection: true
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Namespace
    metadata:
      name: cache
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
        - name: grpc
          port: 9090
          protocol: grpc
      health:
        path: /health
        initialDelay: 5s
      resources:
        cpu: 250m
        memory: 256Mi
        memoryLimit: 512Mi
      env:
        MODE: fast
      calls:
        - to: order-service
          port: http
        - to: cache/redis
          perRequest: 0.5
      autoscaling:
        min: 3
        max: 50
        cpu: 70
        behavior:
          scaleUp:
            stabilization: 60s
      traffic:
        subsets:
          - name: v1
            weight: 80
          - name: v2
            weight: 20
        headerRoutes:
          - header: version
            exact: v2
            subset: v2
        loadBalancer: leastRequest
      rollout:
        steps: [5, 20, 50]
        bake: 60s
        judge:
          successRate:
            minimum: 99.5
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Workload
    metadata:
      name: order-service
      namespace: production
    spec:
      image: gcr.io/project/order-service:2.3.0
      replicas: 3
      exposed: true
      ports:
        - name: http
          port: 80
          targetPort: 8080
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Workload
    metadata:
      name: redis
      namespace: cache
    spec:
      image: redis:7-alpine
      ports:
        - name: redis
          port: 6379
          protocol: tcp
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Environment
    metadata:
      name: embedded
    spec:
      clusters:
        main:
          kind: embedded
      simulation:
        traffic:
          - to: order-service
            requestsPerSecond: 100
        images:
          - match: "*/user-service:1.6.*"
            startup: 3s
            latency:
              median: 20ms
              p99: 120ms
            errorRate: 0.1

    """

  /// Reads texts as the files `a.yaml`, `b.yaml` and so on.
  static func read(_ texts: String...) throws(TopologyProblems) -> Topology {
    let names = "abcdefgh".map { "\($0).yaml" }
    return try TopologyReader().read(
      files: zip(names, texts).map { TopologyFile(path: $0, bytes: Array($1.utf8)) })
  }

  /// The problems of texts, as they are printed.
  static func problems(_ texts: String...) -> [String] {
    let names = "abcdefgh".map { "\($0).yaml" }
    let files = zip(names, texts).map { TopologyFile(path: $0, bytes: Array($1.utf8)) }
    do {
      _ = try TopologyReader().read(files: files)
      return []
    } catch {
      return error.problems.map(\.description)
    }
  }
}
