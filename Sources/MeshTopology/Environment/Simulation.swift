/// What embedded clusters simulate.
public struct Simulation: TopologyValue {
  /// Requests from outside; none by default.
  public var traffic: [SimulatedTraffic] = []
  /// How images behave; the first entry that matches an image holds for it.
  public var images: [ImageBehavior] = []

  /// A simulation without traffic.
  public init() {}
}

extension Simulation: Formed {
  static let form = Form("Simulation", "What embedded clusters simulate.", blank: Self()) {
    FormField.list("traffic", \.traffic, .list(of: .form), "Requests from outside.")
    FormField.list(
      "images", \.images, .list(of: .form),
      "How images behave; the first entry that matches an image holds for it.")
  }
}
