import KubeModel
import MeshRender
import MeshTopology
import Testing

@Suite("Importing the platform")
struct PlatformImportTests {
  @Test("clusters of Config Connector come with their network, node pools and regions")
  func readsConfigConnector() throws {
    let topology = try ImportText.run(
      """
      apiVersion: container.cnrm.cloud.google.com/v1beta1
      kind: ContainerCluster
      metadata: {name: prod, namespace: infra}
      spec:
        location: europe-west1
        networkRef: {name: vpc}
        subnetworkRef: {name: nodes}
        ipAllocationPolicy: {clusterSecondaryRangeName: pods, servicesSecondaryRangeName: services}
        releaseChannel: {channel: STABLE}
      ---
      apiVersion: container.cnrm.cloud.google.com/v1beta1
      kind: ContainerCluster
      metadata: {name: prod-dr, namespace: infra}
      spec: {location: europe-west4-a}
      ---
      apiVersion: container.cnrm.cloud.google.com/v1beta1
      kind: ContainerNodePool
      metadata: {name: app, namespace: infra}
      spec:
        clusterRef: {name: prod}
        autoscaling: {minNodeCount: 1, maxNodeCount: 4}
        nodeConfig: {machineType: n2-standard-8, spot: true, taint: [{key: k, value: v, effect: NO_SCHEDULE}]}
      ---
      apiVersion: compute.cnrm.cloud.google.com/v1beta1
      kind: ComputeSubnetwork
      metadata: {name: nodes, namespace: infra}
      spec:
        ipCidrRange: 10.10.0.0/20
        region: europe-west1
        networkRef: {name: vpc}
        secondaryIpRange: [{rangeName: pods, ipCidrRange: 10.20.0.0/16}]
      """
    ).topology
    #expect(
      topology.regions == [
        Region(name: "europe-west1", role: .primary), Region(name: "europe-west4", role: .recovery),
      ])
    let pool = try #require(topology.primaryCluster?.nodePools.first)
    #expect(pool.autoscaling == NodePool.Autoscaling(min: 3, max: 12))
    #expect(pool.interruption == .spot)
    #expect(pool.taints == [NodePool.Taint(key: "k", value: "v", effect: .noSchedule)])
    let subnet = try #require(topology.networks.first?.subnets.first)
    #expect(subnet.range == "10.10.0.0/20")
    // The range that nobody says is one that nobody has.
    #expect(subnet.secondaryRanges.map(\.name) == ["pods", "services"])
    #expect(topology.cluster(named: "prod-dr")?.zones == ["europe-west4-a"])
  }

  static let kong = """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: kong, namespace: edge}
    spec:
      selector: {matchLabels: {app: kong}}
      template:
        metadata: {labels: {app: kong}}
        spec:
          containers:
          - name: proxy
            image: kong:3.9
            env: [{name: KONG_DATABASE, value: "off"}, {name: KONG_LOG_LEVEL, value: info}]
            volumeMounts: [{name: c, mountPath: /opt}]
          volumes: [{name: c, configMap: {name: kong-config}}]
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: kong, namespace: edge}
    spec: {type: LoadBalancer, loadBalancerIP: 203.0.113.9, selector: {app: kong}, ports: [{port: 80, targetPort: 8000}]}
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: kong-config, namespace: edge}
    data:
      kong.yml: |
        _format_version: "3.0"
        services:
        - name: cart
          host: cart.shop.svc.cluster.local
          port: 8080
          routes:
          - name: cart api
            paths: [/cart]
            strip_path: false
            headers: {x-version: ["2"]}
            plugins: [{name: key-auth, config: {key_names: [X-Api-Key]}}]
        plugins:
        - {name: cors, config: {origins: ["https://shop.example.com"], max_age: 3600}}
        - {name: correlation-id, config: {header_name: X-Id}}
        consumers: [{username: partner, keyauth_credentials: [{key: supersecret}]}]
    ---

    """

  @Test("Kong's file in a ConfigMap becomes routes, plug-ins and consumers, without their keys")
  func readsKong() throws {
    let result = try ImportText.run(PlatformImportTests.kong + ImportText.service("cart"))
    let gateway = try #require(result.topology.gateways.first)
    let route = try #require(gateway.routes.first)
    #expect(route.name == "cart-api")
    #expect(route.to == "shop/cart")
    #expect(!route.stripsPath)
    #expect(
      route.authentication
        == .key(Gateway.KeyCheck().with { ($0.names, $0.hidesCredentials) = (["x-api-key"], false) }))
    #expect(gateway.cors?.maxAge == .seconds(3600))
    #expect(gateway.plugins.map(\.name) == ["correlation-id"])
    #expect(gateway.log.level == .info)
    #expect(gateway.addresses == ["region-1": .literal("203.0.113.9")])
    #expect(gateway.consumers.map(\.username) == ["partner"])
    #expect(!(result.files.map(\.text).joined() + result.text).contains("supersecret"))
    #expect(result.dropped.map(\.field).contains("services[0].routes[0].headers"))
  }

  @Test("a Redis of one node is a workload, one of six a cluster", arguments: [(1, false), (6, true)])
  func tellsRedisApart(_ replicas: Int, _ isCluster: Bool) throws {
    let topology = try ImportText.run(
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: redis-cluster, namespace: cache}
      spec:
        replicas: \(replicas)
        selector: {matchLabels: {app: redis}}
        template:
          metadata: {labels: {app: redis}}
          spec: {containers: [{name: redis, image: "redis:7.2", ports: [{containerPort: 6379}]}]}
      """
    ).topology
    #expect(topology.redisClusters.map(\.nodes) == (isCluster ? [6] : []))
    #expect(topology.workloads.count == (isCluster ? 0 : 1))
  }

  @Test("what is left over, dropped, contradictory and assumed is said in words and as JSON")
  func reports() throws {
    let result = try ImportText.run(
      """
      apiVersion: v1
      kind: Service
      metadata: {name: cart, namespace: shop}
      spec: {selector: {app: cart}, ports: [{port: 80}]}
      """)
    #expect(
      result.text == """
        0 objects placed, 1 kept as they are, 0 settings not carried over, 1 contradictions, 3 assumptions

        Kept as they are:
          app.yaml:1 Service shop/cart: it selects no pods that are part of the topology

        Contradictions in the manifests:
          app.yaml:1 Service shop/cart selects no pods: app: cart

        Assumed:
          Environment/embedded: the clusters are embedded ones, to try things on: add one with kind: kubeconfig
          Namespace/shop: no manifest makes it, though some are in it: it has no rules
          Topology/shop regions: no manifest declares a cluster; one in region-1 is assumed

        """)
    #expect(result.json["kept"]?.array?.first?["line"]?.int == 1)
    #expect(
      result.files.map(\.path) == [
        "topology.yaml", "namespaces.yaml", "clusters.yaml", "environments.yaml",
        "manifests/shop/service-cart.yaml",
      ])
  }
}
