extension WrongDataTopology {
  private static let volume = """
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Workload
    metadata: {name: search, namespace: production}
    spec:
      image: search:1.0.0
      controller: statefulSet
      volumes: [{name: index, path: /index, kind: persistent, size: 10Gi}]

    """

  private static let often = ("schedule: 0 2 * * *", "schedule: \"*/5 * * * *\"")

  /// Backups that are often enough, and lost with what they save.
  static let places: [WrongDataTopology] = [
    WrongDataTopology(
      "snapshots in the region that is lost",
      [
        often,
        (
          "name: gcp-snapshots\n      provider: gcp",
          "name: gcp-snapshots\n      provider: gcp\n      region: tokyo"
        ),
      ],
      adding: volume,
      Wanted(
        at: "127:13",
        "all writes to the volume index of search in namespace production would be lost with the primary "
          + "region, 5m are allowed: the snapshot location gcp-snapshots is in tokyo as well",
        in: "Workload/search spec.volumes[0]",
        remedy: "give the snapshot location gcp-snapshots another region, or one of several regions")),
    WrongDataTopology(
      "snapshots in the region that is lost, by the provider's own setting",
      [
        often,
        (
          "name: gcp-snapshots\n      provider: gcp",
          "name: gcp-snapshots\n      provider: gcp\n      config: {snapshotLocation: tokyo}"
        ),
        ("      snapshotLocations:\n        - gcp-snapshots\n", ""),
      ], adding: volume,
      Wanted(
        at: "125:13",
        "all writes to the volume index of search in namespace production would be lost with the primary "
          + "region, 5m are allowed: the snapshot location gcp-snapshots is in tokyo as well",
        in: "Workload/search spec.volumes[0]",
        remedy: "give the snapshot location gcp-snapshots another region, or one of several regions")),
    WrongDataTopology(
      "copies of files in the region that is lost",
      [
        often,
        (
          "provider: gcp\n      bucket: shop-backup",
          "provider: aws\n      region: tokyo\n      bucket: shop-backup"
        ),
        ("ttl: 720h", "defaultVolumesToFsBackup: true"),
      ], adding: volume,
      Wanted(
        at: "127:13",
        "all writes to the volume index of search in namespace production would be lost with the primary "
          + "region, 5m are allowed: the storage location gcs-backup is in tokyo as well",
        in: "Workload/search spec.volumes[0]",
        remedy: "give the storage location gcs-backup another region, or one of several regions")),
  ]

  private static func environments(_ access: [(name: String, context: String)]) -> String {
    access.map { environment in
      """
      ---
      apiVersion: meshctl.dev/v1alpha1
      kind: Environment
      metadata: {name: \(environment.name)}
      spec: {clusters: {main: {kind: kubeconfig, context: \(environment.context)}}}

      """
    }.joined()
  }

  /// Environments that would write over each other's backups.
  static let environments: [WrongDataTopology] = [
    WrongDataTopology(
      "two environments with one archive and one bucket",
      [], adding: environments([("production", "prod"), ("staging", "stage")]),
      Wanted(
        at: "86:18",
        "the environments production and staging would both write the archive gs://shop-database/",
        in: "Database/orders spec.backup.destination",
        remedy: "add an overlay, Database/orders with metadata.environment: staging, that names another "
          + "destination"),
      Wanted(
        at: "101:15",
        "the environments production and staging would both write the backups of shop-backup",
        in: "Backup/velero spec.locations[0].bucket",
        remedy:
          "add an overlay, Backup/velero with metadata.environment: staging, that names another bucket or "
          + "prefix")),
    WrongDataTopology(
      "an overlay that names the archive of another environment",
      [],
      adding: environments([("production", "prod"), ("staging", "stage")]) + """
        ---
        apiVersion: meshctl.dev/v1alpha1
        kind: Database
        metadata: {name: orders, namespace: production, environment: staging}
        spec: {backup: {destination: "gs://shop-database"}}
        ---
        apiVersion: meshctl.dev/v1alpha1
        kind: Backup
        metadata: {name: velero, namespace: velero, environment: staging}
        spec: {locations: [{name: gcs-backup, provider: gcp, bucket: shop-backup, prefix: staging, default: true}]}

        """,
      Wanted(
        at: "133:30",
        "the environments production and staging would both write the archive gs://shop-database",
        in: "Database/orders spec.backup.destination",
        remedy: "add an overlay, Database/orders with metadata.environment: staging, that names another "
          + "destination")),
  ]
}
