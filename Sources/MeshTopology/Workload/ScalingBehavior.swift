/// How fast pods are added and removed.
///
/// The defaults are those of the HorizontalPodAutoscaler.
public struct ScalingBehavior: Hashable, Sendable {
  /// The speed in one direction.
  public struct Speed: Hashable, Sendable {
    /// How long the load must ask for the change before it is made, in whole seconds, up to an hour.
    public var stabilization: Duration
    /// The largest change within `period`, in percent of the pods there are.
    public var percent = 100
    /// The span that `percent` is counted over, in whole seconds, up to half an hour.
    public var period: Duration = .seconds(15)

    /// A speed of 100 % in 15 seconds.
    public init(stabilization: Duration) { self.stabilization = stabilization }
  }

  /// Adding pods; at once and up to 100 % in 15 seconds by default.
  public var scaleUp = Speed(stabilization: .zero)
  /// Removing pods; after 5 minutes and up to 100 % in 15 seconds by default.
  public var scaleDown = Speed(stabilization: .seconds(300))

  /// The defaults.
  public init() {}
}
