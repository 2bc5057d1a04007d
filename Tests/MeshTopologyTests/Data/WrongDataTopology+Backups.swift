extension WrongDataTopology {
  static let backups: [WrongDataTopology] = [
    WrongDataTopology(
      "a schedule with a field too few",
      "0 2 * * *\n      namespaces",
      "0 2 * *\n      namespaces",
      Wanted(
        at: "108:17",
        "\"0 2 * *\" has 4 fields; a schedule has 5",
        in: "Backup/velero spec.schedules[0].schedule",
        remedy: "write minute, hour, day of the month, month and day of the week, such as 0 2 * * "
          + "*, or @daily")),
    WrongDataTopology(
      "a schedule that never comes due",
      "0 2 * * *\n      namespaces",
      "0 2 31 2 *\n      namespaces",
      Wanted(
        at: "108:17",
        "\"0 2 31 2 *\" never comes due",
        in: "Backup/velero spec.schedules[0].schedule",
        remedy: "choose a day that the month has")),
    WrongDataTopology(
      "a storage location that is not declared",
      "storageLocation: gcs-backup",
      "storageLocation: gcs-bakup",
      Wanted(
        at: "115:24",
        "there is no storage location \"gcs-bakup\"",
        in: "Backup/velero spec.schedules[0].storageLocation",
        remedy: "did you mean gcs-backup?")),
    WrongDataTopology(
      "a snapshot location that is not declared",
      "        - gcp-snapshots\n",
      "        - aws-snapshots\n",
      Wanted(
        at: "117:11",
        "there is no snapshot location \"aws-snapshots\"",
        in: "Backup/velero spec.schedules[0].snapshotLocations[0]",
        remedy: "did you mean gcp-snapshots?")),
    WrongDataTopology(
      "no storage location at all",
      """
            default: true
        snapshotLocations:
          - name: gcp-snapshots
            provider: gcp
        schedules:
          - name: daily-backup
            schedule: 0 2 * * *
            namespaces:
              - production
              - cache
            excludedResources:
              - events
              - events.events.k8s.io
            storageLocation: gcs-backup

      """,
      """
        snapshotLocations:
          - name: gcp-snapshots
            provider: gcp
        schedules:
          - name: daily-backup
            schedule: 0 2 * * *

      """,
      Wanted(
        at: "106:7",
        "daily-backup names no storageLocation, and no location is the default",
        in: "Backup/velero spec.schedules[0]",
        remedy: "add storageLocation: gcs-backup")),
    WrongDataTopology(
      "two default locations",
      "  snapshotLocations:\n    - name",
      """
          - name: second
            provider: gcp
            bucket: second
            default: true
        snapshotLocations:
          - name
      """,
      Wanted(
        at: "106:16",
        "gcs-backup is the default location already",
        in: "Backup/velero spec.locations[1].default",
        remedy: "keep it at one of the two")),
    WrongDataTopology(
      "two snapshot locations of one provider",
      """
        schedules:
          - name: daily-backup
            schedule: 0 2 * * *
            namespaces:
              - production
              - cache
            excludedResources:
              - events
              - events.events.k8s.io
            storageLocation: gcs-backup
            snapshotLocations:

      """,
      """
          - name: others
            provider: gcp
        schedules:
          - name: daily-backup
            schedule: 0 2 * * *
            snapshotLocations:
              - others

      """,
      Wanted(
        at: "113:11",
        "others is a location of gcp already; a backup has one for each provider",
        in: "Backup/velero spec.schedules[0].snapshotLocations[1]",
        remedy: "keep one of the two, or make two schedules")),
    WrongDataTopology(
      "a namespace that is not declared",
      "        - production\n        - cache",
      "        - produktion\n        - cache",
      Wanted(
        at: "110:11",
        "there is no namespace \"produktion\"",
        in: "Backup/velero spec.schedules[0].namespaces[0]",
        remedy: "did you mean production?")),
    WrongDataTopology(
      "a namespace that is saved and excluded",
      "      excludedResources:",
      """
            excludedNamespaces:
              - cache
            excludedResources:
      """,
      Wanted(
        at: "113:11",
        "cache is saved and excluded",
        in: "Backup/velero spec.schedules[0].excludedNamespaces[0]",
        remedy: "remove it from namespaces or from excludedNamespaces")),
    WrongDataTopology(
      "a bucket of aws without a region",
      "provider: gcp\n      bucket",
      "provider: aws\n      bucket",
      Wanted(
        at: "99:7",
        "a bucket of aws without its region",
        in: "Backup/velero spec.locations[0]",
        remedy: "add region: such as ap-northeast-1")),
    WrongDataTopology(
      "a bucket with its scheme",
      "bucket: shop-backup",
      "bucket: gs://shop-backup",
      Wanted(
        at: "101:15",
        "\"gs://shop-backup\" is not the name of a bucket",
        in: "Backup/velero spec.locations[0].bucket",
        remedy: "write the name alone, without gs:// or s3://")),
    WrongDataTopology(
      "snapshots that are not taken",
      "ttl: 720h",
      "snapshotVolumes: false",
      Wanted(
        at: "117:9",
        "snapshotLocations, but no snapshots are taken",
        in: "Backup/velero spec.schedules[0].snapshotLocations",
        remedy: "remove them, or snapshotVolumes: false")),
    WrongDataTopology(
      "backups that are gone before the next one",
      "ttl: 720h",
      "ttl: 12h",
      Wanted(
        at: "118:12",
        "a backup is kept for 12h, the next one comes after up to 24h: for a while there is none",
        in: "Backup/velero spec.schedules[0].ttl",
        remedy: "raise ttl to several intervals")),
    WrongDataTopology(
      "a kind instead of a resource",
      "        - events\n",
      "        - Event\n",
      Wanted(
        at: "113:11",
        "\"Event\" is not the plural of a kind",
        in: "Backup/velero spec.schedules[0].excludedResources[0]",
        remedy: "write it in small letters, such as events or events.events.k8s.io")),
    WrongDataTopology(
      "a hook that runs nothing",
      "ttl: 720h",
      "hooks:\n        - name: flush",
      Wanted(
        at: "119:11",
        "a hook that runs nothing",
        in: "Backup/velero spec.schedules[0].hooks[0]",
        remedy: "add before: or after: with a command, such as [\"sync\"]")),
  ]
}
