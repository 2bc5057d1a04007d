internal import KubeModel
internal import MeshTopology

extension Logging {
  /// Fluent Bit on each node.
  func parts(of topology: Topology, in cluster: Cluster?) -> PlatformParts {
    var parts = PlatformParts(workloads: [fluentBitWorkload(of: topology, in: cluster)])
    if destination.isGoogle {
      parts.objects = [
        RenderedObject(object: googlePolicy(of: topology), workload: fluentBit, concern: .policy)
      ]
    }
    return parts
  }

  private func fluentBitWorkload(of topology: Topology, in cluster: Cluster?) -> Workload {
    Workload(name: fluentBit.name, namespace: namespace, image: image).with {
      $0.controller = .daemonSet
      $0.files = [
        ConfigurationFile(
          path: "/fluent-bit/etc/fluent-bit.conf", content: fluentBitConfiguration(of: topology, in: cluster)),
        ConfigurationFile(path: "/fluent-bit/etc/parsers.conf", content: parsersConfiguration),
      ]
      $0.health = HealthCheck(path: "/api/v1/health", port: .number(Logging.statusPort)).with {
        // It is unwell when the destination is, and an end would lose what waits in memory.
        $0.restarts = false
      }
      $0.metrics = MetricsEndpoint(port: Logging.statusPort).with { $0.path = "/api/v1/metrics/prometheus" }
      $0.resources = resources
      $0.volumes = [
        Volume(name: "varlog", path: "/var/log").with { $0.kind = .node },
        // How far each file has been read; a pod that comes after another begins at the end of each file.
        Volume(name: "state", path: Logging.statePath),
      ]
      $0.permissions = [
        Permission(resources: ["namespaces", "pods"], verbs: ["get", "list", "watch"]).with {
          $0.isClusterWide = true
        }
      ]
      $0.googleServiceAccount = googleServiceAccount
      $0.calls = [destination.call].compactMap(\.self)
      $0.hasReadOnlyRoot = true
      // Logs are wanted from every node, whatever is wrong with it.
      $0.tolerations = [Toleration()]
      switch destination {
      case .bigQuery(let table): $0.secrets = [SecretMount(name: table.credentials, path: Logging.keyPath)]
      case .elasticsearch(let service):
        guard let secret = service.secret else { break }
        $0.env["ELASTICSEARCH_USERNAME"] = .secret(name: secret, key: "username")
        $0.env["ELASTICSEARCH_PASSWORD"] = .secret(name: secret, key: "password")
      case .cloudLogging, .http, .stdout: break
      }
    }
  }

  /// The way to Google's APIs, whose addresses change, and to the node's metadata server, which says who the
  /// pod is.
  private func googlePolicy(of topology: Topology) -> KubeObject {
    var policy = KubeObject(kind: .networkPolicy, namespace: namespace, name: "\(fluentBit.name)-google")
    policy.labels = Renderer.systemLabels(of: topology).merging([MeshLabels.app: fluentBit.name]) { own, _ in
      own
    }
    let anywhere: JSONValue = [
      "to": [["ipBlock": ["cidr": "0.0.0.0/0"]]], "ports": [["protocol": "TCP", "port": 443]],
    ]
    policy.set("spec", "podSelector", "matchLabels", to: .strings([MeshLabels.app: fluentBit.name]))
    policy.set("spec", "policyTypes", to: ["Egress"])
    policy.set("spec", "egress", to: .array([anywhere] + MetadataServer.egress))
    return policy
  }
}
