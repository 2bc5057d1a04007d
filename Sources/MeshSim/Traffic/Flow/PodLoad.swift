/// How busy the pods of one group are: requests cost CPU, and what exceeds it waits.
struct PodLoad: Sendable {
  /// The most seconds of work that wait in a pod before it refuses more.
  static let patience = 5.0
  /// Cores of a pod without a limit: those of a node.
  static let nodeCores = 16.0

  /// CPU seconds that requests of the running second ask for, of all pods.
  var asked = 0.0
  /// Seconds that a request waits at the moment.
  private(set) var wait = 0.0
  /// The share of requests that is refused because too many wait.
  private(set) var refusedShare = 0.0
  /// Cores that one pod uses, smoothed over about 15 s.
  private(set) var coresPerPod = 0.0
  /// CPU seconds that one pod has used since the group has been.
  private(set) var secondsPerPod = 0.0
  /// CPU seconds of work that wait in one pod.
  private var backlog = 0.0

  /// Ends a second.
  ///
  /// - Parameters:
  ///   - pods: how many share the work.
  ///   - cores: what each may use.
  ///   - cost: CPU seconds a request.
  mutating func endSecond(pods: Int, cores: Double, cost: Double) {
    let offered = pods > 0 ? asked / Double(pods) : 0
    asked = 0
    let work = backlog + offered
    let done = min(work, cores)
    let limit = cores * PodLoad.patience
    let excess = max(0, work - done - limit)
    refusedShare = offered > 0 ? min(1, excess / offered) : 0
    backlog = min(work - done, limit)
    let load = min(offered / cores, 0.98)
    // Waiting for one of `cores` servers (Sakasegawa), and behind what is left over from before.
    let servers = max(1, cores.rounded())
    wait = backlog / cores + (load < 0.3 ? 0 : cost * power(load, servers) / (servers * (1 - load)))
    coresPerPod += (done - coresPerPod) / 15
    secondsPerPod += done
  }

  /// Starts the count of what the group's pods have used anew.
  mutating func settle() { secondsPerPod = 0 }

  private func power(_ load: Double, _ servers: Double) -> Double {
    var (result, exponent) = (1.0, Int((2 * (servers + 1)).squareRoot().rounded()) - 1)
    while exponent > 0 {
      result *= load
      exponent -= 1
    }
    return result
  }
}
