/// What a failover must keep to.
public struct RecoveryObjectives: TopologyValue {
  /// The longest that users may be without the system (RTO).
  public var recoveryTime: Duration
  /// The longest span of writes that may be lost (RPO).
  public var recoveryPoint: Duration

  /// Creates objectives.
  public init(recoveryTime: Duration, recoveryPoint: Duration) {
    self.recoveryTime = recoveryTime
    self.recoveryPoint = recoveryPoint
  }
}

extension RecoveryObjectives: Formed {
  static let form = Form(
    "RecoveryObjectives", "What a failover must keep to.", blank: Self(recoveryTime: .zero, recoveryPoint: .zero)
  ) {
    FormField.required(
      "rto", \.recoveryTime, .duration(), example: "15m", property: "recoveryTime",
      "The longest that users may be without the system.")
    FormField.required(
      "rpo", \.recoveryPoint, .duration(in: .zero ... .longest), example: "5m", property: "recoveryPoint",
      "The longest span of writes that may be lost.")
  }
}
