internal import KubeModel
internal import MeshTopology

extension RedisCluster {
  /// The nodes, and the Job that makes a cluster of them.
  func parts(of topology: Topology, in cluster: Cluster?) -> PlatformParts {
    var parts = PlatformParts()
    parts.workloads = [workload]
    if let cluster { parts.objects = formation(in: cluster, renderer: Renderer(topology: topology)) }
    return parts
  }

  /// The nodes: a StatefulSet, whose pods call each other on both ports.
  var workload: Workload {
    Workload(name: name, namespace: namespace, image: image).with {
      $0.controller = .statefulSet
      $0.replicas = nodes
      $0.command = ["redis-server", RedisCluster.configurationPath]
      $0.args = arguments
      $0.ports = ports
      $0.health = HealthCheck(port: "redis")
      $0.resources = resources
      $0.env = ["POD_IP": .field("status.podIP")].merging(secret("REDIS_PASSWORD")) { own, _ in own }
      $0.files = [
        ConfigurationFile(path: RedisCluster.configurationPath, content: configuration),
        ConfigurationFile(path: RedisScript.path, content: RedisScript.text),
      ]
      $0.volumes = [
        Volume(name: "data", path: RedisCluster.dataPath).with {
          $0.kind = .persistent
          $0.size = storage
          $0.storageClass = storageClass
        }
      ]
      $0.sidecars = [keeper]
      $0.runAsUser = runAsUser
      $0.fsGroup = runAsUser
      $0.hasReadOnlyRoot = true
      $0.calls = ["redis", "bus"].map { port in Call(to: reference).with { $0.port = .name(port) } }
      $0.disruption = DisruptionBudget()
      $0.spread = Spread().with { $0.nodes = .required }
      // A master that ends waits for its replicas to have all it has.
      $0.terminationGracePeriod = .seconds(60)
    }
  }

  static let configurationPath = "/conf/redis.conf"
  static let dataPath = "/data"

  /// Each node announces the address of its pod. Behind a proxy the others would take the proxy's for it, and a name
  /// would not do: nodes of Redis 7 tell names to clients only, and connect to each other by address.
  private var arguments: [String] {
    let password =
      password == nil ? [] : ["--requirepass", "$(REDIS_PASSWORD)", "--masterauth", "$(REDIS_PASSWORD)"]
    return ["--dir", RedisCluster.dataPath, "--cluster-announce-ip", "$(POD_IP)"] + password
  }

  private var keeper: Container {
    Container(name: "keep-addresses", image: image).with {
      $0.command = ["sh", RedisScript.path, "keep"]
      $0.env = ["NODES": .text(nodeNames)].merging(secret("REDISCLI_AUTH")) { own, _ in own }
      $0.resources = ComputeResources(cpu: "10m", memory: "16Mi").with { $0.memoryLimit = "64Mi" }
      $0.runAsUser = runAsUser
    }
  }

  /// The names of the pods, by which they find each other before they are ready.
  var nodeNames: String {
    (0..<nodes).map { "\(name)-\($0).\(workloadHeadlessName).\(namespace).svc.cluster.local" }.joined(
      separator: " ")
  }

  private var workloadHeadlessName: String {
    Workload(name: name, namespace: namespace, image: image).headlessName
  }

  /// The password as an environment variable; empty without a password.
  func secret(_ variable: String) -> [String: EnvironmentValue] {
    password.map { [variable: .secret(name: $0.name, key: $0.key)] } ?? [:]
  }
}
