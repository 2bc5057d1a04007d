internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Where a cluster of CloudNativePG archives its writes: in an ObjectStore, or as it said before there were any.
  mutating func databaseBackup(_ source: Source) -> DatabaseBackup? {
    let spec = source.root["spec"]
    let path = "Database/\(source.reference)"
    let plugin = spec?["plugins"]?.elements.first { $0["parameters", "barmanObjectName"] != nil }
    var backup: DatabaseBackup?
    if let name = plugin?["parameters", "barmanObjectName"]?.peek,
      let store = only(
        "barmancloud.cnpg.io", "ObjectStore", WorkloadReference(namespace: source.namespace, name: name)),
      let destination = store.root["spec", "configuration", "destinationPath"]?.text
    {
      backup = DatabaseBackup(destination: destination)
      readRetention(store.root["spec", "retentionPolicy"], into: &backup)
      backup?.endpoint = store.root["spec", "configuration", "endpointURL"]?.text
      store.root["spec", "configuration", "googleCredentials", "gkeEnvironment"]?.take()
      store.root["metadata", "labels"]?.take()
      plugin?.take()
      place(store, at: path, "backup")
    } else if let old = spec?["backup", "barmanObjectStore"], let destination = old["destinationPath"]?.text {
      backup = DatabaseBackup(destination: destination)
      backup?.endpoint = old["endpointURL"]?.text
      readRetention(spec?["backup", "retentionPolicy"], into: &backup)
    }
    guard backup != nil else { return nil }
    let annotations = spec?["serviceAccountTemplate", "metadata", "annotations"]
    backup?.googleServiceAccount = annotations?["iam.gke.io/gcp-service-account"]?.text
    for scheduled in all("postgresql.cnpg.io", "ScheduledBackup") {
      let root = scheduled.root["spec"]
      guard scheduled.namespace == source.namespace, root?["cluster", "name"]?.peek == source.name else {
        continue
      }
      // CloudNativePG puts seconds in front of the five fields of cron.
      let fields = (root?["schedule"]?.peek ?? "").split(separator: " ")
      guard fields.count == 6, fields[0] == "0",
        let times = CronSchedule(fields.dropFirst().joined(separator: " "))
      else { continue }
      backup?.schedule = times
      root?.take()
      scheduled.root["metadata", "labels"]?.take()
      place(scheduled, at: path, "backup.schedule")
    }
    return backup
  }

  private func readRetention(_ part: Part?, into backup: inout DatabaseBackup?) {
    guard let text = part?.peek, text.hasSuffix("d"), let days = Int(text.dropLast()), days > 0 else {
      return
    }
    part?.take()
    backup?.retention = .seconds(days * 86_400)
  }
}
