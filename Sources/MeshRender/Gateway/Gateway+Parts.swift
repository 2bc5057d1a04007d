internal import MeshTopology
extension Gateway {
  func parts(of topology: Topology, in cluster: Cluster?) -> PlatformParts { PlatformParts() }
}
