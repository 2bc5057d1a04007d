import KubeModel
import Seams

extension ServiceAllocation {
  /// What the services of a cluster have, but for the one that is written.
  init(_ services: some Sequence<KubeObject>, except key: ObjectKey) {
    var addresses: Set<String> = ["10.96.0.1"]
    var ports: Set<Int64> = []
    for service in services where service.key != key {
      guard let spec = service.fields["spec"] else { continue }
      addresses.formUnion(spec.texts("clusterIPs"))
      for port in spec.list("ports") {
        if let number = port.number("nodePort") { ports.insert(number) }
      }
      if let number = spec.number("healthCheckNodePort") { ports.insert(number) }
    }
    self.init(usedAddresses: addresses, usedPorts: ports)
  }

  /// Gives a service that is written what it needs; other kinds stay as they are.
  static func allocate(
    _ object: inout KubeObject, live: KubeObject?, kind: ResourceKind, in state: inout ClusterState
  ) -> [FieldError] {
    guard kind == .service else { return [] }
    let allocation = ServiceAllocation(state.store.list(.service, namespace: nil), except: object.key)
    // The same name gets the same address again, whatever else happened: runs stay comparable.
    let seed = StableHash.of("\(object.namespace ?? "")/\(object.name)")
    return allocation.fill(&object, live: live) { count in Int(seed % UInt64(count)) }
  }
}
