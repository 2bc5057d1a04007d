/// What a failover must keep to.
public struct RecoveryObjectives: Hashable, Sendable {
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
