public import Seams

/// Something that goes wrong in an embedded cluster: what, where, when and how often.
public struct Fault: Hashable, Sendable {
  /// Who has declared a fault, and so takes it away.
  public enum Origin: String, Hashable, Sendable {
    /// A plan in the topology: it stays as long as the plan does.
    case topology
    /// A command, or a plan given to one: it stays until it is cleared.
    case command
  }

  /// Tells it from others of the cluster; a fault of a plan is called `PLAN.NAME`.
  public var name: String
  /// What goes wrong, and where.
  public var effect: FaultEffect
  /// When, and how often.
  public var schedule: FaultSchedule
  /// Who has declared it.
  public var origin: Origin

  /// Creates a fault.
  public init(
    _ name: String, _ effect: FaultEffect, _ schedule: FaultSchedule = FaultSchedule(),
    origin: Origin = .command
  ) {
    self.name = name
    self.effect = effect
    self.schedule = schedule
    self.origin = origin
  }
}

/// How far a fault has come.
public struct FaultReport: Hashable, Sendable {
  /// What it is doing at the moment.
  public enum Phase: String, Hashable, Sendable {
    /// It has not begun, or waits for its next time.
    case planned
    /// It holds now.
    case active
    /// It does not come again.
    case over
  }

  /// The fault.
  public var fault: Fault
  /// What it is doing.
  public var phase: Phase
  /// When that ends; `nil` when nothing but a command ends it.
  public var until: Timestamp?
  /// How many times it has come due, those included that its probability left out.
  public var occurrences: Int
}
