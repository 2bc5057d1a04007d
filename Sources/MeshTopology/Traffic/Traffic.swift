/// How requests to a workload are spread over its pods.
public struct Traffic: TopologyValue {
  /// How the proxy picks a pod for a request (Istio's `LoadBalancerSettings.SimpleLB`).
  public enum LoadBalancer: String, Hashable, Sendable, CaseIterable {
    /// The one with fewer open requests of two picked at random.
    case leastRequest
    /// One after the other.
    case roundRobin
    /// Any.
    case random
    /// The address that the caller chose.
    case passthrough
  }

  /// What the subset of the stable pods is called; `stable` by default.
  public var stableSubset = MeshLabels.stable
  /// What the subset of the canary's pods is called; `canary` by default.
  public var canarySubset = MeshLabels.canary
  /// The share that a canary gets while it runs; 20 % by default. At rest it gets nothing.
  public var canaryWeight: Weight = .firstStep
  /// Requests that go to one subset whatever the weights say; none by default.
  public var headerRoutes: [HeaderRoute] = []
  /// How the proxy picks a pod; `leastRequest` by default, as Istio does.
  public var loadBalancer: LoadBalancer = .leastRequest
  /// What keeps the requests of one user on one pod, instead of `loadBalancer`; nothing by default.
  public var affinity: Affinity?
  /// How much a caller's proxy may have under way; unbounded by default.
  public var connectionPool: ConnectionPool?
  /// When a pod that fails is left out for a while; never by default.
  public var outlierDetection: OutlierDetection?
  /// How long a request may take, with all its retries; unbounded by default.
  public var timeout: Duration?
  /// How often a failed request is tried again; as Istio does by default (twice).
  public var retries: Retries?
  /// Where a copy of the requests goes as well; nowhere by default.
  public var mirror: Mirror?
  /// Faults that are made on purpose; none by default.
  public var faults: FaultInjection?

  /// The defaults.
  public init() {}
}

extension Traffic {
  /// The two subsets with the shares they have while a canary runs, the stable one first.
  public var subsets: [Subset] {
    get {
      [
        Subset(name: stableSubset, weight: canaryWeight.complement),
        Subset(name: canarySubset, weight: canaryWeight),
      ]
    }
    set {
      guard let stable = newValue.first, let canary = newValue.dropFirst().first else { return }
      (stableSubset, canarySubset, canaryWeight) = (stable.name, canary.name, canary.weight)
    }
  }
}

extension Traffic: Formed {
  static let form = Form("Traffic", "How requests to a workload are spread over its pods.", blank: Self()) {
    FormField.defaulted(
      "subsets", \.subsets, Subset.pair,
      "What the two versions are called, the stable one first and the canary second, and the share that each has while a canary runs. Between rollouts the stable one has everything.",
      default: Self().subsets)
    FormField.list(
      "headerRoutes", \.headerRoutes, .list(of: .form),
      "Requests that go to one subset whatever the weights say.")
    FormField.defaulted(
      "loadBalancer", \.loadBalancer, .choice, "How the proxy picks a pod.", default: .leastRequest)
    FormField.optional("affinity", \.affinity, .form, "What keeps the requests of one user on one pod.")
    FormField.optional(
      "connectionPool", \.connectionPool, .form, "How much a caller's proxy may have under way.")
    FormField.optional(
      "outlierDetection", \.outlierDetection, .form, "When a pod that fails is left out for a while.")
    FormField.optional(
      "timeout", \.timeout, .duration(), "How long a request may take, with all its retries.")
    FormField.optional(
      "retries", \.retries, .form, "How often a failed request is tried again; twice by default, as in Istio."
    )
    FormField.optional("mirror", \.mirror, .form, "Where a copy of the requests goes as well.")
    FormField.optional("faults", \.faults, .form, "Faults that are made on purpose.")
  }.checked { traffic, section in
    let names = [traffic.stableSubset, traffic.canarySubset]
    for (index, route) in traffic.headerRoutes.enumerated() where !names.contains(route.subset) {
      section.reading.reportUnknown(
        "subset", route.subset, at: section.spot("headerRoutes", .index(index), "subset"), known: names,
        remedy: "the subsets are \(alternatives(names, last: "and"))")
    }
    if traffic.affinity != nil {
      section["loadBalancer"]?.report(
        .contradiction, "loadBalancer beside affinity, which decides alone", remedy: "keep one of them")
    }
  }
}
