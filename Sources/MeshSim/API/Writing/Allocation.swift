import KubeModel

/// Gives objects what is handed out from a pool of the cluster, such as the addresses of Services.
enum Allocation {
  static func allocate(
    _ object: inout KubeObject, live: KubeObject?, _ served: ServedResource, in state: inout ClusterState
  ) throws(StatusError) {
    let errors = ServiceAllocation.allocate(&object, live: live, kind: served.storage, in: &state)
    guard errors.isEmpty else { throw .invalid(served.storage, object.name, errors) }
  }
}
