/// Who sends how many requests to whom.
public struct TrafficPlan: Sendable {
  /// Requests from outside, a second, by the Service they go to.
  public var sources: [ServiceName: Double]
  /// The calls that one request to a Service causes: the callee and how many calls a request.
  public var calls: [ServiceName: [(callee: ServiceName, perRequest: Double)]]
  /// What requests look like, by who sends them to whom. Those of which nothing is said are what the gateway's
  /// routes and the callee's policies foresee.
  public var shapes: [TrafficEdge: [RequestShape]] = [:]

  /// Creates a plan.
  public init(
    sources: [ServiceName: Double] = [:],
    calls: [ServiceName: [(callee: ServiceName, perRequest: Double)]] = [:]
  ) {
    self.sources = sources
    self.calls = calls
  }
}

/// Who sends requests to whom.
public struct TrafficEdge: Hashable, Sendable {
  /// The Service whose pods call; `nil` for clients outside of the cluster.
  public var caller: ServiceName?
  /// The Service that is called.
  public var callee: ServiceName

  /// Creates an edge.
  public init(from caller: ServiceName?, to callee: ServiceName) {
    self.caller = caller
    self.callee = callee
  }
}

/// What a share of the requests of an edge looks like.
public struct RequestShape: Hashable, Sendable {
  /// How many of the edge's requests look like this, relative to its other shapes.
  public var share: Double
  /// The request.
  public var request: ClientRequest
  /// The port of the Service; `nil` for the first that fits.
  public var port: Int?
  /// How many users send these requests, for limits by consumer; `nil` for so many that no limit is reached.
  public var consumers: Int?

  /// Creates a shape.
  public init(
    share: Double = 1, _ request: ClientRequest = ClientRequest(), port: Int? = nil, consumers: Int? = nil
  ) {
    self.share = share
    self.request = request
    self.port = port
    self.consumers = consumers
  }
}
