/// How fast pods are added and removed.
///
/// The defaults are those of the HorizontalPodAutoscaler.
public struct ScalingBehavior: TopologyValue {
  /// The speed in one direction.
  public struct Speed: TopologyValue {
    /// How long the load must ask for the change before it is made, in whole seconds, up to an hour.
    public var stabilization: Duration
    /// The largest change within `period`, in percent of the pods there are.
    public var percent = 100
    /// The span that `percent` is counted over, in whole seconds, up to half an hour.
    public var period: Duration = .seconds(15)

    /// A speed of 100 % in 15 seconds.
    public init(stabilization: Duration = .zero) { self.stabilization = stabilization }
  }

  /// Adding pods; at once and up to 100 % in 15 seconds by default.
  public var scaleUp = Speed(stabilization: .zero)
  /// Removing pods; after 5 minutes and up to 100 % in 15 seconds by default.
  public var scaleDown = Speed(stabilization: .seconds(300))

  /// The defaults.
  public init() {}
}

extension ScalingBehavior: Formed {
  static let form = Form("ScalingBehavior", "How fast pods are added and removed.", blank: Self()) {
    FormField.defaulted(
      "scaleUp", \.scaleUp, .form(Speed.form(stabilization: .zero)), "Adding pods.",
      default: Speed(stabilization: .zero))
    FormField.defaulted(
      "scaleDown", \.scaleDown, .form(Speed.form(stabilization: .seconds(300))), "Removing pods.",
      default: Speed(stabilization: .seconds(300)))
  }
}

extension ScalingBehavior.Speed {
  fileprivate static func form(stabilization: Duration) -> Form<Self> {
    Form("ScalingBehavior.Speed", "The speed in one direction.", blank: Self(stabilization: stabilization)) {
      FormField.defaulted(
        "stabilization", \.stabilization, .wholeSeconds(in: .zero ... .seconds(3600)),
        "How long the load must ask for the change before it is made.", default: stabilization,
        isAlwaysWritten: true)
      FormField.defaulted(
        "percent", \.percent, .integer(in: 1...10_000),
        "The largest change within `period`, in percent of the pods there are.", default: 100)
      FormField.defaulted(
        "period", \.period, .wholeSeconds(in: .seconds(1) ... .seconds(1800)),
        "The span that `percent` is counted over.", default: .seconds(15))
    }
  }
}
