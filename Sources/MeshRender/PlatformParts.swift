internal import KubeModel
internal import MeshTopology

/// What a part of the platform, such as a gateway, comes to: workloads, which are rendered like all others,
/// and whatever else it needs.
struct PlatformParts {
  /// Workloads that stand for it.
  var workloads: [Workload] = []
  /// Further objects.
  var objects: [RenderedObject] = []
  /// Files for other tools.
  var files: [RenderedFile] = []

  static func + (left: PlatformParts, right: PlatformParts) -> PlatformParts {
    PlatformParts(
      workloads: left.workloads + right.workloads, objects: left.objects + right.objects,
      files: left.files + right.files)
  }
}

extension Renderer {
  /// The platform of a topology as `cluster` is to have it.
  ///
  /// - Parameter cluster: `nil` for what does not depend on a cluster: names, ports and calls of workloads.
  static func platform(of topology: Topology, in cluster: Cluster?) -> PlatformParts {
    var parts = PlatformParts()
    for gateway in topology.gateways { parts = parts + gateway.parts(of: topology, in: cluster) }
    for redis in topology.redisClusters { parts = parts + redis.parts(of: topology, in: cluster) }
    for database in topology.databases { parts = parts + database.parts(of: topology, in: cluster) }
    if let tracing = topology.tracing { parts = parts + tracing.parts(of: topology, in: cluster) }
    if let monitoring = topology.monitoring { parts = parts + monitoring.parts(of: topology, in: cluster) }
    if let logging = topology.logging { parts = parts + logging.parts(of: topology, in: cluster) }
    if let backup = topology.backup { parts = parts + backup.parts(of: topology, in: cluster) }
    if let recovery = topology.recovery { parts = parts + recovery.parts(of: topology, in: cluster) }
    return parts
  }
}
