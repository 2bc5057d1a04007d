/// What goes wrong, and where.
public enum FaultEffect: Hashable, Sendable {
  /// Containers end with status 1, and start again with Kubernetes' back-off; for as long as the fault lasts they
  /// end again as soon as they have started.
  case crash(PodTarget)
  /// Containers that start take so much longer.
  case slowStart(PodTarget, by: Duration)
  /// The images of containers that start cannot be pulled.
  case badImage(PodTarget)
  /// A share of the requests to pods fails with 500, 0…1, beside what fails anyway.
  case errorRate(PodTarget, share: Double)
  /// Pods take so much longer to answer.
  case latency(PodTarget, by: Duration)
  /// Nodes are cut off: no Lease, no status, no requests to their pods.
  case nodeLoss(NodeTarget)
  /// All nodes of a zone are cut off.
  case zoneLoss(zone: String)
  /// Nobody outside reaches the cluster: neither its API nor its pods nor its metrics.
  case regionLoss
  /// The API takes so much longer to answer.
  case apiLatency(RequestTarget, by: Duration)
  /// The API refuses requests and does nothing.
  case apiError(RequestTarget, APIFailure)
  /// The API does what it is asked, and its answer is lost.
  case lostAnswer(RequestTarget)
  /// Open watches break off without a last word.
  case lostWatch(RequestTarget)
  /// Reads that may be answered from a cache (`resourceVersion=0`, or a version to be reached) show what was so long
  /// ago. Others are never stale in Kubernetes.
  case staleRead(RequestTarget, by: Duration)
  /// Nothing goes between this cluster and another party.
  case partition(FaultPeer)
  /// The cluster's clock is ahead, or behind by a negative duration.
  case clockSkew(Duration)

  /// Whether it happens in a moment when nothing is said of how long it lasts.
  func isMomentary(_ schedule: FaultSchedule) -> Bool {
    switch self {
    case .lostWatch: true
    case .crash: schedule.duration == nil
    default: false
    }
  }
}

/// The pods that a fault concerns: those that everything given is true of.
public struct PodTarget: Hashable, Sendable {
  /// The namespace; `nil` for all.
  public var namespace: String?
  /// Labels that pods have.
  public var labels: [String: String] = [:]
  /// A pattern for the name, with `*` and `?`; `nil` for any.
  public var name: String?
  /// A pattern for the image of the container, with `*` and `?`; `nil` for any.
  public var image: String?
  /// How many of them at most, drawn by the seed; `nil` for all. Only crashes are limited so.
  public var limit: Int?

  /// All pods.
  public init() {}
}

/// The nodes that a fault concerns.
public struct NodeTarget: Hashable, Sendable {
  /// Their names; empty for any.
  public var names: [String] = []
  /// Labels that they have.
  public var labels: [String: String] = [:]

  /// All nodes.
  public init() {}
}

/// The requests to the API that a fault concerns.
public struct RequestTarget: Hashable, Sendable {
  /// `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`; empty for any.
  public var verbs: [String] = []
  /// The plural names of resources, such as `deployments`; empty for any.
  public var resources: [String] = []
  /// The namespace; `nil` for all.
  public var namespace: String?
  /// The share of these requests, 0…1; drawn by the seed for each.
  public var share = 1.0

  /// All requests.
  public init() {}
}

/// How the API refuses.
public struct APIFailure: Hashable, Sendable {
  /// The status: 500, 503 or 429.
  public var status: Int
  /// The `Retry-After` of 429 and 503, in whole seconds.
  public var retryAfter: Duration?

  /// Creates a failure.
  public init(status: Int = 503, retryAfter: Duration? = nil) {
    self.status = status
    self.retryAfter = retryAfter
  }
}

/// What a partition cuts a cluster off from.
public enum FaultPeer: Hashable, Sendable {
  /// Another cluster: its clients of this API, and calls from here to its hosts, as patterns with `*`.
  case cluster(String, hosts: [String])
  /// The metrics of this cluster.
  case metrics
}
