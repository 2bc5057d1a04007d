public import KubeModel

/// What a pod asks of its node, and what it must not exceed.
public struct ComputeResources: TopologyValue {
  /// The cores it is promised, such as `250m`.
  public var cpu: Quantity
  /// The memory it is promised in bytes, such as `256Mi`.
  public var memory: Quantity
  /// The cores it is held to; unlimited by default.
  public var cpuLimit: Quantity?
  /// The memory in bytes above which it is killed; unlimited by default.
  public var memoryLimit: Quantity?

  /// Requests without limits.
  public init(cpu: Quantity, memory: Quantity) {
    self.cpu = cpu
    self.memory = memory
  }
}

extension ComputeResources: Formed {
  static let form = Form(
    "ComputeResources", "What a container asks of its node, and what it must not exceed.",
    blank: Self(cpu: "1", memory: "1Gi")
  ) {
    FormField.required("cpu", \.cpu, .quantity(.cpu), example: "250m", "The cores it is promised.")
    FormField.required("memory", \.memory, .quantity(.memory), example: "256Mi", "The memory it is promised.")
    FormField.optional(
      "cpuLimit", \.cpuLimit, .quantity(.cpu), "The cores it is held to; no limit by default.")
    FormField.optional(
      "memoryLimit", \.memoryLimit, .quantity(.memory),
      "The memory above which it is killed; no limit by default.")
  }.checked { resources, section in
    for (key, limit, request) in [
      ("cpuLimit", resources.cpuLimit, resources.cpu),
      ("memoryLimit", resources.memoryLimit, resources.memory),
    ] {
      guard let limit, limit.value < request.value else { continue }
      section[key]?.report(
        .contradiction, "the limit \(limit) is below the request \(request)",
        remedy: "raise the limit or lower the request")
    }
  }
}
