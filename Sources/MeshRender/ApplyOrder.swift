internal import KubeModel

/// The order in which objects are applied: what others need comes first.
enum ApplyOrder {
  private static let kinds = [
    "Namespace", "ComputeNetwork", "ComputeSubnetwork", "ComputeAddress", "ComputeRouter",
    "ComputeRouterNAT", "ComputeFirewall", "ContainerCluster", "ContainerNodePool",
    "CustomResourceDefinition", "PodSecurityPolicy", "PriorityClass", "StorageClass", "ServiceAccount",
    "ClusterRole", "Role", "ClusterRoleBinding", "RoleBinding", "NetworkPolicy", "Secret", "ConfigMap",
    "PersistentVolumeClaim", "Service", "PodDisruptionBudget", "BackupStorageLocation",
    "VolumeSnapshotLocation", "ObjectStore", "Cluster", "Deployment", "StatefulSet", "DaemonSet", "Job",
    "CronJob", "HorizontalPodAutoscaler", "PeerAuthentication", "RequestAuthentication",
    "AuthorizationPolicy", "Jaeger", "Telemetry", "ServiceEntry", "GatewayClass", "Gateway",
    "DestinationRule", "VirtualService", "ReferenceGrant", "KongClusterPlugin", "KongPlugin", "KongConsumer",
    "HTTPRoute", "GRPCRoute", "PodMonitor", "ServiceMonitor", "PrometheusRule", "Schedule",
    "ScheduledBackup", "DNSEndpoint",
  ]
  private static let ranks = Dictionary(uniqueKeysWithValues: zip(kinds, kinds.indices))

  /// `objects` in the order of applying, those of one kind by namespace and name.
  static func sorted(_ objects: [RenderedObject]) -> [RenderedObject] {
    let keyed = objects.map { rendered in
      let object = rendered.object
      return (
        rank: ranks[object.kind] ?? kinds.count, namespace: object.namespace ?? "", kind: object.kind,
        name: object.name, rendered: rendered
      )
    }
    return keyed.sorted { left, right in
      (left.rank, left.kind, left.namespace, left.name) < (
        right.rank, right.kind, right.namespace, right.name
      )
    }.map(\.rendered)
  }
}
