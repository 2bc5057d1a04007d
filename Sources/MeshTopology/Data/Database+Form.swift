internal import KubeModel

extension Database: Formed {
  static let form = Form(
    "Database", "A PostgreSQL database: a cluster that CloudNativePG looks after, or a single plain server.",
    blank: Self(name: "", namespace: "")
  ) {
    serverFields
    contentFields
  }.checked { $0.check($1) }

  @FormBuilder<Database>
  private static var serverFields: [FormField<Database>] {
    FormField.defaulted(
      "form", \.form, .choice,
      "What looks after the servers: CloudNativePG 1.26 or later with the Barman Cloud plug-in, or nobody, for one "
        + "plain server.", default: .cloudNativePG)
    FormField.optional(
      "image", \.image, .image,
      "The image; PostgreSQL 15 of CloudNativePG, or of the official image for a plain server, by default.")
    FormField.defaulted(
      "instances", \.instances, .integer(in: 1...20),
      "The number of servers in each region, one of which takes writes. A plain server is alone.", default: 3)
    FormField.required(
      "storage", \.storage, .quantity(.memory), example: "50Gi",
      "How much each server can store on its volume.")
    FormField.optional(
      "storageClass", \.storageClass, .name(.domain),
      "The storage class; the cluster's default one by default.")
    FormField.optional(
      "logStorage", \.logStorage, .quantity(.memory),
      "A volume of its own for the log of writes, so that a full log does not stop the data; with the data by default."
    )
    FormField.optional("resources", \.resources, .form, "What each server asks of its machine.")
    FormField.defaulted(
      "parameters", \.parameters, PostgresParameter.parameters, "The parameters of `postgresql.conf`.",
      default: [:])
  }

  @FormBuilder<Database>
  private static var contentFields: [FormField<Database>] {
    FormField.defaulted("database", \.database, .role, "The database that is made at first.", default: "app")
    FormField.defaulted("owner", \.owner, .role, "The role that owns it.", default: "app")
    FormField.optional(
      "credentials", \.credentials, .name(.domain),
      "The Secret with `username` and `password` of the owner; CloudNativePG makes `NAME-app` by default.")
    FormField.optional(
      "backup", \.backup, .form, "Where writes are archived, and when the whole database is.")
    FormField.optional("replication", \.replication, .form, "How the regions that stand by follow.")
    FormField.defaulted(
      "metrics", \.hasMetrics, .flag, property: "hasMetrics",
      "Whether Prometheus is to find the measures of CloudNativePG's servers, at port 9187.", default: true)
    FormField.defaulted(
      "durability", \.durability, .choice,
      "Whether what it holds must outlive a disaster, or can be made anew from elsewhere.", default: .kept)
  }

  private func check(_ section: Section) {
    if form == .workload {
      checkPlain(section)
    } else if replication != nil, backup == nil {
      section["replication"]?.report(
        .contradiction, "replication without backup: a region that was cut off catches up from the archive",
        remedy: "add backup: {destination: gs://BUCKET/}")
    }
  }

  private func checkPlain(_ section: Section) {
    for key in ["backup", "replication", "logStorage"] {
      section[key]?.report(
        .contradiction, "\(key) of a plain server: only CloudNativePG has it",
        remedy: "remove it, or write form: cloudnative-pg")
    }
    if instances > 1 {
      section["instances"]?.report(
        .contradiction, "\(instances) plain servers: nothing would keep them the same",
        remedy: "remove instances, or write form: cloudnative-pg")
    }
    if credentials == nil {
      section["form"]?.report(
        .missingField, "a plain server makes no password of its own",
        remedy: "add credentials: with the name of a Secret that has username and password")
    }
  }
}

extension Codec where Value == String {
  /// The name of a role or database that needs no quotes in SQL.
  static var role: Codec {
    Codec.text("small letters, digits and _", atMost: 63).verified { name, field in
      let isName =
        name.utf8.first.map { $0.isLowercaseLetter || $0 == UInt8(ascii: "_") } == true
        && name.utf8.allSatisfy { $0.isLowercaseAlphanumeric || $0 == UInt8(ascii: "_") }
      guard isName, name != "postgres", !name.hasPrefix("pg_") else {
        field.report(
          .invalidName, "\(shown(name)) cannot be the name of a database or its owner",
          remedy: "use small letters, digits and _; postgres and names with pg_ are PostgreSQL's own")
        return false
      }
      return true
    }
  }
}
