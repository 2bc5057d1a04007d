internal import MeshTopology
extension Monitoring {
  func parts(of topology: Topology, in cluster: Cluster?) -> PlatformParts { PlatformParts() }
}
