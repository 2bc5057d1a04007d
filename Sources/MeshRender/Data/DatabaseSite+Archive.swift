internal import KubeModel
internal import MeshTopology

extension DatabaseSite {
  /// The object store that writes and whole databases go to. Each region has a folder of its own in it.
  func objectStore(_ backup: DatabaseBackup) -> KubeObject {
    var object = object(.objectStore)
    object.set("spec", "retentionPolicy", to: .string("\(backup.retention.components.seconds / 86_400)d"))
    object.set("spec", "configuration", "destinationPath", to: .string(backup.destination))
    object.set("spec", "configuration", "endpointURL", to: backup.endpoint.map(JSONValue.string))
    let (key, credentials) = credentials(backup)
    object.set("spec", "configuration", key, to: credentials)
    object.set("spec", "configuration", "wal", to: ["compression": "gzip", "maxParallel": 4])
    object.set("spec", "configuration", "data", to: ["compression": "gzip"])
    return object
  }

  private func credentials(_ backup: DatabaseBackup) -> (String, JSONValue) {
    func key(_ key: String) -> JSONValue? {
      backup.credentials.map { ["name": .string($0), "key": .string(key)] }
    }
    switch backup.provider {
    case .google, nil:
      return (
        "googleCredentials",
        key("gcsCredentials").map { ["applicationCredentials": $0] } ?? ["gkeEnvironment": true]
      )
    case .azure:
      return (
        "azureCredentials",
        key("AZURE_CONNECTION_STRING").map { ["connectionString": $0] } ?? ["inheritFromAzureAD": true]
      )
    case .amazon:
      guard let id = key("ACCESS_KEY_ID"), let secret = key("ACCESS_SECRET_KEY") else {
        return ("s3Credentials", ["inheritFromIAMRole": true])
      }
      return ("s3Credentials", ["accessKeyId": id, "secretAccessKey": secret])
    }
  }

  /// When the whole database is saved; also at once, as a region that stands by starts from it.
  func scheduledBackup(_ backup: DatabaseBackup) -> KubeObject {
    var object = object(.scheduledBackup)
    object.set("spec", "schedule", to: .string(backup.schedule.withSeconds))
    object.set("spec", "immediate", to: true)
    object.set("spec", "backupOwnerReference", to: "self")
    object.set("spec", "cluster", "name", to: .string(database.name))
    object.set("spec", "method", to: "plugin")
    object.set("spec", "pluginConfiguration", "name", to: .string(DatabaseSite.archiver))
    return object
  }
}

extension CronSchedule {
  /// The schedule as CloudNativePG reads it, whose first field is the second.
  var withSeconds: String {
    var words = description.split(separator: " ").map(String.init)
    guard words.count >= 5 else { return description }
    words.insert("0", at: words.count - 5)
    return words.joined(separator: " ")
  }
}
