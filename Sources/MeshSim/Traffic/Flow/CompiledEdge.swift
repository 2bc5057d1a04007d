/// Who sends which requests to whom, with what all layers have decided: made once for as long as the objects stay.
struct CompiledEdge {
  struct Key: Hashable {
    /// The group that calls; -1 for clients outside.
    let caller: Int
    let callee: ServiceName
    /// Which of the edge's shapes; -1 for the request that is expected where none is declared.
    let shape: Int
    /// Whether it comes from a gateway as a user's own request, whatever shapes are declared.
    var forwarded: ClientRequest?
  }

  let key: Key
  let decision: RouteDecision
  /// Whether the shape has been declared, so that a gateway decides by it.
  let isDeclared: Bool
  /// Whether the caller has a proxy, which tries again, gives up and counts.
  let isProxied: Bool
  /// The pods over which the caller's requests are spread, for pools that each of its proxies has.
  let clients: Int
  let consumers: Int?
  /// What the gateway that calls says, if the caller is one.
  let gateway: GatewayPass?
  /// The edge's place among the meters' parties, for each endpoint of each destination, mirrors last.
  let firstSlot: Int

  struct GatewayPass {
    let name: String
    let service: String
    let route: String
    let limits: [RateLimit]
    let refusal: RequestOutcome?
  }
}

/// The calls that requests to pods of a group cause.
struct CompiledCall {
  let perRequest: Double
  /// The edges of its shapes, and how many of those that are left take each.
  let edges: [(edge: Int, share: Double)]
}

/// What came of requests, for who sent them.
struct FlowAnswer {
  /// Refused for what they asked (4xx).
  var refused = 0
  var refusedStatus = 0
  /// Failed (5xx), or did not get through.
  var failed = 0
  /// The time that all together took, in seconds.
  var seconds = 0.0

  mutating func add(_ count: Int, status: Int) {
    if status == 0 || status >= 500 {
      failed += count
    } else if status >= 400 {
      refused += count
      refusedStatus = status
    }
  }

  static func += (left: inout FlowAnswer, right: FlowAnswer) {
    left.refused += right.refused
    left.failed += right.failed
    left.seconds += right.seconds
    if right.refusedStatus != 0 { left.refusedStatus = right.refusedStatus }
  }
}
