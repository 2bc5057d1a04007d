/// How many pods a workload has, by load.
public struct Autoscaling: Hashable, Sendable {
  /// The fewest pods, 1 or more.
  public var min: Int
  /// The most pods.
  public var max: Int
  /// The use of CPU to aim at, in percent of the request; 70 by default when `memory` is not given
  /// either, else not looked at.
  public var cpu: Int?
  /// The use of memory to aim at, in percent of the request; not looked at by default.
  public var memory: Int?
  /// How fast pods are added and removed; as Kubernetes does by default.
  public var behavior: ScalingBehavior?

  /// The use of CPU to aim at when neither CPU nor memory is named, in percent of the request.
  public static let defaultCPU = 70

  /// Scaling by CPU at the default target.
  public init(min: Int, max: Int) {
    self.min = min
    self.max = max
    cpu = Autoscaling.defaultCPU
  }
}
