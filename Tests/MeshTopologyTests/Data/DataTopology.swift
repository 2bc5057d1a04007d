import MeshTopology

/// A topology with a cache, a database, backups and recovery; the tests of wrong ones change one thing.
enum DataTopology {
  static let text = """
    apiVersion: meshctl.dev/v1alpha1
    kind: Topology
    metadata:
      name: shop
    spec:
      regions:
        - name: tokyo
          role: primary
        - name: osaka
          role: recovery
      recovery:
        rto: 15m
        rpo: 5m
        traffic:
          host: shop.example.com
          ttl: 60s
          addresses:
            tokyo: 203.0.113.10
            osaka: 203.0.113.20
        witness:
          kind: git
        drills: 0 3 1 * *
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Cluster
    metadata:
      name: main
    spec:
      region: tokyo
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Cluster
    metadata:
      name: standby
    spec:
      region: osaka
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Namespace
    metadata:
      name: production
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Namespace
    metadata:
      name: cache
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Namespace
    metadata:
      name: velero
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: RedisCluster
    metadata:
      name: redis-cluster
      namespace: cache
    spec:
      storage: 10Gi
      maxMemory: 512Mi
      evictionPolicy: allkeys-lru
      password:
        name: redis-auth
        key: password
      resources:
        cpu: 250m
        memory: 1Gi
      settings:
        maxclients: 2000
      durability: rebuildable
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Database
    metadata:
      name: orders
      namespace: production
    spec:
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
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Backup
    metadata:
      name: velero
      namespace: velero
    spec:
      locations:
        - name: gcs-backup
          provider: gcp
          bucket: shop-backup
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
          snapshotLocations:
            - gcp-snapshots
          ttl: 720h

    """

  /// The text with the first `original` replaced.
  static func text(_ original: String, _ change: String) -> String {
    guard let range = text.firstRange(of: original) else { return text }
    return text[..<range.lowerBound] + change + text[range.upperBound...]
  }
}
