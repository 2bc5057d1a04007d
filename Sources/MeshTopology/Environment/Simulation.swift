/// What embedded clusters simulate.
public struct Simulation: Hashable, Sendable {
  /// Requests from outside; none by default.
  public var traffic: [SimulatedTraffic] = []
  /// How images behave; the first entry that matches an image holds for it.
  public var images: [ImageBehavior] = []

  /// A simulation without traffic.
  public init() {}
}
