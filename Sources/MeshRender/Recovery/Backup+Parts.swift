internal import KubeModel
internal import MeshTopology

extension Backup {
  /// The locations and schedules.
  ///
  /// A cluster that stands by may read what the primary one saves, and saves nothing itself: two clusters that write
  /// to one location take each other's backups for their own. A failover turns both around.
  func parts(of topology: Topology, in cluster: Cluster?) -> PlatformParts {
    guard let cluster else { return PlatformParts() }
    let isPrimary = cluster.region == topology.primaryRegion?.name
    var objects = locations.map { storageLocation($0, isPrimary: isPrimary) }
    objects += snapshotLocations.map(snapshotLocation)
    objects += schedules.map { schedule($0, isPrimary: isPrimary) }
    let labels = Renderer.systemLabels(of: topology)
    return PlatformParts(
      objects: objects.map { object in
        var object = object
        object.labels = labels
        return RenderedObject(object: object, workload: nil, concern: .recovery)
      })
  }

  private func storageLocation(_ location: BackupLocation, isPrimary: Bool) -> KubeObject {
    var object = KubeObject(kind: .backupStorageLocation, namespace: namespace, name: location.name)
    var config = location.config
    config["region"] = location.region ?? config["region"]
    object.set("spec", "provider", to: .string(location.provider.rawValue))
    object.set("spec", "objectStorage", "bucket", to: .string(location.bucket))
    object.set("spec", "objectStorage", "prefix", to: location.prefix.map(JSONValue.string))
    if !config.isEmpty { object.set("spec", "config", to: .strings(config)) }
    object.set("spec", "credential", to: location.credentials.map(reference))
    object.set("spec", "accessMode", to: isPrimary ? "ReadWrite" : "ReadOnly")
    if location.isDefault { object.set("spec", "default", to: true) }
    return object
  }

  private func snapshotLocation(_ location: SnapshotLocation) -> KubeObject {
    var object = KubeObject(kind: .volumeSnapshotLocation, namespace: namespace, name: location.name)
    var config = location.config
    if let region = location.region {
      config[location.provider == .gcp ? "snapshotLocation" : "region"] = region
    }
    object.set("spec", "provider", to: .string(location.provider.rawValue))
    if !config.isEmpty { object.set("spec", "config", to: .strings(config)) }
    object.set("spec", "credential", to: location.credentials.map(reference))
    return object
  }

  private func reference(_ key: SecretKey) -> JSONValue {
    ["name": .string(key.name), "key": .string(key.key)]
  }

  private func schedule(_ schedule: BackupSchedule, isPrimary: Bool) -> KubeObject {
    var object = KubeObject(kind: .schedule, namespace: namespace, name: schedule.name)
    object.set("spec", "schedule", to: .string(schedule.schedule.description))
    if !isPrimary || schedule.isPaused { object.set("spec", "paused", to: true) }
    object.set("spec", "template", to: schedule.template)
    return object
  }
}

extension BackupSchedule {
  /// What Velero makes each backup of.
  fileprivate var template: JSONValue {
    func texts(_ texts: [String]) -> JSONValue? { texts.isEmpty ? nil : .array(texts.map(JSONValue.string)) }
    var template: JSONValue = ["ttl": .string(ttl.goText)]
    template["includedNamespaces"] = texts(namespaces)
    template["excludedNamespaces"] = texts(excludedNamespaces)
    template["includedResources"] = texts(includedResources)
    template["excludedResources"] = texts(excludedResources)
    if !labelSelector.isEmpty { template["labelSelector"] = ["matchLabels": .strings(labelSelector)] }
    template["storageLocation"] = storageLocation.map(JSONValue.string)
    template["volumeSnapshotLocations"] = texts(snapshotLocations)
    template["snapshotVolumes"] = takesSnapshots.map(JSONValue.bool)
    template["defaultVolumesToFsBackup"] = copiesVolumes.map(JSONValue.bool)
    if !hooks.isEmpty { template["hooks"] = ["resources": .array(hooks.map(\.json))] }
    return template
  }
}

extension BackupHook {
  fileprivate var json: JSONValue {
    var json: JSONValue = ["name": .string(name)]
    if !namespaces.isEmpty { json["includedNamespaces"] = .array(namespaces.map(JSONValue.string)) }
    if !labelSelector.isEmpty { json["labelSelector"] = ["matchLabels": .strings(labelSelector)] }
    if !before.isEmpty { json["pre"] = [["exec": command(before)]] }
    if !after.isEmpty { json["post"] = [["exec": command(after)]] }
    return json
  }

  private func command(_ words: [String]) -> JSONValue {
    var json: JSONValue = [
      "command": .array(words.map(JSONValue.string)), "onError": failsBackup ? "Fail" : "Continue",
      "timeout": .string("\(timeout.components.seconds)s"),
    ]
    json["container"] = container.map(JSONValue.string)
    return json
  }
}

extension Duration {
  /// The duration as Go writes it, such as `720h0m0s`: what Velero's server would turn any other form into.
  fileprivate var goText: String {
    let seconds = components.seconds
    return "\(seconds / 3600)h\(seconds / 60 % 60)m\(seconds % 60)s"
  }
}
