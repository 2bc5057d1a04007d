/// What a failover must keep to, and how it is made.
public struct RecoveryObjectives: TopologyValue {
  /// The longest that users may be without the system (RTO).
  public var recoveryTime: Duration
  /// The longest span of writes that may be lost (RPO).
  public var recoveryPoint: Duration
  /// How users reach the region that serves them; not directed by the topology by default.
  public var traffic: RegionalTraffic?
  /// The third place that says which region may take writes; none by default.
  public var witness: Witness?
  /// When a failover is rehearsed; never by default.
  public var drills: CronSchedule?

  /// Creates objectives.
  public init(recoveryTime: Duration, recoveryPoint: Duration) {
    self.recoveryTime = recoveryTime
    self.recoveryPoint = recoveryPoint
  }
}

extension RecoveryObjectives: Formed {
  static let form = Form(
    "RecoveryObjectives", "What a failover must keep to, and how it is made.",
    blank: Self(recoveryTime: .zero, recoveryPoint: .zero)
  ) {
    FormField.required(
      "rto", \.recoveryTime, .duration(), example: "15m", property: "recoveryTime",
      "The longest that users may be without the system.")
    FormField.required(
      "rpo", \.recoveryPoint, .duration(in: .zero ... .longest), example: "5m", property: "recoveryPoint",
      "The longest span of writes that may be lost.")
    FormField.optional("traffic", \.traffic, .form, "How users reach the region that serves them.")
    FormField.optional(
      "witness", \.witness, .form, "The third place that says which region may take writes.")
    FormField.optional("drills", \.drills, .cron, "When a failover is rehearsed.")
  }.checked { objectives, section in
    guard let traffic = objectives.traffic, traffic.ttl >= objectives.recoveryTime else { return }
    // A failover has other things to do as well: a fifth of the time is for resolvers.
    let fitting = min(60, objectives.recoveryTime.components.seconds / 5)
    section.reading.report(
      .contradiction,
      "resolvers remember the address for \(traffic.ttl.unitText), and users may be without the system for \(objectives.recoveryTime.unitText)",
      at: section.spot("traffic", "ttl"),
      remedy: fitting > 0
        ? "write ttl: \(Duration.seconds(fitting).unitText)"
        : "raise rto: no failover by the DNS is faster than its resolvers forget")
  }
}
