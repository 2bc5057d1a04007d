/// Stub.
public struct Database: TopologyValue, Callee {
  public var name: String
  public var namespace: String
  public init(name: String, namespace: String) {
    self.name = name
    self.namespace = namespace
  }
  public var ports: [Workload.Port] { [] }
}
extension Database: Formed {
  static let form = Form("Database", "Stub.", blank: Self(name: "", namespace: "")) {
  }
}
