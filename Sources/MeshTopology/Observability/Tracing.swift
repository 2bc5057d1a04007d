/// Stub.
public struct Tracing: TopologyValue {
  public var name: String
  public var namespace: String
  public init(name: String, namespace: String) {
    self.name = name
    self.namespace = namespace
  }
}
extension Tracing: Formed {
  static let form = Form("Tracing", "Stub.", blank: Self(name: "", namespace: "")) {
  }
}
extension Tracing {
  public var collector: WorkloadReference { WorkloadReference(namespace: namespace, name: "otel-collector") }
}
