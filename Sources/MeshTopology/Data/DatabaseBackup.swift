/// Where the writes of a database are archived, and when the whole of it is.
public struct DatabaseBackup: TopologyValue {
  /// A kind of object store.
  public enum Provider: Hashable, Sendable {
    case google
    case amazon
    case azure
  }

  /// The object store and folder, such as `gs://shop-database/`. It must outlive the region that takes writes.
  public var destination: String
  /// The Secret with the keys of the object store; the identity of the pods by default.
  public var credentials: String?
  /// The Google service account that the pods act as; none by default.
  public var googleServiceAccount: String?
  /// The address of an object store that speaks S3 but is not Amazon's; none by default.
  public var endpoint: String?
  /// The time after which writes are archived though the log's file is not full, in whole seconds; 1 minute by default.
  public var archiveTimeout: Duration = .seconds(60)
  /// When the whole database is saved; at two each night by default.
  public var schedule: CronSchedule = "0 2 * * *"
  /// How long what was saved is kept, in whole days; 30 days by default.
  public var retention: Duration = .seconds(30 * 86_400)

  /// An archive with the defaults.
  public init(destination: String) { self.destination = destination }
}

extension DatabaseBackup {
  /// The kind of object store that `destination` names.
  public var provider: Provider? {
    if destination.hasPrefix("gs://") { return .google }
    if destination.hasPrefix("s3://") { return .amazon }
    return destination.hasPrefix("https://") && destination.contains(".blob.core.windows.net/") ? .azure : nil
  }
}

extension DatabaseBackup: Formed {
  private static let longestRetention = Duration.seconds(400 * 86_400)

  static let form = Form(
    "DatabaseBackup", "Where the writes of a database are archived, and when the whole of it is.",
    blank: Self(destination: "")
  ) {
    FormField.required(
      "destination", \.destination, .text("gs://…, s3://… or https://ACCOUNT.blob.core.windows.net/…"),
      example: "gs://shop-database/",
      "The object store and folder. It must outlive the region that takes writes: choose one of several regions."
    )
    FormField.optional(
      "credentials", \.credentials, .name(.domain),
      "The Secret with the keys of the object store: `gcsCredentials`; `ACCESS_KEY_ID` and `ACCESS_SECRET_KEY`; or "
        + "`AZURE_CONNECTION_STRING`. The identity of the pods by default.")
    FormField.optional(
      "googleServiceAccount", \.googleServiceAccount,
      .text("an address such as user@project.iam.gserviceaccount.com"),
      "The Google service account that the pods act as.")
    FormField.optional(
      "endpoint", \.endpoint, .text("an address such as https://minio.example.com"),
      "The address of an object store that speaks S3 but is not Amazon's.")
    FormField.defaulted(
      "archiveTimeout", \.archiveTimeout, .wholeSeconds(in: .seconds(1) ... .seconds(86_400)),
      "The time after which writes are archived though the log's file is not full: so much can be lost.",
      default: .seconds(60))
    FormField.defaulted(
      "schedule", \.schedule, .cron, "When the whole database is saved.", default: "0 2 * * *")
    FormField.defaulted(
      "retention", \.retention, .duration(in: .seconds(86_400)...longestRetention),
      "How long what was saved is kept, in whole days.", default: .seconds(30 * 86_400))
  }.checked { $0.check($1) }

  private func check(_ section: Section) {
    if provider == nil {
      section["destination"]?.report(
        .invalidValue, "\(shown(destination)) is not an object store",
        remedy: "write it like gs://BUCKET/, s3://BUCKET/ or https://ACCOUNT.blob.core.windows.net/CONTAINER")
    }
    if provider != .google {
      section["googleServiceAccount"]?.report(
        .contradiction, "a Google service account, but the object store is not Google's",
        remedy: "remove it, or write destination: gs://BUCKET/")
    }
    if provider != .amazon {
      section["endpoint"]?.report(
        .contradiction, "an endpoint, but the object store does not speak S3",
        remedy: "remove it, or write destination: s3://BUCKET/")
    }
    if credentials != nil, googleServiceAccount != nil {
      section["credentials"]?.report(
        .contradiction, "credentials beside googleServiceAccount",
        remedy: "keep one of them; the account needs no key")
    }
    if retention.wholeMilliseconds % 86_400_000 != 0 {
      section["retention"]?.report(
        .invalidValue, "\(retention.unitText) is not a number of days",
        remedy: "write it like 720h, which are 30 days")
    }
  }
}
