/// What Velero saves, when and where.
public struct Backup: TopologyValue {
  /// The name.
  public var name: String
  /// Velero's namespace.
  public var namespace: String
  /// Where backups are kept.
  public var locations: [BackupLocation] = []
  /// Where snapshots of volumes are kept; none by default.
  public var snapshotLocations: [SnapshotLocation] = []
  /// What is saved, and when.
  public var schedules: [BackupSchedule]

  /// Backups by `schedules`, none by default.
  public init(name: String, namespace: String, schedules: [BackupSchedule] = []) {
    self.name = name
    self.namespace = namespace
    self.schedules = schedules
  }
}

extension Backup: Formed {
  static let form = Form("Backup", "What Velero saves, when and where.", blank: Self(name: "", namespace: ""))
  {
    FormField.list(
      "locations", \.locations,
      .list(of: .form, unique: [Unique("storage location", key: "name") { $0.name }]),
      "Where backups are kept.")
    FormField.list(
      "snapshotLocations", \.snapshotLocations,
      .list(of: .form, unique: [Unique("snapshot location", key: "name") { $0.name }]),
      "Where snapshots of volumes are kept.")
    FormField.required(
      "schedules", \.schedules, .list(of: .form, unique: [Unique("schedule", key: "name") { $0.name }]),
      example: "[{name: daily-backup, schedule: 0 2 * * *}]", "What is saved, and when.")
  }.checked { $0.check($1) }

  private func check(_ section: Section) {
    let defaults = locations.indices.filter { locations[$0].isDefault }
    for index in defaults.dropFirst() {
      section.reading.report(
        .contradiction, "\(locations[defaults[0]].name) is the default location already",
        at: section.spot("locations", .index(index), "default"), remedy: "keep it at one of the two")
    }
    for (index, schedule) in schedules.enumerated() {
      checkLocations(of: schedule, at: index, hasDefault: !defaults.isEmpty, section)
    }
  }

  private func checkLocations(
    of schedule: BackupSchedule, at index: Int, hasDefault: Bool, _ section: Section
  ) {
    if let name = schedule.storageLocation {
      if !locations.contains(where: { $0.name == name }) {
        section.reading.reportUnknown(
          "storage location", name, at: section.spot("schedules", .index(index), "storageLocation"),
          known: locations.map(\.name), remedy: "declare it under locations")
      }
    } else if !hasDefault {
      section.reading.report(
        .missingField, "\(schedule.name) names no storageLocation, and no location is the default",
        at: section.spot("schedules", .index(index)),
        remedy: locations.first.map { "add storageLocation: \($0.name)" } ?? "declare one under locations")
    }
    var providers: [BackupProvider: String] = [:]
    for (inner, name) in schedule.snapshotLocations.enumerated() {
      let spot = section.spot("schedules", .index(index), "snapshotLocations", .index(inner))
      guard let location = snapshotLocations.first(where: { $0.name == name }) else {
        section.reading.reportUnknown(
          "snapshot location", name, at: spot, known: snapshotLocations.map(\.name),
          remedy: "declare it under snapshotLocations")
        continue
      }
      if let other = providers.updateValue(name, forKey: location.provider) {
        section.reading.report(
          .contradiction,
          "\(other) is a location of \(location.provider.rawValue) already; a backup has one for each provider",
          at: spot, remedy: "keep one of the two, or make two schedules")
      }
    }
  }
}
