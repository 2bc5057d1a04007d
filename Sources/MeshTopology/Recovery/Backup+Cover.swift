extension Backup {
  /// The schedules that save the volumes of `namespace`, wherever that is kept.
  ///
  /// One that picks by labels covers nothing: nobody knows which volumes have them.
  public func schedules(coveringVolumesOf namespace: String) -> [BackupSchedule] {
    schedules.filter { schedule in
      schedule.savesVolumes && !schedule.isPaused && schedule.labelSelector.isEmpty
        && !schedule.excludedNamespaces.contains(namespace)
        && (schedule.namespaces.isEmpty || schedule.namespaces.contains(namespace))
    }
  }

  /// The schedules that save the volumes of `namespace`, and whose backups are left when `region` is lost.
  public func schedules(coveringVolumesOf namespace: String, whenLosing region: String) -> [BackupSchedule] {
    schedules(coveringVolumesOf: namespace).filter { place(of: $0, within: region) == nil }
  }

  /// What of a backup by `schedule` would be lost with `region`; `nil` when all of it is left.
  ///
  /// Places that name no region are the provider's choice: of Google, the buckets and snapshots of several regions.
  func place(of schedule: BackupSchedule, within region: String) -> String? {
    let store = locations.first {
      schedule.storageLocation == nil ? $0.isDefault : $0.name == schedule.storageLocation
    }
    if let store, (store.region ?? store.config["region"]) == region {
      return "the storage location \(store.name)"
    }
    // Files that are copied go to the same store.
    guard schedule.takesSnapshots != false, schedule.copiesVolumes != true else { return nil }
    let kept = snapshotLocations.filter {
      schedule.snapshotLocations.isEmpty || schedule.snapshotLocations.contains($0.name)
    }
    guard let first = kept.first, kept.allSatisfy({ $0.keptRegion == region }) else { return nil }
    return "the snapshot location \(first.name)"
  }

  /// The longest time between two backups of the volumes of `namespace` that outlive the loss of `region`, by the
  /// schedule that saves them most often; `nil` when none does.
  public func shortestInterval(coveringVolumesOf namespace: String, whenLosing region: String) -> Duration? {
    schedules(coveringVolumesOf: namespace, whenLosing: region).map(\.schedule.longestInterval).min()
  }
}

extension SnapshotLocation {
  /// The region that the snapshots are kept in; `nil` for the provider's choice.
  var keptRegion: String? { region ?? config[provider == .gcp ? "snapshotLocation" : "region"] }
}
