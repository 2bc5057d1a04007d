/// Stub.
public struct Logging: TopologyValue {
  public var name: String
  public var namespace: String
  public init(name: String, namespace: String) {
    self.name = name
    self.namespace = namespace
  }
}
extension Logging: Formed {
  static let form = Form("Logging", "Stub.", blank: Self(name: "", namespace: "")) {
  }
}
