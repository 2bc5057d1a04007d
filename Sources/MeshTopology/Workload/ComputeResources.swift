public import KubeModel

/// What a pod asks of its node, and what it must not exceed.
public struct ComputeResources: Hashable, Sendable {
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
