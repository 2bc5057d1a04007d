import KubeModel
import MeshTopology
import Testing

@testable import MeshRender

@Suite("Rendered logging")
struct LoggingTests {
  private func sections(_ change: (inout Topology) -> Void = { _ in }) throws -> [ClassicSection] {
    try ClassicSection.parse(ObservedExample.file("fluent-bit.conf", of: "fluent-bit", change))
  }

  private func output(_ destination: LogDestination) throws -> ClassicSection {
    try #require(try sections { $0.logging?.destination = destination }.last)
  }

  @Test("says what the reference says, key by key")
  func saysReference() throws {
    let reference = try ClassicSection.parse(ClassicSection.reference)
    let rendered = try sections()
    #expect(rendered.map(\.name) == reference.map(\.name))
    for (ours, theirs) in zip(rendered, reference) {
      for entry in theirs.entries { #expect(ours[entry.key] == entry.value, "\(ours.name) \(entry.key)") }
    }
  }

  @Test("reads all namespaces of the topology but its own when none is named")
  func readsAll() throws {
    let input = try #require(try sections { $0.logging?.namespaces = [] }.first { $0.name == "INPUT" })
    let names = input["Path"]?.split(separator: ",").map(String.init) ?? []
    #expect(
      names
        == ["cache", "monitoring", "observability", "production"].map { "/var/log/containers/*_\($0)_*.log" })
  }

  @Test("remembers how far it has read, in a place that is not the node's")
  func remembers() throws {
    let input = try #require(try sections().first { $0.name == "INPUT" })
    let database = try #require(input["DB"])
    let pod = try ObservedExample.objects().only("DaemonSet", "fluent-bit")[path: "spec", "template", "spec"]
    let mounts = pod?["containers"]?.array?.first?["volumeMounts"]?.array ?? []
    let mount = mounts.first { database.hasPrefix(($0["mountPath"]?.string ?? "-") + "/") }
    #expect(mount?["readOnly"] == nil)
    let volumes = pod?["volumes"]?.array ?? []
    #expect(volumes.first { $0["name"] == mount?["name"] }?["emptyDir"] != nil)
    let logs = volumes.first { $0[path: "hostPath", "path"] == "/var/log" }
    #expect(mounts.first { $0["name"] == logs?["name"] }?["readOnly"] == true)
  }

  @Test("runs on every node, and may look pods up in all namespaces but nothing more")
  func runsEverywhere() throws {
    let objects = try ObservedExample.objects()
    let pod = try objects.only("DaemonSet", "fluent-bit")[path: "spec", "template", "spec"]
    #expect(pod?["tolerations"] == [["operator": "Exists"]])
    #expect(
      try objects.only("ClusterRole", "microservices:logging:fluent-bit")[path: "rules"] == [
        ["apiGroups": [""], "resources": ["namespaces", "pods"], "verbs": ["get", "list", "watch"]]
      ])
  }

  @Test("proves to BigQuery who it is by the key of a Secret, and sends no names that it refuses")
  func provesToBigQuery() throws {
    let sections = try sections()
    #expect(sections.last?["google_service_credentials"] == "/var/secrets/google/key.json")
    let filter = try #require(sections.first { $0.name == "FILTER" })
    #expect(filter["Labels"] == "Off" && filter["Annotations"] == "Off")
    let objects = try ObservedExample.objects()
    let pod = try objects.only("DaemonSet", "fluent-bit")[path: "spec", "template", "spec"]
    let mounts = pod?["containers"]?.array?.first?["volumeMounts"]?.array ?? []
    #expect(mounts.contains { $0["mountPath"] == "/var/secrets/google" })
    #expect(
      pod?["volumes"]?.array?.contains { $0[path: "secret", "secretName"] == "fluent-bit-bigquery" } == true)
    let policy = try objects.only("NetworkPolicy", "fluent-bit-google")
    #expect(policy[path: "spec", "egress"]?.array?.count == 3)
  }

  @Test("names the cluster to Google, and finds the pod in the tag")
  func namesCluster() throws {
    let output = try output(.cloudLogging(LogDestination.CloudLogging()))
    #expect(output["Name"] == "stackdriver" && output["resource"] == "k8s_container")
    #expect(output["k8s_cluster_name"] == "microservices-cluster")
    #expect(output["k8s_cluster_location"] == "asia-northeast1")
    #expect(output["tag_prefix"] == "kube.var.log.containers.")
  }

  @Test("acts as a Google service account by Workload Identity where that is known")
  func actsAsAccount() throws {
    let objects = try ObservedExample.objects {
      $0.logging?.destination = .cloudLogging(LogDestination.CloudLogging())
      $0.logging?.googleServiceAccount = "logs@my-project.iam.gserviceaccount.com"
    }
    let account = try objects.only("ServiceAccount", "fluent-bit")
    #expect(
      account.annotations["iam.gke.io/gcp-service-account"] == "logs@my-project.iam.gserviceaccount.com")
  }

  @Test("sends to Elasticsearch and by HTTP where these are, and is let through")
  func sendsToServices() throws {
    let search = LogDestination.Elasticsearch(to: "observability/search").with { $0.secret = "search-user" }
    let elastic = try output(.elasticsearch(search))
    #expect(elastic["Host"] == "es.example.com" && elastic["Port"] == "9243" && elastic["tls"] == "On")
    #expect(elastic["Logstash_Prefix"] == "logs" && elastic["HTTP_User"] == "${ELASTICSEARCH_USERNAME}")
    let http = try output(.http(LogDestination.HTTP(to: "production/user-service").with { $0.path = "/in" }))
    #expect(http["Host"] == "user-service.production.svc.cluster.local" && http["Port"] == "8080")
    #expect(http["URI"] == "/in" && http["tls"] == "Off")
    let objects = try ObservedExample.objects {
      $0.logging?.destination = .http(LogDestination.HTTP(to: "production/user-service"))
    }
    let ingress = try objects.only("NetworkPolicy", "user-service")[path: "spec", "ingress"]?.array ?? []
    #expect(
      ingress.contains { rule in
        rule["from"]?.array?.contains { $0[path: "podSelector", "matchLabels", "app"] == "fluent-bit" }
          == true
      })
  }

  @Test("offers the parsers that pods may ask for")
  func offersParsers() throws {
    let text = try ObservedExample.file("parsers.conf", of: "fluent-bit") {
      $0.logging?.parsers = [
        LogParser(name: "levels", format: .regex).with {
          $0.regex = "^(?<time>[^ ]*) (?<level>[A-Z]+) (?<message>.*)$"
          $0.timeKey = "time"
          $0.timeFormat = "%Y-%m-%dT%H:%M:%S"
        }
      ]
    }
    let sections = try ClassicSection.parse(text)
    #expect(sections.map { $0["Name"] } == ["json", "levels"])
    #expect(sections.last?["Regex"] == "^(?<time>[^ ]*) (?<level>[A-Z]+) (?<message>.*)$")
  }

  @Test(
    "writes sizes in the units that Fluent Bit reads",
    arguments: [("50M", "50MB"), ("1G", "1000MB"), ("50Mi", "52428800"), ("1500k", "1500000")])
  func writesSizes(_ quantity: String, _ text: String) throws {
    #expect(try #require(Quantity(parsing: quantity)).fluentBitText == text)
  }
}
