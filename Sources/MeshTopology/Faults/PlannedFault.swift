/// One fault: what goes wrong, where, when and how often.
public struct PlannedFault: TopologyValue {
  /// What goes wrong.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Containers end, and start again with Kubernetes' back-off.
    case crash
    /// Containers take longer to start.
    case slowStart
    /// Images cannot be pulled.
    case badImage
    /// Requests to pods fail.
    case errorRate
    /// Pods take longer to answer.
    case latency
    /// Nodes are cut off.
    case nodeLoss
    /// All nodes of a zone are cut off.
    case zoneLoss
    /// A whole cluster is cut off, with its API, pods and metrics.
    case regionLoss
    /// The API takes longer to answer.
    case apiLatency
    /// The API refuses requests.
    case apiError
    /// The API does what it is asked, and the answer is lost.
    case lostAnswer
    /// Open watches break off.
    case lostWatch
    /// Reads that a cache may answer show an older state.
    case staleRead
    /// Nothing goes between the cluster and another, or its metrics.
    case partition
    /// The cluster's clock is wrong.
    case clockSkew
  }

  /// The name, which tells it from the other faults of the plan.
  public var name: String
  /// What goes wrong.
  public var kind: Kind
  /// The cluster; all embedded ones by default.
  public var cluster: String?
  /// Which pods; all by default.
  public var pods: FaultyPods?
  /// Which nodes; all by default.
  public var nodes: FaultyNodes?
  /// The zone that is lost.
  public var zone: String?
  /// Which requests to the API; all by default.
  public var requests: FaultyRequests?
  /// What a partition cuts off: another cluster, or `metrics`.
  public var from: String?
  /// The hosts of the other cluster that calls no longer reach, as patterns.
  public var hosts: [String] = []
  /// How much longer something takes, how old a stale read is, or how wrong a clock.
  public var by: Duration?
  /// Whether a wrong clock is behind; ahead by default.
  public var isBehind = false
  /// Which share of the requests is hit; all by default.
  public var percent: Percent = .full
  /// The status with which the API refuses; 503 by default.
  public var status = 503
  /// The `Retry-After` of 429 and 503, in whole seconds.
  public var retryAfter: Duration?
  /// How long after it was declared it comes; at once by default.
  public var delay: Duration = .zero
  /// When it comes, by the clusters' time, such as `2026-01-01T00:10:00Z`.
  public var time: String?
  /// How long it holds; until it is cleared by default.
  public var duration: Duration?
  /// From one coming to the next; it comes once by default.
  public var interval: Duration?
  /// How often it comes; without end by default.
  public var count: Int?
  /// How likely it is that it holds when it comes; certain by default.
  public var probability: Percent = .full

  /// A fault that begins at once and holds until it is cleared.
  public init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
  }
}

/// The pods that a fault concerns: those of which everything given is true.
public struct FaultyPods: TopologyValue {
  /// The namespace; all by default.
  public var namespace: String?
  /// Labels that they have.
  public var labels: [String: String] = [:]
  /// A pattern for the name; any by default.
  public var name: String?
  /// A pattern for the container's image; any by default.
  public var image: String?
  /// How many of them at most, drawn at random; all by default.
  public var atMost: Int?

  /// All pods.
  public init() {}
}

/// The nodes that a fault concerns.
public struct FaultyNodes: TopologyValue {
  /// Their names; any by default.
  public var names: [String] = []
  /// Labels that they have.
  public var labels: [String: String] = [:]

  /// All nodes.
  public init() {}
}

/// The requests to the API that a fault concerns.
public struct FaultyRequests: TopologyValue {
  /// What Kubernetes calls what is asked for.
  public enum Verb: String, Hashable, Sendable, CaseIterable {
    case get
    case list
    case watch
    case create
    case update
    case patch
    case delete
    case deletecollection
  }

  /// What is asked for; anything by default.
  public var verbs: [Verb] = []
  /// The plural names of resources; any by default.
  public var resources: [String] = []
  /// The namespace; all by default.
  public var namespace: String?

  /// All requests.
  public init() {}
}
