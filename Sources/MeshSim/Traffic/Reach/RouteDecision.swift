internal import Seams

/// What all layers decide for one kind of request of one client.
struct RouteDecision: Sendable {
  /// What ends every such request before it is sent anywhere.
  var refusal: RequestOutcome?
  /// The request as it goes on.
  var request: ClientRequest
  /// The host that the client meant, and the port.
  var host = ""
  var port = 0
  var isHTTP = true
  var fault: InjectedFault?
  var timeout: Duration?
  var retries = RetryPolicy.none
  var mirrors: [(destination: DestinationDecision, share: Double)] = []
  var destinations: [DestinationDecision] = []

  static func refused(_ verdict: RequestOutcome, _ request: ClientRequest, host: String, port: Int = 0)
    -> RouteDecision
  {
    RouteDecision(refusal: verdict, request: request, host: host, port: port)
  }
}

/// One destination of a route.
struct DestinationDecision: Sendable {
  var weight: Int
  var host: String
  var service: ServiceName?
  var subset: String?
  var policy = ConnectionPolicy()
  /// What ends requests sent here, when there is nobody to send them to.
  var refusal: RequestOutcome?
  var endpoints: [EndpointDecision] = []
}

/// The pods of one group behind a destination.
struct EndpointDecision: Sendable {
  /// The group, by its place in the snapshot; `nil` for a host outside of the cluster.
  var group: Int?
  /// How many pods take requests.
  var count: Int
  var port: Int
  var verdict: RequestOutcome
  var isMutualTLS = false
}

extension RouteDecision {
  /// The ways that requests take, each with its share.
  func ways(in snapshot: RoutingSnapshot) -> [Reach] {
    if let refusal {
      return [Reach(share: 1, verdict: refusal, host: host, subset: nil, workload: nil, isMutualTLS: false)]
    }
    var ways: [Reach] = []
    var rest = 1.0
    if let fault, fault.abortShare > 0 {
      ways.append(
        Reach(
          share: fault.abortShare, verdict: .aborted(fault), host: host, subset: nil, workload: nil,
          isMutualTLS: false))
      rest -= fault.abortShare
    }
    let weight = destinations.reduce(0) { $0 + $1.weight }
    for destination in destinations where destination.weight > 0 && rest > 0 {
      let share = rest * Double(destination.weight) / Double(weight)
      var way = Reach(
        share: share, verdict: destination.refusal ?? .served, host: destination.host,
        subset: destination.subset,
        workload: nil, isMutualTLS: false)
      guard destination.refusal == nil else {
        ways.append(way)
        continue
      }
      let pods = destination.endpoints.reduce(0) { $0 + $1.count }
      for endpoint in destination.endpoints {
        way.share = share * Double(endpoint.count) / Double(max(1, pods))
        way.verdict = endpoint.verdict
        way.workload = endpoint.group.map { snapshot.groups[$0].facts }.map {
          "\($0.namespace)/\($0.workload)"
        }
        way.isMutualTLS = endpoint.isMutualTLS
        ways.append(way)
      }
    }
    return ways
  }
}

extension RequestOutcome {
  static func aborted(_ fault: InjectedFault) -> RequestOutcome {
    RequestOutcome(.fault, status: fault.abortStatus, flags: "FI", reason: "fault filter abort")
  }
}
