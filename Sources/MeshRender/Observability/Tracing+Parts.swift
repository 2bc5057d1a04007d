internal import MeshTopology
extension Tracing {
  func parts(of topology: Topology, in cluster: Cluster?) -> PlatformParts { PlatformParts() }
}
