import KubeModel
import MeshRender
import MeshTopology
import Testing

extension ContradictionTests {
  @Test("7: what was removed is not rendered, and every pod keeps to the level of its namespace")
  func isOfToday() throws {
    #expect(system.of("PodSecurityPolicy").isEmpty && system.of("IstioOperator").isEmpty)
    let levels = Dictionary(
      uniqueKeysWithValues: system.of("Namespace").map {
        ($0.name, $0.labels["pod-security.kubernetes.io/enforce"])
      })
    let restricted = system.pods.filter {
      levels[$0.namespace] == "restricted" && !$0.owner.hasPrefix("Cluster ")
    }
    #expect(restricted.count >= 6)
    for pod in restricted {
      let context = pod.spec["securityContext"] ?? .null
      #expect(context["runAsNonRoot"] == true, "\(pod.owner)")
      #expect(context[path: "seccompProfile", "type"] == "RuntimeDefault", "\(pod.owner)")
      for key in ["hostNetwork", "hostPID", "hostIPC"] {
        #expect(pod.spec[key] == nil, "\(pod.owner) \(key)")
      }
      let kinds = (pod.spec["volumes"]?.array ?? []).flatMap { $0.object?.members.map(\.key) ?? [] }
      #expect(
        Set(kinds).isSubset(of: ["name", "configMap", "emptyDir", "projected", "secret", "downwardAPI"]))
      for container in pod.containers {
        let own = container["securityContext"] ?? .null
        #expect(own["allowPrivilegeEscalation"] == false, "\(pod.owner)")
        #expect(own[path: "capabilities", "drop"] == ["ALL"], "\(pod.owner)")
        #expect(own["privileged"] == nil, "\(pod.owner)")
      }
    }
    let wrong = try RenderedSystem.problems(
      in: "user-service.yaml", "  health:", "  capabilities: [SYS_ADMIN]\n  health:")
    #expect(
      wrong == ["the capability SYS_ADMIN, which the level restricted of the namespace production forbids"])
  }

  @Test("11: Redis is a cluster, whose nodes know each other and are kept apart")
  func formsRedisCluster() throws {
    let lines = try system.configuration("redis.conf").split(separator: "\n")
    #expect(lines.contains("cluster-enabled yes"))
    for object in system.of("StatefulSet") {
      let service = try system.only(
        "Service", try #require(object[path: "spec", "serviceName"]?.string), in: object.namespace ?? "")
      #expect(service[path: "spec", "clusterIP"] == "None")
      let selector = LabelSelector(matchLabels: service[path: "spec", "selector"]?.stringMap ?? [:])
      #expect(selector.matches(object.podLabels), "\(object.reference)")
    }
    let headless = try system.only("Service", "redis-cluster-pods", in: "cache")
    #expect(headless.targetPorts == [6379, 16379])
    let node = try #require(system.pod(of: "cache/redis-cluster"))
    for port in [6379, 16379] as [Int64] {
      #expect(node.ports.contains(port))
      #expect(network.allow(from: .init(node), to: .init(node), port: port))
    }
    let forming = try #require(system.pods.first { $0.owner.hasPrefix("Job ") && $0.namespace == "cache" })
    let environment = forming.containers.first?["env"]?.array ?? []
    #expect(environment.contains(["name": "MASTERS", "value": "3"]))
    #expect(network.allow(from: .init(forming), to: .init(node), port: 6379))
    _ = try system.only("PodDisruptionBudget", "redis-cluster", in: "cache")
    let spread = node.spec["topologySpreadConstraints"]?.array ?? []
    #expect(
      spread.contains {
        $0["topologyKey"] == "kubernetes.io/hostname" && $0["whenUnsatisfiable"] == "DoNotSchedule"
      })
    let wrong = try RenderedSystem.problems(in: "data.yaml", "  maxMemory:", "  masters: 2\n  maxMemory:")
    #expect(wrong == ["2 is outside 3 to 500"])
  }

  @Test("12: an autoscaler's pods request what it measures, the proxy included, and nobody else counts them")
  func canScale() throws {
    let installation = try #require(system.files.first { $0.path == "istio.yaml" })
    let node = try #require(
      try YAMLReader().documents(Array(installation.text.utf8), file: installation.path).first)
    let proxy = node.json[path: "spec", "values", "global", "proxy", "resources", "requests"]
    let scalers = system.of("HorizontalPodAutoscaler")
    #expect(scalers.count == 2)
    for scaler in scalers {
      let target = try system.only(
        try #require(scaler[path: "spec", "scaleTargetRef", "kind"]?.string),
        try #require(scaler[path: "spec", "scaleTargetRef", "name"]?.string), in: scaler.namespace ?? "")
      #expect(target[path: "spec", "replicas"] == nil)
      let pod = try #require(system.pods.first { $0.owner == "\(target.reference)" })
      for metric in scaler[path: "spec", "metrics"]?.array ?? [] {
        let resource = try #require(metric[path: "resource", "name"]?.string)
        for container in pod.containers {
          #expect(container[path: "resources", "requests"]?[resource] != nil, "\(pod.owner) \(resource)")
        }
        #expect(!system.hasProxy(pod) || proxy?[resource] != nil)
      }
    }
    let pinned = try RenderedSystem.problems(
      in: "user-service.yaml", "  autoscaling:\n", "  replicas: 3\n  autoscaling:\n")
    #expect(pinned == ["replicas beside autoscaling: the autoscaler decides how many pods there are"])
    let unmeasured = try RenderedSystem.problems(
      in: "user-service.yaml", "  resources:\n    cpu: 250m\n    memory: 256Mi\n    memoryLimit: 512Mi\n", "")
    #expect(
      unmeasured == ["autoscaling without resources: use is measured in percent of what a pod requests"])
  }

  @Test("13: what a backup names is there, and no more is lost than the rpo allows")
  func keepsRecoveryPoint() throws {
    let schedules = system.of("Schedule")
    #expect(schedules.count == 1)
    for schedule in schedules {
      let template = try #require(schedule[path: "spec", "template"])
      _ = try system.only(
        "BackupStorageLocation", try #require(template["storageLocation"]?.string), in: "velero")
      for name in (template["volumeSnapshotLocations"]?.array ?? []).compactMap(\.string) {
        _ = try system.only("VolumeSnapshotLocation", name, in: "velero")
      }
      for name in (template["includedNamespaces"]?.array ?? []).compactMap(\.string) {
        #expect(system.of("Namespace").contains { $0.name == name })
      }
    }
    #expect(
      try RenderedSystem.problems(in: "data.yaml", "archiveTimeout: 1m", "archiveTimeout: 10m") == [
        "up to 10m of writes to the database database-service in namespace production would be lost with the "
          + "primary region, 5m are allowed"
      ])
    #expect(
      try RenderedSystem.problems(in: "backup.yaml", "storageLocation: gcs-backup", "storageLocation: gcs")
        == [
          "there is no storage location \"gcs\""
        ])
  }

  @Test("14: traces go to Jaeger 2 through a collector that is there")
  func tracesToday() throws {
    #expect(system.of("Jaeger").isEmpty)
    let images = system.pods.flatMap(\.containers).compactMap { $0["image"]?.string }
    #expect(images.filter { $0.contains("jaeger:") }.allSatisfy { $0.contains("jaeger:2.") })
    let collector = try #require(system.pod(of: "observability/otel-collector"))
    let jaeger = try #require(system.pod(of: "observability/jaeger"))
    #expect(network.allow(from: .init(collector), to: .init(jaeger), port: 4317))
    for pod in system.pods where system.hasProxy(pod) && pod.owner != collector.owner {
      #expect(network.allow(from: .init(pod), to: .init(collector), port: 4317), "\(pod.owner)")
    }
  }

  @Test("15: Prometheus reads its token as it is told to today")
  func readsToken() throws {
    let jobs = try system.yaml("prometheus.yml")["scrape_configs"]?.array ?? []
    #expect(jobs.allSatisfy { $0["bearer_token_file"] == nil })
    let secured = jobs.filter { $0["scheme"] == "https" }
    #expect(!secured.isEmpty)
    #expect(secured.allSatisfy { $0[path: "authorization", "credentials_file"] != nil })
  }

  @Test("16: no two ranges share addresses, and pools have no more nodes than room")
  func hasRoom() throws {
    let objects = system.renderer.infrastructure().map(\.object)
    let subnets = objects.filter { $0.kind == "ComputeSubnetwork" }
    let controlPlanes = objects.compactMap {
      $0[path: "spec", "privateClusterConfig", "masterIpv4CidrBlock"]?.string
    }
    let own = subnets.compactMap { $0[path: "spec", "ipCidrRange"]?.string }
    let secondary = subnets.flatMap { $0[path: "spec", "secondaryIpRange"]?.array ?? [] }
      .compactMap { $0["ipCidrRange"]?.string }
    let ranges = try (own + secondary + controlPlanes).map { try #require(AddressRange(parsing: $0)) }
    #expect(ranges.count == 10)
    for (index, range) in ranges.enumerated() {
      for other in ranges[(index + 1)...] { #expect(!range.overlaps(other), "\(range) \(other)") }
    }
    // A network of GCP has no range: its subnets have.
    #expect(
      objects.filter { $0.kind == "ComputeNetwork" }.allSatisfy { $0[path: "spec", "ipCidrRange"] == nil })
    let overlapping = try RenderedSystem.problems(in: "network.yaml", "10.2.0.0/16", "10.1.128.0/17")
    #expect(overlapping.first?.contains("overlaps 10.1.0.0/16 of secondary range pods-range") == true)
    // GCP keeps four addresses of the subnet's 256, so 254 nodes would be two too many.
    var crowded = system.topology
    crowded.clusters[0].nodePools[0].nodes = 254
    let nodes = try #require(Capacity(of: crowded).clusters.first?[.nodes])
    #expect(nodes.atMost == 252 && nodes.bound == "the subnet's primary range 10.0.1.0/24")
  }

  @Test("19: whatever is scraped is there, and lets Prometheus in")
  func isScraped() throws {
    let prometheus = try #require(system.pod(of: "monitoring/prometheus"))
    let jobs = try system.yaml("prometheus.yml")["scrape_configs"]?.array ?? []
    var scraped = 0
    for job in jobs where job["kubernetes_sd_configs"]?.array?.first?["role"] == "pod" {
      let namespaces = job["kubernetes_sd_configs"]?.array?.first?[path: "namespaces", "names"]?.array ?? []
      let keep = try #require(job["relabel_configs"]?.array?.first { $0["action"] == "keep" })
      let words = try #require(keep["regex"]?.string).split(separator: ";")
      for pod in system.pods where namespaces.contains(.string(pod.namespace)) {
        let port: Int64
        if job["job_name"] == "istio-proxy" {
          guard system.hasProxy(pod) else { continue }
          port = 15020
        } else {
          let name = pod.labels["app"] ?? pod.labels["cnpg.io/cluster"] ?? ""
          guard words.count == 3, pod.namespace == words[0], name == words[1] else { continue }
          port = try #require(Int64(words[2]))
          #expect(pod.ports.contains(port), "\(pod.owner) \(port)")
        }
        scraped += 1
        #expect(network.allow(from: .init(prometheus), to: .init(pod), port: port), "\(pod.owner) \(port)")
      }
    }
    #expect(scraped >= 9)
  }
}
