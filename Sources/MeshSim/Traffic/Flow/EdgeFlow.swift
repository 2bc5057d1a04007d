/// Who calls whom: a workload as `namespace/name`, or `nil` for users outside.
struct EdgeCall: Hashable, Sendable {
  let caller: String?
  let callee: ServiceName
}

/// Requests along one edge, and how many of them did not succeed.
struct EdgeFlow: Sendable {
  var requests = 0
  /// Failed (5xx), or did not get through.
  var failures = 0
  /// Refused for what they asked (4xx).
  var refusals = 0

  static func += (left: inout EdgeFlow, right: EdgeFlow) {
    left.requests += right.requests
    left.failures += right.failures
    left.refusals += right.refusals
  }
}

extension TrafficNetwork {
  func call(of edge: CompiledEdge) -> EdgeCall {
    let caller = edge.key.caller >= 0 ? group(edge.key.caller).facts : nil
    return EdgeCall(caller: caller.map { "\($0.namespace)/\($0.workload)" }, callee: edge.key.callee)
  }
}
