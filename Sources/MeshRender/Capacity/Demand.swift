internal import KubeModel
public import MeshTopology

/// What workloads ask of a cluster. Every cluster must be able to carry all of a topology: it may have to
/// take over.
public struct Demand: Hashable, Sendable {
  /// The number of pods.
  public var pods = 0
  /// Thousandths of a core that pods are promised.
  public var cpu = 0
  /// Bytes of memory that pods are promised.
  public var memory = 0
  /// The pods that ask for nothing, and so are not counted in `cpu` and `memory`, but for their proxies.
  public var podsWithoutRequests = 0

  /// When demand is looked at.
  public enum Moment: String, Hashable, Sendable, CaseIterable {
    /// Fixed numbers of pods, autoscalers at their fewest, nothing being released.
    case rest
    /// Autoscalers at their most, and every workload being released at once.
    case most
  }

  /// Nothing.
  public init() {}

  /// The demand of all workloads of `topology`.
  public init(of topology: Topology, at moment: Moment) {
    self.init(of: topology.workloads, in: topology, at: moment)
  }

  /// The demand of `workloads`, whose namespaces `topology` has.
  init(of workloads: [Workload], in topology: Topology, at moment: Moment) {
    for workload in workloads {
      add(PodRequest(of: workload, in: topology), pods: workload.pods(at: moment))
    }
  }

  /// Adds `pods` that ask for `request` each.
  mutating func add(_ request: PodRequest, pods: Int) {
    self.pods += pods
    cpu = sum(cpu, pods * request.cpu)
    memory = sum(memory, pods * request.memory)
    if request.isWithoutResources { podsWithoutRequests += pods }
  }

  /// Adds what another demand asks for.
  mutating func add(_ other: Demand) {
    pods = sum(pods, other.pods)
    cpu = sum(cpu, other.cpu)
    memory = sum(memory, other.memory)
    podsWithoutRequests = sum(podsWithoutRequests, other.podsWithoutRequests)
  }

  /// A sum that stays at the most there is: more than any cluster has is enough to know.
  private func sum(_ left: Int, _ right: Int) -> Int {
    let (sum, isOverflown) = left.addingReportingOverflow(right)
    return isOverflown ? .max : sum
  }
}

/// What one pod is promised.
struct PodRequest {
  /// What Istio's proxy asks for by default (`global.proxy.resources.requests` of its chart).
  static let proxy = (cpu: 100, memory: 128 << 20)

  let cpu: Int
  let memory: Int
  let isWithoutResources: Bool

  init(of workload: Workload, in topology: Topology) {
    let hasProxy = topology.namespace(named: workload.namespace)?.hasIstioInjection ?? false
    // Within these bounds the product with a workload's most pods does not overflow.
    let cpu = workload.resources.map { min(($0.cpu.value * 1000).rounded(), 1e9) } ?? 0
    let memory = workload.resources.map { min($0.memory.value.rounded(.up), 0x1p44) } ?? 0
    self.cpu = Int(max(0, cpu)) + (hasProxy ? PodRequest.proxy.cpu : 0)
    self.memory = Int(max(0, memory)) + (hasProxy ? PodRequest.proxy.memory : 0)
    isWithoutResources = workload.resources == nil
  }
}

extension Workload {
  /// The number of its pods.
  ///
  /// At most there are, besides the pods that carry its load, those of a canary at its last step, and those
  /// that the Deployment's surge of 25 % makes while the stable pods are replaced.
  func pods(at moment: Demand.Moment) -> Int {
    let bounds = 0...100_000
    func bounded(_ pods: Int) -> Int { min(max(pods, bounds.lowerBound), bounds.upperBound) }
    switch moment {
    case .rest: return bounded(autoscaling?.min ?? replicas)
    case .most:
      let pods = bounded(autoscaling?.max ?? replicas)
      let canary = rollout?.steps.last.map { max(1, (pods * $0.percent + 99) / 100) } ?? 0
      return pods + canary + (pods + 3) / 4
    }
  }
}
