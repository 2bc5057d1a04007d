import KubeModel
import MeshTopology
import Testing

@testable import MeshRender

@Suite("Rendered monitoring")
struct MonitoringTests {
  private func jobs(_ change: (inout Topology) -> Void = { _ in }) throws -> [String: JSONValue] {
    let file = try ObservedExample.yaml("prometheus.yml", of: "prometheus", change)
    let jobs = file["scrape_configs"]?.array ?? []
    return Dictionary(uniqueKeysWithValues: jobs.map { ($0["job_name"]?.string ?? "", $0) })
  }

  @Test("scrapes and evaluates as often as the reference does, and says where it is")
  func hasGlobals() throws {
    let file = try ObservedExample.yaml("prometheus.yml", of: "prometheus")
    #expect(
      file["global"] == [
        "scrape_interval": "15s", "evaluation_interval": "15s",
        "external_labels": ["cluster": "microservices-cluster", "region": "asia-northeast1"],
      ])
    #expect(file["rule_files"] == ["/etc/prometheus/rules/*.yml"])
  }

  @Test("asks the API servers as the reference does, with the token by its new name or its old one")
  func asksAPIServers() throws {
    let job = try #require(try jobs()["kubernetes-apiservers"])
    let folder = "/var/run/secrets/kubernetes.io/serviceaccount"
    #expect(job["scheme"] == "https")
    #expect(job["kubernetes_sd_configs"] == [["role": "endpoints"]])
    #expect(job["tls_config"] == ["ca_file": .string("\(folder)/ca.crt")])
    #expect(job["authorization"] == ["credentials_file": .string("\(folder)/token")])
    #expect(job["bearer_token_file"] == nil)
    #expect(
      job["relabel_configs"] == [
        [
          "source_labels": [
            "__meta_kubernetes_namespace", "__meta_kubernetes_service_name",
            "__meta_kubernetes_endpoint_port_name",
          ], "action": "keep", "regex": "default;kubernetes;https",
        ]
      ])
    let old = try #require(
      try jobs { $0.monitoring?.image = "prom/prometheus:v2.25.2" }["kubernetes-apiservers"])
    #expect(old["bearer_token_file"] == .string("\(folder)/token"))
    #expect(old["authorization"] == nil)
  }

  @Test(
    "knows from the image which of the two names Prometheus understands",
    arguments: [
      ("prom/prometheus:v2.25.0", true), ("prom/prometheus:v2.26.0", false),
      ("prom/prometheus:v3.5.0", false),
      ("prom/prometheus:1.8.2", true), ("prom/prometheus:main", false), ("prom/prometheus:v2", false),
    ])
  func knowsVersion(_ image: String, isOld: Bool) throws {
    let image = try #require(ImageReference(parsing: image))
    #expect(image.isOlder(than: (2, 26)) == isOld)
  }

  @Test("asks the proxies of meshed namespaces where they serve all measures of a pod")
  func asksProxies() throws {
    let job = try #require(try jobs()["istio-proxy"])
    #expect(job["metrics_path"] == "/stats/prometheus")
    #expect(
      job["kubernetes_sd_configs"] == [
        ["role": "pod", "namespaces": ["names": ["observability", "production"]]]
      ])
    let steps = job["relabel_configs"]?.array ?? []
    #expect(steps.contains { $0["target_label"] == "__address__" && $0["replacement"] == "$1:15020" })
    #expect(steps.first?["regex"] == "istio-proxy;http-envoy-prom")
  }

  @Test("asks workloads outside the mesh at their own ports and paths, and no others")
  func asksWorkloads() throws {
    let job = try #require(try jobs()["workloads"])
    let steps = job["relabel_configs"]?.array ?? []
    #expect(steps.first?["regex"] == "cache;cache;9121|logging;fluent-bit;2020")
    let paths = steps.filter { $0["target_label"] == "__metrics_path__" }
    #expect(paths.map { $0["replacement"] } == ["/measures", "/api/v1/metrics/prometheus"])
    #expect(paths.map { $0["regex"] } == ["cache;cache", "logging;fluent-bit"])
  }

  @Test("asks databases, which are outside the mesh wherever they are, and Velero")
  func asksDatabases() throws {
    let jobs = try jobs {
      $0.databases = [Database(name: "orders", namespace: "production")]
      $0.backup = Backup(name: "velero", namespace: "velero")
    }
    let servers = jobs["databases"]?["relabel_configs"]?.array?.first
    #expect(servers?["regex"] == "production;orders;9187")
    #expect(servers?["source_labels"]?.array?[1] == "__meta_kubernetes_pod_label_cnpg_io_cluster")
    let plain = try self.jobs {
      $0.databases = [Database(name: "orders", namespace: "production").with { $0.form = .workload }]
    }
    #expect(plain["databases"] == nil)
    #expect(jobs["velero"]?["relabel_configs"]?.array?.first?["regex"] == "8085")
  }

  @Test("asks for no port that no pod has")
  func asksKnownPorts() throws {
    let regex = try jobs()["workloads"]?["relabel_configs"]?.array?.first?["regex"]?.string ?? ""
    let objects = try ObservedExample.objects()
    let pods = ["Deployment", "StatefulSet", "DaemonSet"].flatMap { objects.of($0) }
    for target in regex.split(separator: "|") {
      let parts = target.split(separator: ";").map(String.init)
      let owner = pods.first { $0.namespace == parts[0] && $0.podLabels[MeshLabels.app] == parts[1] }
      let containers = owner?[path: "spec", "template", "spec", "containers"]?.array ?? []
      let ports = containers.flatMap { $0["ports"]?.array ?? [] }.compactMap { $0["containerPort"]?.int }
      #expect(ports.contains(try #require(Int64(parts[2]))), "\(target)")
    }
    #expect(regex.split(separator: "|").count == 2)
  }

  @Test("is let through to each port that it scrapes, and to the nodes")
  func isLetThrough() throws {
    let objects = try ObservedExample.objects()
    for (name, port) in [
      ("cache", 9121), ("fluent-bit", 2020), ("user-service", 15020), ("kube-state-metrics", 8080),
    ] {
      let ingress = try objects.only("NetworkPolicy", name)[path: "spec", "ingress"]?.array ?? []
      let isLet = ingress.contains { rule in
        rule["from"]?.array?.contains { $0[path: "podSelector", "matchLabels", "app"] == "prometheus" }
          == true
          && rule["ports"]?.array?.contains { $0["port"] == .int(Int64(port)) } == true
      }
      #expect(isLet, "\(name) at \(port)")
    }
    let nodes = try objects.only("NetworkPolicy", "prometheus-nodes")
    #expect(nodes[path: "spec", "podSelector", "matchLabels"] == ["app": "prometheus"])
    #expect(nodes[path: "spec", "egress"]?.array?.first?["ports"]?.array?.first?["port"] == 10250)
  }

  @Test("leaves out what is not to be scraped")
  func leavesOut() throws {
    let names = try jobs {
      $0.monitoring?.scrapes = []
      $0.monitoring?.stateMetrics = nil
    }.keys
    #expect(Array(names) == ["prometheus"])
    let objects = try ObservedExample.objects { $0.monitoring?.scrapes = [] }
    #expect(!objects.of("NetworkPolicy").contains { $0.name == "prometheus-nodes" })
    #expect(!objects.of("ClusterRole").contains { $0.name.hasSuffix("prometheus-metrics") })
  }

  @Test("sends alerts to an Alertmanager outside, and is let through to it")
  func sendsAlerts() throws {
    let outside: (inout Topology) -> Void = { $0.monitoring?.alertmanagers = ["observability/search"] }
    let file = try ObservedExample.yaml("prometheus.yml", of: "prometheus", outside)
    #expect(
      file[path: "alerting", "alertmanagers"] == [
        ["scheme": "https", "static_configs": [["targets": ["es.example.com:9243"]]]]
      ])
    let policy = try ObservedExample.objects(outside).only("NetworkPolicy", "prometheus")
    let egress = policy[path: "spec", "egress"]?.array ?? []
    #expect(egress.contains { $0["ports"]?.array?.first?["port"] == 9243 })
  }

  @Test("keeps measures for as long as asked, and never fills its disk")
  func keepsMeasures() throws {
    let objects = try ObservedExample.objects {
      $0.monitoring?.retention = .seconds(7 * 86_400)
      $0.monitoring?.storage = "100Gi"
    }
    let prometheus = try objects.only("StatefulSet", "prometheus")
    let container = prometheus[path: "spec", "template", "spec", "containers"]?.array?.first
    let arguments = container?["args"]?.array?.compactMap(\.string) ?? []
    #expect(arguments.contains("--storage.tsdb.retention.time=168h"))
    #expect(arguments.contains("--storage.tsdb.retention.size=81920MB"))
  }
}
