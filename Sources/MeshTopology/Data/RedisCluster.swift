/// Stub.
public struct RedisCluster: TopologyValue, Callee {
  public var name: String
  public var namespace: String
  public init(name: String, namespace: String) {
    self.name = name
    self.namespace = namespace
  }
  public var ports: [Workload.Port] { [] }
}
extension RedisCluster: Formed {
  static let form = Form("RedisCluster", "Stub.", blank: Self(name: "", namespace: "")) {
  }
}
