/// Stub.
public struct Monitoring: TopologyValue {
  public var name: String
  public var namespace: String
  public init(name: String, namespace: String) {
    self.name = name
    self.namespace = namespace
  }
}
extension Monitoring: Formed {
  static let form = Form("Monitoring", "Stub.", blank: Self(name: "", namespace: "")) {
  }
}
extension Monitoring {
  public var prometheus: WorkloadReference { WorkloadReference(namespace: namespace, name: "prometheus") }
}
