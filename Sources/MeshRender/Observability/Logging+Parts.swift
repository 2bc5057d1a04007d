internal import MeshTopology
extension Logging {
  func parts(of topology: Topology, in cluster: Cluster?) -> PlatformParts { PlatformParts() }
}
