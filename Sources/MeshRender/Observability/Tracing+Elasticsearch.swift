internal import KubeModel
internal import MeshTopology

extension Tracing {
  /// The Elasticsearch nodes that hold the traces.
  ///
  /// Its own TLS and passwords are off: only Jaeger gets to it, by NetworkPolicy and by the mesh's identities.
  func elasticsearchWorkload(_ storage: TraceStorage.Elasticsearch) -> Workload {
    Workload(name: elasticsearch.name, namespace: namespace, image: storage.image).with {
      $0.controller = .statefulSet
      $0.replicas = storage.nodes
      $0.ports = [
        Workload.Port(name: "http", port: 9200),
        Workload.Port(name: "transport", port: 9300).with { $0.protocol = .tcp },
      ]
      $0.env = elasticsearchEnvironment(nodes: storage.nodes)
      $0.health = HealthCheck(path: "/_cluster/health?local=true", port: .name("http")).with {
        $0.timeout = .seconds(5)
        $0.startupTime = .seconds(300)
        // A node that others miss gets well by itself; starting it anew would only take its shards away.
        $0.restarts = false
      }
      $0.resources = storage.resources
      $0.volumes = [
        Volume(name: "data", path: "/usr/share/elasticsearch/data").with {
          $0.kind = .persistent
          $0.size = storage.size
          $0.storageClass = storage.storageClass
        }
      ]
      $0.runAsUser = 1000
      $0.fsGroup = 1000
      $0.terminationGracePeriod = .seconds(120)
      // The nodes find and replicate to each other.
      $0.calls = [Call(to: elasticsearch).with { $0.port = .name("transport") }]
    }
  }

  private func elasticsearchEnvironment(nodes: Int) -> [String: EnvironmentValue] {
    var variables: [String: EnvironmentValue] = [
      "cluster.name": .text(elasticsearch.name), "node.name": .field("metadata.name"),
      "xpack.security.enabled": "false",
      // Otherwise nodes need a kernel setting that only a privileged container can make.
      "node.store.allow_mmap": "false",
    ]
    if nodes == 1 {
      variables["discovery.type"] = "single-node"
    } else {
      let names = (0..<nodes).map { "\(elasticsearch.name)-\($0)" }
      variables["discovery.seed_hosts"] = .text("\(elasticsearch.name)-pods")
      variables["cluster.initial_master_nodes"] = .text(names.prefix(3).joined(separator: ","))
    }
    return variables
  }
}
