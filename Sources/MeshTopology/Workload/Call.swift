/// An edge of the call graph: one workload calls another.
public struct Call: Hashable, Sendable {
  /// Who is called.
  public var to: WorkloadReference
  /// The port that is called; the callee's first one by default.
  public var port: PortReference?
  /// How many calls the caller makes for each request it receives, 0 or more; 1 by default.
  public var perRequest = 1.0

  /// A call with the defaults.
  public init(to callee: WorkloadReference) { to = callee }
}
