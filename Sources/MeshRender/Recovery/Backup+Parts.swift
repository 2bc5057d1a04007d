internal import MeshTopology
extension Backup {
  func parts(of topology: Topology, in cluster: Cluster?) -> PlatformParts { PlatformParts() }
}
