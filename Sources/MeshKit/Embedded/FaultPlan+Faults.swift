import MeshProcedures
import MeshSim
import MeshTopology
import Seams

extension FaultPlan {
  /// What the plan has in store for one cluster, in the cluster's terms. A fault is called `PLAN.NAME`.
  ///
  /// - Throws: `ProcedureError` for a time that no calendar has.
  func faults(for cluster: String, origin: Fault.Origin) throws -> [Fault] {
    try faults.filter { $0.cluster == nil || $0.cluster == cluster }.map {
      Fault("\(name).\($0.name)", $0.effect, try $0.schedule, origin: origin)
    }
  }
}

extension PlannedFault {
  var effect: FaultEffect {
    let pods = PodTarget(self.pods ?? FaultyPods())
    let time = by ?? .zero
    switch kind {
    case .crash: return .crash(pods)
    case .slowStart: return .slowStart(pods, by: time)
    case .badImage: return .badImage(pods)
    case .errorRate: return .errorRate(pods, share: percent.fraction)
    case .latency: return .latency(pods, by: time)
    case .nodeLoss:
      var target = NodeTarget()
      target.names = nodes?.names ?? []
      target.labels = nodes?.labels ?? [:]
      return .nodeLoss(target)
    case .zoneLoss: return .zoneLoss(zone: zone ?? "")
    case .regionLoss: return .regionLoss
    case .apiLatency: return .apiLatency(request, by: time)
    case .apiError: return .apiError(request, APIFailure(status: status, retryAfter: retryAfter))
    case .lostAnswer: return .lostAnswer(request)
    case .lostWatch: return .lostWatch(request)
    case .staleRead: return .staleRead(request, by: time)
    case .partition:
      return .partition(
        from == nil || from == "metrics" ? .metrics : .cluster(from ?? "", hosts: hosts))
    case .clockSkew: return .clockSkew(isBehind ? .zero - time : time)
    }
  }

  private var request: RequestTarget {
    var target = RequestTarget()
    target.verbs = requests?.verbs.map(\.rawValue) ?? []
    target.resources = requests?.resources ?? []
    target.namespace = requests?.namespace
    target.share = percent.fraction
    return target
  }

  var schedule: FaultSchedule {
    get throws {
      var schedule = FaultSchedule()
      schedule.start = .after(delay)
      if let time {
        guard let moment = Timestamp(rfc3339: time) else {
          throw ProcedureError(
            .invalidInput, "\(time) is in no calendar", place: "fault \(name)",
            remedy: "write it in UTC like 2026-01-01T00:10:00Z")
        }
        schedule.start = .at(moment)
      }
      schedule.duration = duration
      schedule.interval = interval
      schedule.count = count
      schedule.probability = probability.fraction
      return schedule
    }
  }
}

extension PodTarget {
  fileprivate init(_ pods: FaultyPods) {
    self.init()
    namespace = pods.namespace
    labels = pods.labels
    name = pods.name
    image = pods.image
    limit = pods.atMost
  }
}
