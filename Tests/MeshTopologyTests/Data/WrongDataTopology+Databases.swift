extension WrongDataTopology {
  static let databases: [WrongDataTopology] = [
    WrongDataTopology(
      "a parameter that has a field of its own",
      "max_connections: 200",
      "archive_timeout: 60",
      Wanted(
        at: "81:5",
        "archive_timeout cannot be set: it is backup.archiveTimeout",
        in: "Database/orders spec.parameters.archive_timeout",
        remedy: "remove it")),
    WrongDataTopology(
      "a parameter that the operator decides",
      "max_connections: 200",
      "listen_addresses: localhost",
      Wanted(
        at: "81:5",
        "listen_addresses cannot be set: callers are in other pods",
        in: "Database/orders spec.parameters.listen_addresses",
        remedy: "remove it")),
    WrongDataTopology(
      "replication without an archive",
      """
        backup:
          destination: gs://shop-database/
          googleServiceAccount: db@shop.iam.gserviceaccount.com
          archiveTimeout: 1m

      """,
      "",
      Wanted(
        at: "86:5",
        "replication without backup: a region that was cut off catches up from the archive",
        in: "Database/orders spec.replication",
        remedy: "add backup: {destination: gs://BUCKET/}")),
    WrongDataTopology(
      "no object store",
      "destination: gs://shop-database/",
      "destination: shop-database",
      Wanted(
        at: "86:18",
        "\"shop-database\" is not an object store",
        in: "Database/orders spec.backup.destination",
        remedy: "write it like gs://BUCKET/, s3://BUCKET/ or "
          + "https://ACCOUNT.blob.core.windows.net/CONTAINER"),
      Wanted(
        at: "87:27",
        "a Google service account, but the object store is not Google's",
        in: "Database/orders spec.backup.googleServiceAccount",
        remedy: "remove it, or write destination: gs://BUCKET/")),
    WrongDataTopology(
      "a Google account for another store",
      "destination: gs://",
      "destination: s3://",
      Wanted(
        at: "87:27",
        "a Google service account, but the object store is not Google's",
        in: "Database/orders spec.backup.googleServiceAccount",
        remedy: "remove it, or write destination: gs://BUCKET/")),
    WrongDataTopology(
      "an endpoint for a store that has none",
      "archiveTimeout: 1m",
      "endpoint: https://minio.example.com",
      Wanted(
        at: "88:15",
        "an endpoint, but the object store does not speak S3",
        in: "Database/orders spec.backup.endpoint",
        remedy: "remove it, or write destination: s3://BUCKET/")),
    WrongDataTopology(
      "a key beside an account",
      "archiveTimeout: 1m",
      "credentials: gcs-key",
      Wanted(
        at: "88:18",
        "credentials beside googleServiceAccount",
        in: "Database/orders spec.backup.credentials",
        remedy: "keep one of them; the account needs no key")),
    WrongDataTopology(
      "a retention of half a day more",
      "archiveTimeout: 1m",
      "retention: 36h",
      Wanted(
        at: "88:16",
        "36h is not a number of days",
        in: "Database/orders spec.backup.retention",
        remedy: "write it like 720h, which are 30 days")),
    WrongDataTopology(
      "streaming to nowhere",
      "kind: archive",
      "kind: streaming",
      Wanted(
        at: "90:11",
        "streaming between regions needs a name to connect to in each",
        in: "Database/orders spec.replication.kind",
        remedy: "add hosts: {asia-northeast1: db.asia-northeast1.example.com, …}, or write kind: "
          + "archive")),
    WrongDataTopology(
      "hosts for the archive",
      "kind: archive",
      """
      kind: archive
          hosts:
            tokyo: db.tokyo.example.com
      """,
      Wanted(
        at: "92:7",
        "hosts, but writes come from the archive",
        in: "Database/orders spec.replication.hosts",
        remedy: "remove hosts, or write kind: streaming")),
    WrongDataTopology(
      "a name that SQL would need in quotes",
      "owner: orders\n",
      "owner: Orders\n",
      Wanted(
        at: "83:10",
        "\"Orders\" cannot be the name of a database or its owner",
        in: "Database/orders spec.owner",
        remedy: "use small letters, digits and _; postgres and names with pg_ are PostgreSQL's own")),
    WrongDataTopology(
      "a wrong schedule",
      "archiveTimeout: 1m",
      "schedule: 0 2 * *",
      Wanted(
        at: "88:15",
        "\"0 2 * *\" has 4 fields; a schedule has 5",
        in: "Database/orders spec.backup.schedule",
        remedy: "write minute, hour, day of the month, month and day of the week, such as 0 2 * * "
          + "*, or @daily")),
    WrongDataTopology(
      "a plain server with what only the operator has",
      "  storage: 50Gi\n  logStorage: 10Gi",
      "  form: workload\n  storage: 50Gi",
      Wanted(
        at: "86:5",
        "backup of a plain server: only CloudNativePG has it",
        in: "Database/orders spec.backup",
        remedy: "remove it, or write form: cloudnative-pg"),
      Wanted(
        at: "90:5",
        "replication of a plain server: only CloudNativePG has it",
        in: "Database/orders spec.replication",
        remedy: "remove it, or write form: cloudnative-pg")),
    WrongDataTopology(
      "several plain servers without a password",
      """
        storage: 50Gi
        logStorage: 10Gi
        parameters:
          max_connections: 200
        database: orders
        owner: orders
        credentials: orders-db
        backup:
          destination: gs://shop-database/
          googleServiceAccount: db@shop.iam.gserviceaccount.com
          archiveTimeout: 1m
        replication:
          kind: archive

      """,
      """
        form: workload
        instances: 2
        storage: 50Gi
        durability: rebuildable

      """,
      Wanted(
        at: "78:9",
        "a plain server makes no password of its own",
        in: "Database/orders spec.form",
        remedy: "add credentials: with the name of a Secret that has username and password"),
      Wanted(
        at: "79:14",
        "2 plain servers: nothing would keep them the same",
        in: "Database/orders spec.instances",
        remedy: "remove instances, or write form: cloudnative-pg")),
  ]
}
