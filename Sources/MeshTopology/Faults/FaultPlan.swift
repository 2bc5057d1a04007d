/// Faults that embedded clusters are to have: what goes wrong, where, when and how often.
public struct FaultPlan: TopologyValue {
  /// The name.
  public var name: String
  /// The environment in which it holds; every one by default.
  public var environment: String?
  /// The faults.
  public var faults: [PlannedFault] = []

  /// A plan with `faults`.
  public init(name: String, faults: [PlannedFault] = []) {
    self.name = name
    self.faults = faults
  }
}

extension FaultPlan: Formed {
  static let form = Form(
    "FaultPlan", "Faults that embedded clusters are to have.", blank: Self(name: "")
  ) {
    FormField.optional(
      "environment", \.environment, .name(of: .environment),
      "The environment in which it holds; every one by default.")
    FormField.required(
      "faults", \.faults,
      .list(of: .form, atLeast: 1, unique: [Unique("fault", key: "name") { $0.name }]),
      example: "[{name: crash, kind: crash, pods: {namespace: production}}]", "The faults.")
  }
}

extension FaultPlan: ListedValue {
  static let kind = DocumentKind.faultPlan
  static let list: any WritableKeyPath<Topology, [FaultPlan]> & Sendable = \.faultPlans
  init(header document: Document) { self.init(name: document.name) }
}

extension FaultPlan: TopologyPart {
  public func add(to topology: inout Topology) { topology.faultPlans.append(self) }
}
