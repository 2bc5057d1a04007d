public import MeshTopology

/// What of a node pods can have: the rest is kept for the kubelet, the container runtime and the system.
///
/// GKE's own pods (DNS, logging, metrics, the network agent) ask for some of it as well; how much depends on
/// the version and is not part of this.
public struct Allocatable: Hashable, Sendable {
  /// Thousandths of a core.
  public var cpu: Int
  /// Bytes of memory.
  public var memory: Int
  /// The number of pods, 256 at most.
  public var pods: Int

  /// What pods can have of a node of `machine` with at most `podsPerNode` pods.
  ///
  /// Source: «Plan GKE Standard node sizes». Of CPU GKE keeps 6 % of the first core, 1 % of the second, 0.5 %
  /// of the next two and 0.25 % of the others, 1,060 thousandths in all of a machine with shared cores, and
  /// 400 thousandths more above 110 pods. Of memory it keeps 25 % of the first 4 GiB, 20 % of the next 4, 10 %
  /// of the next 8, 6 % of the next 112 and 2 % of the rest, and 100 MiB that the kubelet evicts pods to keep.
  public init(machine: MachineType, podsPerNode: Int = GKE.defaultPodsPerNode) {
    var reservedCPU = machine.isShared ? 1060 : Allocatable.reservedCPU(cores: machine.cores)
    if podsPerNode > GKE.defaultPodsPerNode { reservedCPU += 400 }
    cpu = max(0, machine.cores * 1000 - reservedCPU)
    memory = max(
      0, machine.memory - Allocatable.reservedMemory(of: machine.memory) - Allocatable.evictionThreshold)
    pods = min(max(podsPerNode, 0), GKE.podsPerNode.upperBound)
  }

  /// What the kubelet evicts pods to keep free, in bytes.
  static let evictionThreshold = 100 << 20

  private static func reservedCPU(cores: Int) -> Int {
    // In ten-thousandths, of which 0.25 % of a core are 25.
    let shares = [600, 100, 50, 50]
    let tenths = (0..<cores).reduce(0) { $0 + ($1 < shares.count ? shares[$1] : 25) }
    return (tenths + 9) / 10
  }

  private static func reservedMemory(of memory: Int) -> Int {
    let gibibyte = 1 << 30
    if memory < gibibyte { return 255 << 20 }
    var rest = memory
    var reserved = 0
    for (size, percent) in [(4, 25), (4, 20), (8, 10), (112, 6)] {
      let part = min(rest, size * gibibyte)
      reserved += part * percent / 100
      rest -= part
    }
    return reserved + rest * 2 / 100
  }
}
