/// How many pods a workload has, by load.
public struct Autoscaling: TopologyValue {
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

extension Autoscaling: Formed {
  static let form = Form("Autoscaling", "How many pods a workload has, by load.", blank: Self(min: 1, max: 1))
  {
    FormField.required("min", \.min, .integer(in: 1...5000), example: "3", "The fewest pods.")
    FormField.required("max", \.max, .integer(in: 1...5000), example: "50", "The most pods.")
    FormField.optional(
      "cpu", \.cpu, .integer(in: 1...1000),
      "The use of CPU to aim at, in percent of the request; 70 when `memory` is not given either.",
      isNilPrinted: true)
    FormField.optional(
      "memory", \.memory, .integer(in: 1...1000), "The use of memory to aim at, in percent of the request.")
    FormField.optional(
      "behavior", \.behavior, .form, "How fast pods are added and removed; as in Kubernetes by default.")
  }.completed { scaling, _ in
    if scaling.memory == nil { scaling.cpu = scaling.cpu ?? defaultCPU }
  }.checked { scaling, section in
    if scaling.min > scaling.max {
      section["max"]?.report(
        .contradiction, "max \(scaling.max) is below min \(scaling.min)",
        remedy: "raise max to \(scaling.min) or more, or lower min")
    }
  }
}
