import HTTPTypes
import KubeModel
import MeshSim
import Seams

/// A cluster with three pods of `web` on three nodes in three zones, which answer 100 requests a second.
struct FaultyCluster {
  let cluster: TestCluster

  init(seed: UInt64 = 1, traffic: Bool = true) throws {
    cluster = try TestCluster(seed: seed)
    cluster.cluster.setBehavior(
      ImageBehavior(startup: .seconds(1), startupJitter: .zero, errorRate: 0), ofImages: "*")
    try cluster.send(.post, services, service("web"))
    try cluster.rollOut(deployment("web"))
    if traffic {
      cluster.cluster.setTraffic(TrafficPlan(sources: [ServiceName(namespace: "n", name: "web"): 100]))
    }
    cluster.advance(5)
  }

  static let web: PodTarget = {
    var target = PodTarget()
    target.namespace = "n"
    target.labels = ["app": "web"]
    return target
  }()

  func add(_ effect: FaultEffect, name: String = "fault", _ change: (inout FaultSchedule) -> Void = { _ in })
  {
    var schedule = FaultSchedule()
    change(&schedule)
    cluster.cluster.add(Fault(name, effect, schedule))
  }

  func clear(_ name: String = "fault") { cluster.cluster.removeFault(name) }

  /// What happened to the requests of the next seconds.
  func requests(in seconds: Double) -> RequestStatistics {
    let start = cluster.now
    cluster.advance(seconds)
    return cluster.cluster.statistics(namespace: "n", workload: "web", after: start, to: cluster.now)
  }

  /// Requests of the next seconds that nobody answered.
  func lost(in seconds: Double) -> Int {
    let before = cluster.cluster.unroutableRequests.values.reduce(0, +)
    cluster.advance(seconds)
    return cluster.cluster.unroutableRequests.values.reduce(0, +) - before
  }

  var pods: [KubeObject] { cluster.cluster.view.objects(.pod, namespace: "n") }

  var readyPods: Int { cluster.cluster.view.readyPods(namespace: "n", labels: ["app": "web"]) }

  /// Why each container of each pod waits, or that it runs.
  var containerStates: [String] {
    pods.flatMap { $0[path: "status", "containerStatuses"]?.array ?? [] }.map {
      $0[path: "state", "waiting", "reason"]?.string
        ?? ($0[path: "state", "running"] == nil ? "ended" : "runs")
    }.sorted()
  }

  var restarts: [Int64] {
    pods.flatMap { $0[path: "status", "containerStatuses"]?.array ?? [] }.map { $0["restartCount"]?.int ?? 0 }
      .sorted()
  }

  func scale(to replicas: Int) throws {
    try cluster.patch("\(deployments)/web", ["spec": ["replicas": .int(Int64(replicas))]])
  }

  func node(_ number: Int) -> KubeObject {
    cluster.cluster.view.object(.node, namespace: nil, name: "eu-node-\(number)") ?? KubeObject([:])
  }

  func isReady(_ number: Int) -> String? { node(number).conditionStatus("Ready") }

  func taints(of number: Int) -> [String] {
    (node(number)[path: "spec", "taints"]?.array ?? []).map {
      "\($0["key"]?.string ?? ""):\($0["effect"]?.string ?? "")"
    }
  }

  /// One request, from another cluster if one is named; what the transport throws is thrown.
  func send(
    _ method: HTTPRequest.Method, _ path: String, _ body: JSONValue? = nil, from peer: String? = nil
  ) throws -> (head: HTTPResponse, body: JSONValue) {
    try cluster.simulation.run {
      var head = HTTPRequest(method: method, scheme: nil, authority: nil, path: path)
      if body != nil { head.headerFields[.contentType] = "application/json" }
      let request = TransportRequest(head: head, body: body?.jsonBytes() ?? [])
      let response = try await cluster.cluster.transport(from: peer).send(request)
      return (response.head, try JSONValue(json: try await response.body.collect(limit: 1 << 20)))
    }
  }
}

extension KubeObject {
  func conditionStatus(_ type: String) -> String? {
    (self[path: "status", "conditions"]?.array ?? []).first { $0["type"]?.string == type }?["status"]?.string
  }
}
