/// Who runs an object store or makes snapshots of volumes.
public enum BackupProvider: String, Hashable, Sendable, CaseIterable {
  /// Google Cloud.
  case gcp
  /// Amazon Web Services, or another store that speaks S3.
  case aws
  /// Microsoft Azure.
  case azure
}

/// An object store that keeps backups: a BackupStorageLocation.
public struct BackupLocation: TopologyValue {
  /// The name that schedules use.
  public var name: String
  /// Who runs it.
  public var provider: BackupProvider
  /// The bucket, or Azure's container.
  public var bucket: String
  /// The folder in it; the whole bucket by default.
  public var prefix: String?
  /// The region, which Amazon's store must be told; none by default.
  public var region: String?
  /// Further settings of the provider's plug-in; none by default.
  public var config: [String: String] = [:]
  /// The key of a Secret in Velero's namespace that opens it; Velero's own identity by default.
  public var credentials: SecretKey?
  /// Whether schedules that name no location use it; false by default.
  public var isDefault = false

  /// A location that Velero's own identity opens.
  public init(name: String, provider: BackupProvider, bucket: String) {
    self.name = name
    self.provider = provider
    self.bucket = bucket
  }
}

extension BackupLocation: Formed {
  static let form = Form(
    "BackupLocation", "An object store that keeps backups.", blank: Self(name: "", provider: .gcp, bucket: "")
  ) {
    FormField.required("name", \.name, .name(.domain), example: "gcs-backup", "The name that schedules use.")
    FormField.required("provider", \.provider, .choice, example: "gcp", "Who runs it.")
    FormField.required(
      "bucket", \.bucket, .bucket, example: "shop-backup", "The bucket, or Azure's container.")
    FormField.optional(
      "prefix", \.prefix, .text("a folder"), "The folder in it; the whole bucket by default.")
    FormField.optional("region", \.region, .name(.label), "The region, which Amazon's store must be told.")
    FormField.defaulted(
      "config", \.config, .map(.key, .setting), "Further settings of the provider's plug-in.", default: [:])
    FormField.optional(
      "credentials", \.credentials, .form,
      "What opens it, in a Secret of Velero's namespace; Velero's own identity by default.")
    FormField.defaulted(
      "default", \.isDefault, .flag, property: "isDefault", "Whether schedules that name no location use it.",
      default: false)
  }.checked { location, section in
    switch location.provider {
    case .aws where location.region == nil && location.config["region"] == nil:
      section.report(
        .missingField, "a bucket of aws without its region", remedy: "add region: such as ap-northeast-1")
    case .gcp, .azure:
      section["region"]?.report(
        .contradiction, "a region, but a bucket of \(location.provider.rawValue) is found by its name alone",
        remedy: "remove region")
    default: break
    }
  }
}

/// A place where snapshots of volumes are kept: a VolumeSnapshotLocation.
public struct SnapshotLocation: TopologyValue {
  /// The name that schedules use.
  public var name: String
  /// Who makes the snapshots.
  public var provider: BackupProvider
  /// Where the snapshots are kept; the provider's choice by default.
  public var region: String?
  /// Further settings of the provider's plug-in; none by default.
  public var config: [String: String] = [:]
  /// The key of a Secret in Velero's namespace that it takes; Velero's own identity by default.
  public var credentials: SecretKey?

  /// A location of the provider's choice.
  public init(name: String, provider: BackupProvider) {
    self.name = name
    self.provider = provider
  }
}

extension SnapshotLocation: Formed {
  static let form = Form(
    "SnapshotLocation", "A place where snapshots of volumes are kept.", blank: Self(name: "", provider: .gcp)
  ) {
    FormField.required(
      "name", \.name, .name(.domain), example: "gcp-snapshots", "The name that schedules use.")
    FormField.required("provider", \.provider, .choice, example: "gcp", "Who makes the snapshots.")
    FormField.optional(
      "region", \.region, .name(.label),
      "Where the snapshots are kept; the provider's choice by default. After the loss of a region only those "
        + "elsewhere are left.")
    FormField.defaulted(
      "config", \.config, .map(.key, .setting), "Further settings of the provider's plug-in.", default: [:])
    FormField.optional(
      "credentials", \.credentials, .form,
      "What it takes, in a Secret of Velero's namespace; Velero's own identity by default.")
  }.checked { location, section in
    if location.provider == .aws, location.region == nil, location.config["region"] == nil {
      section.report(
        .missingField, "snapshots of aws without their region", remedy: "add region: such as ap-northeast-1")
    }
    if location.provider == .azure {
      section["region"]?.report(
        .contradiction, "a region, but snapshots of azure are kept in a resource group",
        remedy: "write config: {resourceGroup: NAME}")
    }
  }
}

extension Codec where Value == String {
  /// The name of a bucket.
  static var bucket: Codec {
    Codec.text("the name of a bucket", atMost: 222).verified { name, field in
      let isName =
        name.utf8.count >= 3 && name.utf8.allSatisfy { $0.isLowercaseAlphanumeric || "-_.".utf8.contains($0) }
      guard isName else {
        field.report(
          .invalidValue, "\(shown(name)) is not the name of a bucket",
          remedy: "write the name alone, without gs:// or s3://")
        return false
      }
      return true
    }
  }
}
