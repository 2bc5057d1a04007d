/// Stub.
public struct Gateway: TopologyValue, Callee {
  public var name: String
  public var namespace: String
  public init(name: String, namespace: String) {
    self.name = name
    self.namespace = namespace
  }
  public var ports: [Workload.Port] { [] }
}
extension Gateway: Formed {
  static let form = Form("Gateway", "Stub.", blank: Self(name: "", namespace: "")) {
  }
}
