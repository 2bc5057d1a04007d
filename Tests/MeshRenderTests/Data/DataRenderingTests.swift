import Foundation
import KubeModel
import MeshRender
import MeshTopology
import Testing

@Suite("Rendering caches, databases and backups")
struct DataRenderingTests {
  @Test("gives a cache all that the reference design has, and what it lacks")
  func rendersRedis() throws {
    let objects = try DataExample.objects()
    let set = try objects.the("StatefulSet", "redis-cluster")
    #expect(set.namespace == "cache")
    #expect(set[path: "spec", "replicas"] == 6)
    #expect(set[path: "spec", "serviceName"] == "redis-cluster-pods")
    let pod = try #require(set[path: "spec", "template", "spec"])
    let container = try #require(pod["containers"]?.array?.first)
    #expect(container["image"] == "redis:7-alpine")
    #expect(container["command"] == ["redis-server", "/conf/redis.conf"])
    #expect(container["ports"]?.array?.compactMap { $0["containerPort"]?.int } == [6379, 16379])
    #expect(container["volumeMounts"]?.array?.contains { $0["mountPath"] == "/data" } == true)
    let claim = try #require(set[path: "spec", "volumeClaimTemplates"]?.array?.first)
    #expect(claim[path: "spec", "accessModes"] == ["ReadWriteOnce"])
    #expect(claim[path: "spec", "resources", "requests", "storage"] == "10Gi")
    #expect(try objects.the("Service", "redis-cluster-pods")[path: "spec", "clusterIP"] == "None")
    #expect(try objects.the("PodDisruptionBudget", "redis-cluster")[path: "spec", "maxUnavailable"] == 1)
    let spread = try #require(pod["topologySpreadConstraints"]?.array)
    #expect(
      spread.contains {
        $0["topologyKey"] == "kubernetes.io/hostname" && $0["whenUnsatisfiable"] == "DoNotSchedule"
      })
    let configuration = objects.all("ConfigMap").first { $0[path: "data", "redis.conf"] != nil }
    #expect(configuration?[path: "data", "redis.conf"]?.string?.contains("cluster-enabled yes\n") == true)
  }

  @Test("lets the nodes of a cache talk to each other on both ports, and its Job to them")
  func letsNodesTalk() throws {
    let objects = try DataExample.objects()
    let policy = try objects.the("NetworkPolicy", "redis-cluster")
    for direction in ["ingress", "egress"] {
      let ports = policy[path: "spec", direction]?.array?.filter { rule in
        (rule["from"] ?? rule["to"])?.array?.contains {
          $0[path: "podSelector", "matchLabels", "app"] == "redis-cluster"
        } == true
      }.flatMap { $0["ports"]?.array ?? [] }.compactMap { $0["port"]?.int }
      #expect(Set(ports ?? []).isSuperset(of: [6379, 16379]), "\(direction)")
    }
    let access = try objects.the("NetworkPolicy", "redis-cluster-from-init")
    #expect(access[path: "spec", "podSelector", "matchLabels", "app"] == "redis-cluster")
    let job = try #require(objects.all("Job").first)
    #expect(job[path: "spec", "template", "metadata", "labels", "app"] == "redis-cluster-init")
    #expect(
      job[path: "spec", "template", "metadata", "annotations", "sidecar.istio.io/nativeSidecar"] == "true")
    // Who acts as the nodes do is let in by what lets nodes in.
    #expect(job[path: "spec", "template", "spec", "serviceAccountName"] == "redis-cluster")
  }

  @Test("gives a changed Job another name, as its template cannot be changed")
  func renamesJob() throws {
    func job(_ change: (inout RedisCluster) -> Void) throws -> KubeObject {
      var topology = DataExample.topology
      change(&topology.redisClusters[0])
      return try #require(DataExample.objects(of: topology).all("Job").first)
    }
    let first = try job { _ in }
    #expect(try job { _ in } == first)
    #expect(try job { $0.storage = "20Gi" } == first)
    let grown = try job { $0.masters = 4 }
    #expect(grown.name != first.name && grown.name.hasPrefix("redis-cluster-init-"))
    #expect(try job { $0.name = String(repeating: "a", count: 56) }.name.utf8.count <= 63)
  }

  @Test("makes the database of the primary region the one that takes writes, and the other follow it")
  func rendersReplication() throws {
    let primary = try DataExample.objects().the("Cluster", "database-service")
    let standby = try DataExample.objects(for: "standby").the("Cluster", "database-service")
    #expect(primary[path: "spec", "bootstrap", "initdb", "database"] == "app")
    #expect(standby[path: "spec", "bootstrap", "recovery", "source"] == "database-service-tokyo")
    for (object, me, source) in [(primary, "tokyo", "osaka"), (standby, "osaka", "tokyo")] {
      #expect(
        object[path: "spec", "replica"] == [
          "self": .string("database-service-\(me)"), "primary": "database-service-tokyo",
          "source": .string("database-service-\(source)"),
        ])
      let archive = try #require(object[path: "spec", "plugins"]?.array?.first)
      #expect(archive["isWALArchiver"] == true)
      #expect(archive[path: "parameters", "serverName"] == .string("database-service-\(me)"))
      #expect(object[path: "spec", "postgresql", "parameters", "archive_timeout"] == "60s")
      #expect(object[path: "spec", "inheritedMetadata", "labels", "sidecar.istio.io/inject"] == "false")
      #expect(object[path: "spec", "imageName"] == "ghcr.io/cloudnative-pg/postgresql:15")
    }
  }

  @Test("lets callers and the operator reach a database, and nobody else")
  func rendersDatabasePolicy() throws {
    let policy = try DataExample.objects().the("NetworkPolicy", "database-service")
    #expect(policy[path: "spec", "podSelector", "matchLabels"] == ["cnpg.io/cluster": "database-service"])
    let peers = (policy[path: "spec", "ingress"]?.array ?? []).flatMap { $0["from"]?.array ?? [] }
    let names = peers.map { peer in
      peer[path: "podSelector", "matchLabels", "app"]?.string
        ?? peer[path: "podSelector", "matchLabels", "cnpg.io/cluster"]?.string
        ?? peer[path: "namespaceSelector", "matchLabels", "kubernetes.io/metadata.name"]?.string ?? "anyone"
    }
    #expect(names == ["database-service", "cnpg-system", "order-service", "monitoring"])
  }

  @Test("keeps a database without replication to the primary region")
  func keepsToPrimary() throws {
    var topology = DataExample.topology
    topology.databases[0].replication = nil
    #expect(try DataExample.objects(of: topology).all("Cluster").count == 1)
    #expect(try DataExample.objects(for: "standby", of: topology).all("Cluster").isEmpty)
  }

  @Test("gives a plain database a volume, a password and the same name and port")
  func rendersPlainDatabase() throws {
    var topology = DataExample.topology
    topology.databases[0] = Database(name: "database-service", namespace: "production").with {
      $0.form = .workload
      $0.credentials = "orders-db"
      $0.parameters = ["max_connections": "200"]
    }
    let objects = try DataExample.objects(of: topology)
    let set = try objects.the("StatefulSet", "database-service")
    let container = try #require(set[path: "spec", "template", "spec", "containers"]?.array?.first)
    #expect(container["image"] == "postgres:15")
    #expect(container["args"] == ["-c", "max_connections=200"])
    #expect(
      try objects.the("Service", "database-service")[path: "spec", "ports"]?.array?.first?["port"] == 5432)
    #expect(objects.all("ObjectStore").isEmpty)
  }

  @Test("gives Velero the reference design's schedule word for word")
  func rendersSchedule() throws {
    let schedule = try DataExample.objects().the("Schedule", "daily-backup")
    #expect(schedule.namespace == "velero")
    #expect(
      schedule[path: "spec"] == [
        "schedule": "0 2 * * *",
        "template": [
          "includedNamespaces": ["production", "api-gateway"],
          "excludedResources": ["events", "events.events.k8s.io"],
          "storageLocation": "gcs-backup", "volumeSnapshotLocations": ["gcp-snapshots"], "ttl": "720h0m0s",
        ],
      ])
  }

  @Test("lets only the primary region write backups")
  func keepsBackupsToPrimary() throws {
    for (cluster, mode, paused) in [("main", "ReadWrite", nil), ("standby", "ReadOnly", true as JSONValue?)] {
      let objects = try DataExample.objects(for: cluster)
      #expect(
        try objects.the("BackupStorageLocation", "gcs-backup")[path: "spec", "accessMode"] == .string(mode))
      #expect(try objects.the("Schedule", "daily-backup")[path: "spec", "paused"] == paused)
    }
  }

  @Test("leads users to the primary region by one record, which a cluster that stands by keeps")
  func rendersRecord() throws {
    #expect(try DataExample.objects().all("DNSEndpoint").isEmpty)
    let record = try DataExample.objects(for: "standby").the("DNSEndpoint", "shop")
    #expect(
      record[path: "spec", "endpoints"] == [
        ["dnsName": "shop.example.com", "recordType": "A", "recordTTL": 60, "targets": ["203.0.113.10"]]
      ])
  }
}
