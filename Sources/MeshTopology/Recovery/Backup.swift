/// Stub.
public struct Backup: TopologyValue {
  public var name: String
  public var namespace: String
  public init(name: String, namespace: String) {
    self.name = name
    self.namespace = namespace
  }
}
extension Backup: Formed {
  static let form = Form("Backup", "Stub.", blank: Self(name: "", namespace: "")) {
  }
}
