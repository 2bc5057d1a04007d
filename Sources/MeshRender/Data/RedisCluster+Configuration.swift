internal import KubeModel
internal import MeshTopology

extension RedisCluster {
  /// The text of `redis.conf`, without what differs from pod to pod.
  var configuration: String {
    var directives: [(String, String)] = [
      ("port", "\(RedisCluster.clientPort)"),
      ("cluster-enabled", "yes"),
      ("cluster-config-file", "nodes.conf"),
      ("cluster-node-timeout", "\(nodeTimeout.wholeMilliseconds)"),
      // NetworkPolicies and the mesh decide who may connect; Redis alone would only let its own pod.
      ("protected-mode", "no"),
      ("appendonly", isAppendOnly ? "yes" : "no"),
    ]
    if let maxMemory {
      directives.append(("maxmemory", "\(Int(maxMemory.value))"))
      directives.append(("maxmemory-policy", evictionPolicy.rawValue))
    }
    directives += settings.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    return directives.map { "\($0.0) \($0.1)\n" }.joined()
  }
}
