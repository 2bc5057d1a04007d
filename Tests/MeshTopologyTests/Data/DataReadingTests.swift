import MeshTopology
import Testing

@Suite("Caches, databases, backups and recovery")
struct DataReadingTests {
  @Test("are read with their defaults and written back as they were")
  func readBack() throws {
    let topology = try SmallTopology.read(DataTopology.text)
    #expect(try topology.validated() == topology)
    let redis = try #require(topology.redisClusters.first)
    #expect([redis.masters, redis.replicasPerMaster, redis.nodes] == [3, 1, 6])
    #expect(redis.ports.map(\.port) == [6379, 16379])
    #expect(redis.settings == ["maxclients": "2000"])
    let database = try #require(topology.databases.first)
    #expect(database.runningImage.description == "ghcr.io/cloudnative-pg/postgresql:15")
    #expect(database.lossBound == .seconds(60))
    #expect(database.replication?.maximumLag == .seconds(60))
    #expect(topology.backup?.schedules.first?.schedule.longestInterval == .seconds(86_400))
    #expect(topology.recovery?.drills?.description == "0 3 1 * *")
    #expect(topology.entryAddress(in: "osaka") == "203.0.113.20")
  }

  @Test("can say everything that the reference design says of backups")
  func sayReferenceBackup() throws {
    let schedule = try #require(SmallTopology.read(DataTopology.text).backup?.schedules.first)
    #expect(schedule.name == "daily-backup")
    #expect(schedule.excludedResources == ["events", "events.events.k8s.io"])
    #expect(schedule.storageLocation == "gcs-backup")
    #expect(schedule.snapshotLocations == ["gcp-snapshots"])
    #expect(schedule.ttl.unitText == "720h")
  }

  @Test("cover the volumes of a namespace only by schedules that save volumes of it")
  func coverVolumes() {
    func hours(_ change: (inout BackupSchedule) -> Void) -> Duration? {
      var schedule = BackupSchedule(name: "often", schedule: "0 * * * *")
      change(&schedule)
      let daily = BackupSchedule(name: "daily", schedule: "@daily").with { $0.namespaces = ["production"] }
      return Backup(name: "velero", namespace: "velero", schedules: [daily, schedule])
        .shortestInterval(coveringVolumesOf: "production", whenLosing: "tokyo")
    }
    let (hour, day) = (Duration.seconds(3600), Duration.seconds(86_400))
    #expect(hours { _ in } == hour)
    #expect(hours { $0.namespaces = ["production"] } == hour)
    #expect(hours { $0.namespaces = ["cache"] } == day)
    #expect(hours { $0.excludedNamespaces = ["production"] } == day)
    #expect(hours { $0.takesSnapshots = false } == day)
    #expect(
      hours {
        $0.takesSnapshots = false; $0.copiesVolumes = true
      } == hour)
    #expect(hours { $0.excludedResources = ["persistentvolumeclaims"] } == day)
    #expect(hours { $0.includedResources = ["configmaps"] } == day)
    #expect(hours { $0.labelSelector = ["app": "search"] } == day)
    #expect(hours { $0.isPaused = true } == day)
    #expect(
      Backup(name: "velero", namespace: "velero").shortestInterval(
        coveringVolumesOf: "production", whenLosing: "tokyo") == nil)
  }

  @Test("bound what a database can lose by the archive and by the lag of a replica that streams")
  func boundLoss() {
    var database = Database(name: "orders", namespace: "production")
    #expect(database.lossBound == nil)
    database.backup = DatabaseBackup(destination: "gs://shop/").with { $0.archiveTimeout = .seconds(300) }
    #expect(database.lossBound == .seconds(300))
    database.replication = DatabaseReplication(kind: .archive).with { $0.maximumLag = .seconds(10) }
    #expect(database.lossBound == .seconds(300))
    database.replication?.kind = .streaming
    #expect(database.lossBound == .seconds(10))
  }
}
