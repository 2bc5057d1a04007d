internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Takes schedules and locations of Velero over.
  mutating func placeBackup() {
    let schedules = all("velero.io", "Schedule")
    guard let first = schedules.first else { return }
    var backup = Backup(name: "velero", namespace: first.namespace)
    let path = "Backup/\(backup.namespace)/\(backup.name)"
    for source in all("velero.io", "BackupStorageLocation") {
      backup.locations.append(location(source, path))
    }
    for source in all("velero.io", "VolumeSnapshotLocation") {
      let spec = source.root["spec"]
      var location = SnapshotLocation(name: source.name, provider: provider(spec?["provider"], path))
      (location.config, location.region) = settings(
        spec?["config"], takesRegion: location.provider != .azure, ["snapshotLocation", "region"])
      source.root["metadata", "labels"]?.take()
      backup.snapshotLocations.append(location)
      place(source, at: path, "snapshotLocations")
    }
    for source in schedules { read(source, path, into: &backup) }
    guard !backup.schedules.isEmpty else { return }
    topology.backup = backup
  }

  private mutating func location(_ source: Source, _ path: String) -> BackupLocation {
    let spec = source.root["spec"]
    let bucket = spec?["objectStorage", "bucket"]?.text ?? "backup"
    var location = BackupLocation(
      name: source.name, provider: provider(spec?["provider"], path), bucket: bucket)
    location.prefix = spec?["objectStorage", "prefix"]?.text
    location.isDefault = spec?["default"]?.flag ?? (source.name == "default")
    (location.config, location.region) = settings(
      spec?["config"], takesRegion: location.provider == .aws, ["region"])
    if let name = spec?["credential", "name"]?.text, let key = spec?["credential", "key"]?.text {
      location.credentials = SecretKey(name: name, key: key)
    }
    source.root["metadata", "labels"]?.take()
    place(source, at: path, "locations")
    return location
  }

  private func settings(_ part: Part?, takesRegion: Bool, _ names: [String]) -> ([String: String], String?) {
    var config: [String: String] = [:]
    var region: String?
    for (key, value) in part?.entries ?? [] {
      if takesRegion, names.contains(key) { region = value.text } else { config[key] = value.text }
    }
    return (config, region)
  }

  private mutating func provider(_ part: Part?, _ path: String) -> BackupProvider {
    let word = part?.text ?? ""
    let name = word.split(separator: "/").last.map(String.init) ?? word
    if let provider = BackupProvider(rawValue: name) { return provider }
    assume(path, "the provider \(word.isEmpty ? "is not said" : word); gcp is assumed")
    return .gcp
  }

  private mutating func read(_ source: Source, _ path: String, into backup: inout Backup) {
    let spec = source.root["spec"]
    guard let text = spec?["schedule"]?.peek, let times = CronSchedule(text) else {
      keep(source, "its schedule is none that the topology reads")
      return
    }
    spec?["schedule"]?.take()
    var schedule = BackupSchedule(name: source.name, schedule: times)
    let template = spec?["template"]
    schedule.namespaces = (template?["includedNamespaces"]?.texts ?? []).filter { $0 != "*" }
    schedule.excludedNamespaces = template?["excludedNamespaces"]?.texts ?? []
    schedule.includedResources = template?["includedResources"]?.texts ?? []
    schedule.excludedResources = template?["excludedResources"]?.texts ?? []
    schedule.labelSelector = template?["labelSelector", "matchLabels"]?.labels ?? [:]
    template?["labelSelector", "matchLabels"]?.take()
    if let ttl = duration(template?["ttl"]) { schedule.ttl = ttl }
    schedule.takesSnapshots = template?["snapshotVolumes"]?.flag
    schedule.copiesVolumes =
      template?["defaultVolumesToFsBackup"]?.flag ?? template?["defaultVolumesToRestic"]?.flag
    schedule.isPaused = spec?["paused"]?.flag ?? false
    if let name = template?["storageLocation"]?.text {
      schedule.storageLocation = name
      assumeLocation(name, source, path, into: &backup)
    } else if !backup.locations.contains(where: \.isDefault) {
      schedule.storageLocation = backup.locations.first?.name ?? "default"
      assumeLocation(schedule.storageLocation ?? "default", source, path, into: &backup)
    }
    schedule.snapshotLocations = template?["volumeSnapshotLocations"]?.texts ?? []
    for name in schedule.snapshotLocations
    where !backup.snapshotLocations.contains(where: { $0.name == name }) {
      backup.snapshotLocations.append(SnapshotLocation(name: name, provider: .gcp))
      contradict(
        source.place, "\(source.words) names the VolumeSnapshotLocation \(name), which no manifest declares")
      assume(path + " snapshotLocations[\(name)].provider", "no manifest declares it; gcp is assumed")
    }
    for namespace in schedule.namespaces + schedule.excludedNamespaces { mentioned[namespace] = source.words }
    source.root["metadata", "labels"]?.take()
    backup.schedules.append(schedule)
    place(source, at: path, "schedules[\(source.name)]")
  }

  private mutating func assumeLocation(
    _ name: String, _ source: Source, _ path: String, into backup: inout Backup
  ) {
    guard !backup.locations.contains(where: { $0.name == name }) else { return }
    backup.locations.append(
      BackupLocation(name: name, provider: .gcp, bucket: "\(topology.name)-\(name.topologyName)"))
    contradict(
      source.place, "\(source.words) names the BackupStorageLocation \(name), which no manifest declares")
    assume(
      path + " locations[\(name)]",
      "no manifest declares it; a bucket of gcp called \(topology.name)-\(name.topologyName) is assumed")
  }
}
