extension Declarations {
  /// Reports stores that could lose more writes in a disaster than are allowed.
  ///
  /// - Parameter lost: the region whose loss it is about.
  func checkPoint(_ allowed: Duration, losing lost: String) {
    // What cannot be read might be what covers a store.
    guard sound(Backup.self).count == all(Backup.self).count, !reading.directory.unreadable.contains(.backup)
    else {
      return
    }
    let backup = sound(Backup.self).first?.value
    for store in stores {
      let byBackup = backup.flatMap {
        $0.shortestInterval(coveringVolumesOf: store.namespace, whenLosing: lost)
      }
      let bound = [store.bound, byBackup].compactMap(\.self).min()
      if let bound, bound <= allowed { continue }
      let loss = bound.map { "up to \($0.unitText) of writes" } ?? "all writes"
      let place = backup.flatMap { nearCover(of: store, by: $0, within: allowed, losing: lost) }
      reading.report(
        .contradiction,
        "\(loss) to \(store.words) would be lost with the primary region, \(allowed.unitText) are allowed"
          + (place.map { ": \($0) is in \(lost) as well" } ?? ""),
        at: store.spot,
        remedy: place.map { "give \($0) another region, or one of several regions" } ?? store.remedy(allowed))
    }
  }

  /// The place that alone keeps a schedule from covering `store`.
  private func nearCover(
    of store: Store, by backup: Backup, within allowed: Duration, losing lost: String
  ) -> String? {
    backup.schedules(coveringVolumesOf: store.namespace)
      .filter { $0.schedule.longestInterval <= allowed }
      .lazy.compactMap { backup.place(of: $0, within: lost) }.first
  }

  private var stores: [Store] {
    databaseStores + redisStores + volumeStores
  }

  private var databaseStores: [Store] {
    sound(Database.self).filter { $0.value.durability == .kept }.map { declared in
      let database = declared.value
      let key: PathPart = database.replication?.kind == .streaming ? "replication" : "backup"
      return Store(
        words: "the database \(database.name) in namespace \(database.namespace)",
        namespace: database.namespace,
        bound: database.lossBound,
        spot: database.backup == nil && database.replication == nil
          ? declared.document.nameSpot : declared.document.spot(key)
      ) { allowed in
        guard database.form == .cloudNativePG else {
          return "write form: cloudnative-pg with a backup, or durability: rebuildable"
        }
        if database.backup == nil {
          return "add backup: with a destination, whose archiveTimeout is 1m by default"
        }
        // No log is archived more often than each second.
        return allowed < .seconds(1)
          ? "raise rpo to 1s or more: an archive is always behind"
          : "lower archiveTimeout to \(allowed.unitText) or less"
      }
    }
  }

  private var redisStores: [Store] {
    sound(RedisCluster.self).filter { $0.value.durability == .kept }.map { declared in
      let redis = declared.value
      return Store(
        words: "the cache \(redis.name) in namespace \(redis.namespace)", namespace: redis.namespace,
        bound: nil,
        spot: declared.document.nameSpot
      ) { _ in "write durability: rebuildable if it is only a cache, or save the namespace more often" }
    }
  }

  private var volumeStores: [Store] {
    sound(Workload.self).flatMap { declared in
      declared.value.volumes.enumerated().compactMap { index, volume -> Store? in
        guard volume.kind == .persistent, volume.durability == .kept else { return nil }
        return Store(
          words:
            "the volume \(volume.name) of \(declared.value.name) in namespace \(declared.value.namespace)",
          namespace: declared.value.namespace, bound: nil,
          spot: declared.document.spot("volumes", .index(index))
        ) { _ in
          "write durability: rebuildable if it can be made anew, save the namespace more often, or keep the data in a Database"
        }
      }
    }
  }
}

/// Something that holds what users wrote.
private struct Store {
  /// What it is.
  let words: String
  let namespace: String
  /// What bounds the loss by its own means.
  let bound: Duration?
  let spot: Spot
  /// What to do when more could be lost than is allowed.
  let remedy: (Duration) -> String
}
