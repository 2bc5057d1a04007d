import MeshRender
import MeshTopology

/// A system with what used to get lost on its way through manifests.
enum LossTopology {
  static let text = """
    apiVersion: meshctl.dev/v1alpha1
    kind: Topology
    metadata: {name: tickets}
    spec: {regions: [{name: us-east1, role: primary}, {name: us-west1, role: recovery}]}
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Network
    metadata: {name: vpc}
    spec:
      project: tickets-1
      nat: {addresses: 2, portsPerNode: 128}
      privateServicesRange: 10.40.0.0/20
      subnets:
        - {name: east, region: us-east1, range: 10.0.0.0/24, secondaryRanges: [{name: pods, range: 10.1.0.0/16}, {name: services, range: 10.2.0.0/20}]}
        - {name: west, region: us-west1, range: 10.10.0.0/24, secondaryRanges: [{name: pods, range: 10.11.0.0/16}, {name: services, range: 10.12.0.0/20}]}
      reservedAddresses: [{name: entry, region: us-east1}]
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Cluster
    metadata: {name: east}
    spec: {region: us-east1, network: vpc, subnetwork: east, podsRange: pods, servicesRange: services, controlPlaneRange: 172.16.0.0/28, nodePools: [{name: main, machineType: e2-standard-4}]}
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Cluster
    metadata: {name: west}
    spec: {region: us-west1, network: vpc, subnetwork: west, podsRange: pods, servicesRange: services, controlPlaneRange: 172.16.1.0/28, nodePools: [{name: main, machineType: e2-standard-4}]}
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Namespace
    metadata: {name: shop}
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: ExternalService
    metadata: {name: stripe, namespace: shop}
    spec: {hosts: [api.stripe.com]}
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: ExternalService
    metadata: {name: ledger, namespace: shop}
    spec: {hosts: [ledger.example.net], ports: [{name: tcp, port: 5439, protocol: tcp}], addresses: [203.0.113.8/32, 203.0.113.9/32]}
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Workload
    metadata: {name: booking, namespace: shop}
    spec:
      image: registry.example.com/booking:1.0
      ports: [{name: http, port: 80, targetPort: 8080, protocol: http}, {name: gossip, port: 7946, protocol: tcp}]
      health: {path: /health}
      resources: {cpu: 100m, memory: 128Mi}
      calls:
        - {to: stripe}
        - {to: ledger}
        - {to: tickets}
        - {to: sessions}
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Workload
    metadata: {name: seats, namespace: shop}
    spec:
      image: registry.example.com/seats:1.0
      controller: statefulSet
      replicas: 3
      ports: [{name: http, port: 8080, protocol: http}, {name: gossip, port: 7946, protocol: tcp}]
      resources: {cpu: 100m, memory: 128Mi}
      calls: [{to: seats, port: gossip}]
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: RedisCluster
    metadata: {name: sessions, namespace: shop}
    spec: {storage: 5Gi, password: {name: sessions-auth, key: secret}}
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Database
    metadata: {name: tickets, namespace: shop}
    spec:
      storage: 20Gi
      backup: {destination: "gs://tickets/"}
      replication: {kind: streaming, maximumLag: 30s, hosts: {us-east1: db.east.example.com, us-west1: db.west.example.com}}
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Gateway
    metadata: {name: entry, namespace: shop}
    spec:
      certificate: shop-tls
      addresses: {us-east1: entry, us-west1: 198.51.100.7}
      routes: [{name: booking, to: booking, port: http, paths: [/booking]}]
    """

  static func topology() throws -> Topology {
    try TopologyReader().read(files: [TopologyFile(path: "tickets.yaml", bytes: Array(text.utf8))])
  }

  /// The system as it comes back from everything that is rendered of it.
  static func imported() throws -> Import {
    let result = Importer().run(files: RoundTrip.files(of: try topology()), name: "tickets")
    try ImportText.expectSound(result)
    return result
  }
}
