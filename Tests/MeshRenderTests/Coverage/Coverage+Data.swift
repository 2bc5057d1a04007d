import KubeModel

extension Coverage {
  /// The cache and the backups.
  static let data: [CoveredObject] = redisCluster + veleroSchedule

  private static let redisCluster = [
    CoveredObject(
      "StatefulSet/redis-cluster", of: "redis-cluster.yaml", from: "RedisCluster/cache/redis-cluster",
      as: "StatefulSet/cache/redis-cluster",
      [
        .same("apiVersion", "apps/v1", by: "kind"),
        .same("kind", "StatefulSet", by: "kind"),
        .same("metadata.name", "redis-cluster", by: "metadata.name"),
        .same("metadata.namespace", "cache", by: "metadata.namespace"),
        .modern(
          "spec.serviceName", "redis-cluster", by: "metadata.name", now: "redis-cluster-pods",
          because: "the Service of that name is what clients use; nodes find each other by a headless one"),
        .same("spec.replicas", 6, by: "kind"),
        .same("spec.selector.matchLabels.app", "redis-cluster", by: "metadata.name"),
        .modern(
          "spec.template.spec.containers[redis].name", "redis", by: "metadata.name",
          at: "spec.template.spec.containers[redis-cluster].name", now: "redis-cluster",
          because: Reason.namedLikeDocument),
        .same(
          "spec.template.spec.containers[redis].image", "redis:7-alpine", by: "spec.image",
          at: "spec.template.spec.containers[redis-cluster].image"),
        .same(
          "spec.template.spec.containers[redis].command", ["redis-server", "/conf/redis.conf"], by: "kind",
          at: "spec.template.spec.containers[redis-cluster].command"),
        .same(
          "spec.template.spec.containers[redis].ports[0].containerPort", 6379, by: "kind",
          at: "spec.template.spec.containers[redis-cluster].ports[redis].containerPort"),
        .same(
          "spec.template.spec.containers[redis].ports[1].containerPort", 16379, by: "kind",
          at: "spec.template.spec.containers[redis-cluster].ports[bus].containerPort"),
        .modern(
          "spec.template.spec.containers[redis].volumeMounts[conf].name", "conf", by: "kind",
          at: "spec.template.spec.containers[redis-cluster].volumeMounts[configuration].name",
          now: "configuration", because: Reason.volumeOfFiles),
        .modern(
          "spec.template.spec.containers[redis].volumeMounts[conf].mountPath", "/conf", by: "kind",
          at: "spec.template.spec.containers[redis-cluster].volumeMounts[configuration].mountPath",
          now: "/conf/redis.conf",
          because: "files are mounted by themselves, so that what else is in the folder stays"),
        .same(
          "spec.template.spec.containers[redis].volumeMounts[data].name", "data", by: "spec.storage",
          at: "spec.template.spec.containers[redis-cluster].volumeMounts[data].name"),
        .same(
          "spec.template.spec.containers[redis].volumeMounts[data].mountPath", "/data", by: "spec.storage",
          at: "spec.template.spec.containers[redis-cluster].volumeMounts[data].mountPath"),
        .modern(
          "spec.template.spec.volumes[conf].name", "conf", by: "kind",
          at: "spec.template.spec.volumes[configuration].name", now: "configuration",
          because: Reason.volumeOfFiles),
        .modern(
          "spec.template.spec.volumes[conf].configMap.name", "redis-config", by: "spec.maxMemory",
          at: "spec.template.spec.volumes[configuration].configMap.name", now: "redis-cluster-files",
          because:
            "the reference has no such ConfigMap; the rendered one has a hash of its content in its name"),
        .same("spec.volumeClaimTemplates[0].metadata.name", "data", by: "spec.storage"),
        .same("spec.volumeClaimTemplates[0].spec.accessModes", ["ReadWriteOnce"], by: "spec.storage"),
        .same("spec.volumeClaimTemplates[0].spec.resources.requests.storage", "10Gi", by: "spec.storage"),
      ])
  ]

  private static let veleroSchedule = [
    CoveredObject(
      "Schedule/daily-backup", of: "velero-schedule.yaml", from: "Backup/velero/velero",
      as: "Schedule/velero/daily-backup",
      [
        .same("apiVersion", "velero.io/v1", by: "kind"),
        .same("kind", "Schedule", by: "spec.schedules[daily-backup].name"),
        .same("metadata.name", "daily-backup", by: "spec.schedules[daily-backup].name"),
        .same("metadata.namespace", "velero", by: "metadata.namespace"),
        .same("spec.schedule", "0 2 * * *", by: "spec.schedules[daily-backup].schedule"),
        .same(
          "spec.template.includedNamespaces", ["production", "api-gateway"],
          by: "spec.schedules[daily-backup].namespaces"),
        .same(
          "spec.template.excludedResources", ["events", "events.events.k8s.io"],
          by: "spec.schedules[daily-backup].excludedResources"),
        .same(
          "spec.template.storageLocation", "gcs-backup", by: "spec.schedules[daily-backup].storageLocation"),
        .same(
          "spec.template.volumeSnapshotLocations", ["gcp-snapshots"],
          by: "spec.schedules[daily-backup].snapshotLocations"),
        .same("spec.template.ttl", "720h0m0s", by: "spec.schedules[daily-backup].ttl"),
      ])
  ]
}
