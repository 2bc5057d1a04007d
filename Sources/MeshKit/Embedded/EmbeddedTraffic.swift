import MeshProcedures
import MeshRender
import MeshSim
import MeshTopology
import Seams

/// What goes along one call of an embedded cluster.
public struct CallFlow: Hashable, Sendable {
  /// The workload that calls, as `namespace/name`; `nil` for users outside.
  public let caller: String?
  /// The Service that is called, as `namespace/name`.
  public let callee: String
  /// Requests a second.
  public let rate: Double
  /// The share that fails (5xx, or does not get through), in percent.
  public let errors: Double
  /// The share that is refused for what it asks (4xx), in percent.
  public let refusals: Double
  /// The 99th percentile in seconds; `nil` where no proxy measures.
  public let p99: Double?
}

/// One of the ways that a request can take in an embedded cluster.
public struct RequestWay: Hashable, Sendable {
  /// How many of equal requests take it, in percent.
  public let share: Double
  /// Whether it arrives at a container.
  public let isServed: Bool
  /// Which layer decides: `application` when it arrives.
  public let layer: String
  /// The HTTP status that the client sees; 0 when the connection fails without one.
  public let status: Int
  /// Envoy's response flags, `-` for none.
  public let flags: String
  /// Why, in the words of whoever decides; empty when it arrives.
  public let reason: String
  /// The workload that it gets to, as `namespace/name`.
  public let workload: String?
  /// The subset that the route chose.
  public let subset: String?
  /// Whether the two proxies prove who they are to each other.
  public let isMutualTLS: Bool
}

extension Mesh {
  /// What flows in an embedded cluster while `window` passes, measured on a copy: the cluster stays as it is.
  ///
  /// - Throws: `ProcedureError`, `ClusterFileError`.
  public func traffic(over window: Duration, cluster name: String? = nil) throws -> [CallFlow] {
    let cluster = try cluster(name)
    let clusters = try embedded(cluster)
    defer { clusters.close() }
    guard let simulated = clusters[cluster.name] else { throw ProcedureError.isNotEmbedded(cluster) }
    clusters.pass(window)
    return simulated.calls.map { call in
      let requests = Double(max(1, call.requests))
      let sample = RequestSample(
        requests: call.requests, failures: call.failures,
        buckets: zip(RequestStatistics.bounds + [.infinity], call.buckets).map {
          RequestSample.Bucket(bound: $0, count: $1)
        })
      return CallFlow(
        caller: call.caller, callee: call.callee.description, rate: Double(call.requests) / window.inSeconds,
        errors: 100 * Double(call.failures) / requests, refusals: 100 * Double(call.refusals) / requests,
        p99: sample.latency(quantile: 0.99))
    }
  }

  /// What becomes of a request in an embedded cluster as it is now, and who decides it.
  ///
  /// - Parameters:
  ///   - caller: a workload, as `name` or `namespace/name`; `outside` for users.
  ///   - callee: a Service, as `name` or `namespace/name`.
  ///   - path: what is asked for; what the callee's rules foresee by default.
  /// - Throws: `ProcedureError`, `ClusterFileError`.
  public func reach(
    from caller: String, to callee: String, method: String = "GET", path: String? = nil,
    cluster name: String? = nil
  ) throws -> [RequestWay] {
    let cluster = try cluster(name)
    let clusters = try embedded(cluster)
    defer { clusters.close() }
    guard let simulated = clusters[cluster.name] else { throw ProcedureError.isNotEmbedded(cluster) }
    let parties = simulated.parties
    let target = try Mesh.only(callee, of: parties.services.map(\.description), "service", "--to")
    let source =
      caller == "outside"
      ? RoutingSnapshot.Caller.outside()
      : Mesh.parts(try Mesh.only(caller, of: parties.workloads, "workload with pods", "--from")).caller
    let ways = simulated.reach(
      from: source, to: Mesh.parts(target).service, path.map { ClientRequest(method, $0) })
    return ways.map { way in
      RequestWay(
        share: way.share * 100, isServed: way.verdict.isServed, layer: way.verdict.layer.rawValue,
        status: way.verdict.status, flags: way.verdict.flags, reason: way.verdict.reason,
        workload: way.workload, subset: way.subset, isMutualTLS: way.isMutualTLS)
    }
  }

  private func embedded(_ cluster: Cluster) throws -> EmbeddedClusters {
    guard environment.access(to: cluster.name) == .embedded else {
      throw ProcedureError.isNotEmbedded(cluster)
    }
    return try EmbeddedClusters(environment, of: topology, state: location.state, isTwin: true)
  }

  /// The one that is meant: by its full name, or by a name that only one has.
  private static func only(_ name: String, of all: [String], _ thing: String, _ place: String) throws
    -> String
  {
    let found = all.filter { $0 == name || $0.hasSuffix("/" + name) }
    if let only = found.first, found.count == 1 { return only }
    let known = found.isEmpty ? all : found
    throw ProcedureError(
      .invalidInput,
      found.isEmpty ? "the cluster has no \(thing) called \(name)" : "\(found.count) are called \(name)",
      place: place,
      remedy: known.isEmpty
        ? "fill the cluster with meshctl sync" : "there are \(known.prefix(20).joined(separator: ", "))")
  }

  private static func parts(_ text: String) -> (caller: RoutingSnapshot.Caller, service: ServiceName) {
    let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
    let (namespace, name) = (parts.first ?? "", parts.last ?? "")
    return (.workload(namespace: namespace, name: name), ServiceName(namespace: namespace, name: name))
  }
}
