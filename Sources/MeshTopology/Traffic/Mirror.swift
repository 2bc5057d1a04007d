/// Where a copy of the requests goes as well; its answers are thrown away.
public struct Mirror: TopologyValue {
  /// The workload that gets the copy.
  public var to: WorkloadReference
  /// Its port; the first one by default.
  public var port: PortReference?
  /// What share of the requests is copied; all by default.
  public var percent: Percent = .full

  /// A copy of everything.
  public init(to workload: WorkloadReference) { to = workload }
}

extension Mirror: Formed {
  static let form = Form(
    "Mirror", "Where a copy of the requests goes as well; its answers are thrown away.", blank: Self(to: "")
  ) {
    FormField.required("to", \.to, .callee, example: "user-service-next", "The workload that gets the copy.")
    FormField.optional("port", \.port, .portReference, "Its port; its first one by default.")
    FormField.defaulted(
      "percent", \.percent, .percent, "What share of the requests is copied.", default: .full)
  }
}
