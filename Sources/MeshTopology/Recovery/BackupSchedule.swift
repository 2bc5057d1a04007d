/// What is saved at certain times: a Schedule of Velero.
public struct BackupSchedule: TopologyValue {
  /// The name; that of each backup begins with it.
  public var name: String
  /// When it is saved.
  public var schedule: CronSchedule
  /// The namespaces that are saved; all by default.
  public var namespaces: [String] = []
  /// The namespaces that are not; none by default.
  public var excludedNamespaces: [String] = []
  /// The resources that are saved, in the plural; all by default.
  public var includedResources: [String] = []
  /// The resources that are not; none by default.
  public var excludedResources: [String] = []
  /// The labels of what is saved; any by default.
  public var labelSelector: [String: String] = [:]
  /// How long a backup is kept, in whole seconds; 720 hours by default, as in Velero.
  public var ttl: Duration = .seconds(720 * 3600)
  /// The location that keeps it; the default one by default.
  public var storageLocation: String?
  /// The locations that keep snapshots of volumes; Velero's default ones by default.
  public var snapshotLocations: [String] = []
  /// Whether volumes are saved by snapshots; where there is a way to by default, as in Velero.
  public var takesSnapshots: Bool?
  /// Whether what is in volumes is copied file by file; Velero's own setting by default.
  public var copiesVolumes: Bool?
  /// Commands in pods before and after they are saved; none by default.
  public var hooks: [BackupHook] = []
  /// Whether it waits until somebody says otherwise; false by default.
  public var isPaused = false

  /// A schedule that saves everything.
  public init(name: String, schedule: CronSchedule) {
    self.name = name
    self.schedule = schedule
  }
}

extension BackupSchedule {
  /// Whether what is in volumes is saved: some way is left on, and no filter leaves volumes out.
  public var savesVolumes: Bool {
    let volumes = ["persistentvolumeclaims", "persistentvolumes", "pods"]
    func names(_ resources: [String]) -> Set<String> { Set(resources.map { $0.lowercased() }) }
    let isIncluded =
      includedResources.isEmpty || includedResources.contains("*")
      || names(includedResources).isSuperset(of: volumes)
    return (takesSnapshots != false || copiesVolumes == true) && isIncluded
      && names(excludedResources).isDisjoint(with: volumes)
  }
}

extension BackupSchedule: Formed {
  static let form = Form(
    "BackupSchedule", "What is saved at certain times.", blank: Self(name: "", schedule: "@daily")
  ) {
    FormField.required(
      "name", \.name, .name(.label), example: "daily-backup", "The name; that of each backup begins with it.")
    FormField.required("schedule", \.schedule, .cron, example: "0 2 * * *", "When it is saved, in UTC.")
    filterFields
    placeFields
  }.checked { schedule, section in
    for (index, namespace) in schedule.excludedNamespaces.enumerated()
    where schedule.namespaces.contains(namespace) {
      section.reading.report(
        .contradiction, "\(namespace) is saved and excluded",
        at: section.spot("excludedNamespaces", .index(index)),
        remedy: "remove it from namespaces or from excludedNamespaces")
    }
    for (index, resource) in schedule.excludedResources.enumerated()
    where schedule.includedResources.contains(resource) {
      section.reading.report(
        .contradiction, "\(resource) are saved and excluded",
        at: section.spot("excludedResources", .index(index)),
        remedy: "remove them from includedResources or from excludedResources")
    }
    if schedule.takesSnapshots == false {
      section["snapshotLocations"]?.report(
        .contradiction, "snapshotLocations, but no snapshots are taken",
        remedy: "remove them, or snapshotVolumes: false")
    }
    if schedule.ttl < schedule.schedule.longestInterval {
      section["ttl"]?.report(
        .contradiction,
        "a backup is kept for \(schedule.ttl.unitText), the next one comes after up to \(schedule.schedule.longestInterval.unitText): for a while there is none",
        remedy: "raise ttl to several intervals")
    }
  }

  @FormBuilder<BackupSchedule>
  private static var filterFields: [FormField<BackupSchedule>] {
    FormField.list(
      "namespaces", \.namespaces,
      .list(of: .name(of: .namespace), unique: [Unique("namespace", key: nil) { $0 }]),
      "The namespaces that are saved; all by default.")
    FormField.list(
      "excludedNamespaces", \.excludedNamespaces,
      .list(of: .name(of: .namespace), unique: [Unique("namespace", key: nil) { $0 }]),
      "The namespaces that are not.")
    FormField.list(
      "includedResources", \.includedResources,
      .list(of: .resource, unique: [Unique("resource", key: nil) { $0 }]),
      "The resources that are saved, in the plural; all by default. A schedule that leaves out `pods`, "
        + "`persistentvolumeclaims` or `persistentvolumes` saves no volumes, and covers no store within the RPO."
    )
    FormField.list(
      "excludedResources", \.excludedResources,
      .list(of: .resource, unique: [Unique("resource", key: nil) { $0 }]),
      "The resources that are not, such as `events`.")
    FormField.defaulted(
      "labelSelector", \.labelSelector, .map(.labelKey, .setting),
      "The labels of what is saved; any by default. A schedule with some covers no store within the RPO.",
      default: [:])
  }

  @FormBuilder<BackupSchedule>
  private static var placeFields: [FormField<BackupSchedule>] {
    FormField.defaulted(
      "ttl", \.ttl, .wholeSeconds(in: .seconds(3600) ... .longest), "How long a backup is kept.",
      default: .seconds(720 * 3600))
    FormField.optional(
      "storageLocation", \.storageLocation, .name(.domain),
      "The location that keeps it; the default one by default.")
    FormField.list(
      "snapshotLocations", \.snapshotLocations,
      .list(of: .name(.domain), unique: [Unique("snapshot location", key: nil) { $0 }]),
      "The locations that keep snapshots of volumes, one for each provider.")
    FormField.optional(
      "snapshotVolumes", \.takesSnapshots, .flag, property: "takesSnapshots",
      "Whether volumes are saved by snapshots; where there is a way to by default.")
    FormField.optional(
      "defaultVolumesToFsBackup", \.copiesVolumes, .flag, property: "copiesVolumes",
      "Whether what is in volumes is copied file by file; Velero's own setting by default.")
    FormField.list(
      "hooks", \.hooks, .list(of: .form, unique: [Unique("hook", key: "name") { $0.name }]),
      "Commands in pods before and after they are saved.")
    FormField.defaulted(
      "paused", \.isPaused, .flag, property: "isPaused", "Whether it waits until somebody says otherwise.",
      default: false)
  }
}

extension Codec where Value == String {
  /// The plural of a kind, with its group where that is not the core one.
  static var resource: Codec {
    Codec.text("the plural of a kind, such as pods or events.events.k8s.io").verified { name, field in
      guard name == "*" || NameRule.domain.allows(name) else {
        field.report(
          .invalidName, "\(shown(name)) is not the plural of a kind",
          remedy: "write it in small letters, such as events or events.events.k8s.io")
        return false
      }
      return true
    }
  }
}
