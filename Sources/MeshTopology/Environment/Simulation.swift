/// What embedded clusters simulate.
public struct Simulation: Hashable, Sendable {
  /// Requests from outside; none by default.
  public var traffic: [SimulatedTraffic] = []
  /// How images behave; the first entry that matches an image holds for it.
  public var images: [ImageBehavior] = []

  /// A simulation without traffic.
  public init() {}

  /// How `image` behaves: the first entry that matches it, or the defaults.
  public func behavior(of image: String) -> ImageBehavior {
    images.first { $0.matches(image) } ?? ImageBehavior(match: "*")
  }
}
