import HTTPTypes
import KubeModel
import MeshSim
import Seams
import Testing

@Suite("Traffic")
struct TrafficTests {
  static let web = ServiceName(namespace: "n", name: "web")

  /// Two Deployments behind the Service `web`, told apart by the label `track`.
  static func canaryCluster(seed: UInt64, weight: Int64) throws -> TestCluster {
    let cluster = try TestCluster(seed: seed)
    for track in ["stable", "canary"] {
      var body = deployment("web-\(track)", image: "web:\(track)", replicas: 2)
      let labels: JSONValue = ["app": "web", "track": .string(track)]
      body["spec"]?["selector"] = ["matchLabels": labels]
      body["spec"]?["template"]?["metadata"] = ["labels": labels]
      try cluster.rollOut(body)
    }
    try cluster.send(.post, services, service())
    let istio = "/apis/networking.istio.io/v1/namespaces/n/"
    try cluster.apply(
      istio + "destinationrules/web",
      [
        "apiVersion": "networking.istio.io/v1", "kind": "DestinationRule", "metadata": ["name": "web"],
        "spec": [
          "host": "web",
          "subsets": [
            ["name": "stable", "labels": ["track": "stable"]],
            ["name": "canary", "labels": ["track": "canary"]],
            ["name": "nobody", "labels": ["track": "nobody"]],
          ],
        ],
      ], by: "t")
    try cluster.route([("stable", 100 - weight), ("canary", weight)])
    return cluster
  }

  @Test(
    "obeys the weights of the route within binomial bounds", arguments: [0, 1, 5, 20, 50, 100] as [Int64])
  func weights(weight: Int64) throws {
    for seed in UInt64(1)...5 {
      let cluster = try TrafficTests.canaryCluster(seed: seed, weight: weight)
      cluster.cluster.setTraffic(TrafficPlan(sources: [TrafficTests.web: 200]))
      let start = cluster.now
      cluster.advance(120)
      let canary = cluster.statistics("web-canary", since: start).requests
      let stable = cluster.statistics("web-stable", since: start).requests
      let total = Double(canary + stable)
      #expect(abs(total - 24_000) < 5 * 24_000.0.squareRoot() + 400, "seed \(seed): \(total) requests")
      let share = Double(weight) / 100
      let deviation = (total * share * (1 - share)).squareRoot()
      #expect(abs(Double(canary) - total * share) <= 5 * deviation, "seed \(seed): \(canary) of \(total)")
      #expect(cluster.cluster.unroutableRequests.isEmpty)
    }
  }

  @Test("follows a change of the weights from the next second on")
  func changedWeights() throws {
    let cluster = try TrafficTests.canaryCluster(seed: 1, weight: 0)
    cluster.cluster.setTraffic(TrafficPlan(sources: [TrafficTests.web: 100]))
    cluster.advance(30)
    #expect(cluster.statistics("web-canary", since: SimulatedFleet.epoch).requests == 0)
    try cluster.route([("stable", 0), ("canary", 100)])
    cluster.advance(2)
    let change = cluster.now
    cluster.advance(30)
    #expect(cluster.statistics("web-stable", since: change).requests == 0)
    #expect(cluster.statistics("web-canary", since: change).requests > 2_000)
  }

  @Test("to a subset without ready pods is counted as unroutable")
  func unroutable() throws {
    let cluster = try TrafficTests.canaryCluster(seed: 1, weight: 50)
    try cluster.route([("stable", 90), ("nobody", 10)])
    cluster.cluster.setTraffic(TrafficPlan(sources: [TrafficTests.web: 100]))
    let start = cluster.now
    cluster.advance(100)
    let lost = cluster.cluster.unroutableRequests[TrafficTests.web, default: 0]
    let served = cluster.statistics("web-stable", since: start).requests
    let deviation = (Double(lost + served) * 0.09).squareRoot()
    #expect(abs(Double(lost) - Double(lost + served) * 0.1) < 5 * deviation, "\(lost) of \(lost + served)")
  }

  @Test("to a Service without pods, or to none at all, is unroutable")
  func noPods() throws {
    let cluster = try TestCluster()
    try cluster.send(.post, services, service())
    let nowhere = ServiceName(namespace: "n", name: "nowhere")
    cluster.cluster.setTraffic(TrafficPlan(sources: [TrafficTests.web: 10, nowhere: 10]))
    cluster.advance(50)
    let unroutable = cluster.cluster.unroutableRequests
    #expect(unroutable.keys.sorted() == [nowhere, TrafficTests.web])
    #expect(unroutable.values.allSatisfy { (300...700).contains($0) })
    try cluster.rollOut(deployment())
    cluster.advance(2)
    let before = cluster.cluster.unroutableRequests[TrafficTests.web]
    cluster.advance(20)
    #expect(cluster.cluster.unroutableRequests[TrafficTests.web] == before, "ready pods take it all")
  }

  @Test("fails and takes as long as the images are said to", arguments: UInt64(1)...3)
  func behavior(seed: UInt64) throws {
    let cluster = try TrafficTests.canaryCluster(seed: seed, weight: 50)
    cluster.cluster.setBehavior(
      ImageBehavior(medianLatency: .milliseconds(100), p99Latency: .milliseconds(900), errorRate: 0.05),
      ofImages: "*:canary")
    cluster.cluster.setTraffic(TrafficPlan(sources: [TrafficTests.web: 1_000]))
    let start = cluster.now
    cluster.advance(120)
    let canary = cluster.statistics("web-canary", since: start)
    let stable = cluster.statistics("web-stable", since: start)
    func isNear(_ count: Int, _ share: Double, of total: Int) -> Bool {
      abs(Double(count) - Double(total) * share) < 5 * (Double(total) * share * (1 - share)).squareRoot() + 1
    }
    #expect(isNear(canary.failures, 0.05, of: canary.requests), "seed \(seed): \(canary.failures)")
    #expect(isNear(stable.failures, 0.001, of: stable.requests), "seed \(seed): \(stable.failures)")
    for (statistics, median, p99) in [(canary, 0.1, 1.0), (stable, 0.025, 0.25)] {
      #expect(statistics.buckets.reduce(0, +) == statistics.requests)
      let index = try #require(RequestStatistics.bounds.firstIndex(of: p99))
      let slow = statistics.buckets.dropFirst(index + 1).reduce(0, +)
      #expect(
        Double(slow) < 0.011 * Double(statistics.requests), "seed \(seed): \(slow) above the 99th percentile")
      let middle = try #require(RequestStatistics.bounds.firstIndex(of: median))
      let fast = Double(statistics.buckets[...middle].reduce(0, +)) / Double(statistics.requests)
      #expect((0.48...0.63).contains(fast), "seed \(seed): \(fast) below the median's bound")
    }
  }

  @Test("fails upstream with what fails downstream, and stops before loops without end")
  func callGraph() throws {
    let cluster = try TestCluster()
    cluster.cluster.setBehavior(ImageBehavior(errorRate: 0), ofImages: "a:*")
    cluster.cluster.setBehavior(ImageBehavior(errorRate: 0.2), ofImages: "b:*")
    for name in ["a", "b"] {
      try cluster.send(.post, services, service(name))
      try cluster.rollOut(deployment(name, image: "\(name):1"))
    }
    let (a, b) = (ServiceName(namespace: "n", name: "a"), ServiceName(namespace: "n", name: "b"))
    cluster.cluster.setTraffic(
      TrafficPlan(sources: [a: 300], calls: [a: [(callee: b, perRequest: 1)]]))
    let start = cluster.now
    cluster.advance(60)
    let (up, down) = (cluster.statistics("a", since: start), cluster.statistics("b", since: start))
    #expect(down.requests == up.requests && up.failures == down.failures)
    #expect(abs(Double(down.failures) / Double(down.requests) - 0.2) < 0.02)

    cluster.cluster.setTraffic(
      TrafficPlan(sources: [a: 5], calls: [a: [(callee: b, perRequest: 1)], b: [(callee: a, perRequest: 1)]]))
    cluster.advance(10)
    #expect(cluster.cluster.unroutableRequests.values.reduce(0, +) > 0, "a loop ends as a failure")
  }

  @Test("multiplies by the calls a request makes", arguments: [0.5, 3])
  func callsPerRequest(calls: Double) throws {
    let cluster = try TestCluster()
    cluster.cluster.setBehavior(ImageBehavior(errorRate: 0), ofImages: "*")
    for name in ["a", "b"] {
      try cluster.send(.post, services, service(name))
      try cluster.rollOut(deployment(name, image: "\(name):1"))
    }
    let (a, b) = (ServiceName(namespace: "n", name: "a"), ServiceName(namespace: "n", name: "b"))
    cluster.cluster.setTraffic(TrafficPlan(sources: [a: 100], calls: [a: [(callee: b, perRequest: calls)]]))
    let start = cluster.now
    cluster.advance(100)
    let (up, down) = (
      cluster.statistics("a", since: start).requests, cluster.statistics("b", since: start).requests
    )
    #expect(
      abs(Double(down) - calls * Double(up)) < 5 * (calls * Double(up)).squareRoot(), "\(down) for \(up)")
  }

  @Test("does not flow without sources")
  func noSources() throws {
    let cluster = try TrafficTests.canaryCluster(seed: 1, weight: 50)
    cluster.advance(60)
    #expect(cluster.statistics("web-stable", since: SimulatedFleet.epoch) == RequestStatistics())
    cluster.cluster.setTraffic(TrafficPlan(sources: [TrafficTests.web: 100]))
    cluster.advance(10)
    cluster.cluster.setTraffic(TrafficPlan())
    cluster.advance(2)
    let stopped = cluster.now
    cluster.advance(60)
    #expect(cluster.statistics("web-stable", since: stopped).requests == 0)
  }

  @Test("of one seed has the same statistics, of another seed others")
  func sameSeed() throws {
    func statistics(_ seed: UInt64) throws -> [RequestStatistics] {
      let cluster = try TrafficTests.canaryCluster(seed: seed, weight: 30)
      cluster.cluster.setTraffic(TrafficPlan(sources: [TrafficTests.web: 77]))
      let start = cluster.now
      cluster.advance(90)
      return ["web-stable", "web-canary"].map { cluster.statistics($0, since: start) }
    }
    #expect(try statistics(1) == statistics(1))
    #expect(try statistics(1) != statistics(2))
  }

  @Test("is measured by spans that add up")
  func spans() throws {
    let cluster = try TrafficTests.canaryCluster(seed: 1, weight: 30)
    cluster.cluster.setTraffic(TrafficPlan(sources: [TrafficTests.web: 50]))
    let times = (0..<5).map { _ in
      cluster.advance(17)
      return cluster.now
    }
    func between(_ start: Timestamp, _ end: Timestamp) -> RequestStatistics {
      cluster.cluster.statistics(namespace: "n", workload: "web-stable", after: start, to: end)
    }
    let parts = zip(times, times.dropFirst()).map(between)
    let whole = between(times[0], times[4])
    #expect(parts.map(\.requests).reduce(0, +) == whole.requests && whole.requests > 1_000)
    #expect(parts.map(\.failures).reduce(0, +) == whole.failures)
    for index in whole.buckets.indices {
      #expect(parts.map { $0.buckets[index] }.reduce(0, +) == whole.buckets[index])
    }
    #expect(between(times[2], times[2]) == RequestStatistics())
    #expect(
      between(times[4], times[4] + .seconds(60)) == RequestStatistics(), "nothing is known of the future")
  }

  @Test(
    "takes the first pattern that matches an image",
    arguments: [
      ("web:1", 0.5), ("registry.example/team/web:1", 0.5), ("api:1.0", 0.25), ("api:1.1", 0), ("other", 0),
    ])
  func patterns(image: String, errorRate: Double) throws {
    let cluster = try TestCluster()
    for (pattern, rate) in [("*web:?", 0.5), ("api:1.0", 0.25), ("*", 0.0), ("web:*", 1.0)] {
      cluster.cluster.setBehavior(ImageBehavior(errorRate: rate), ofImages: pattern)
    }
    try cluster.send(.post, services, service())
    try cluster.rollOut(deployment(image: image))
    cluster.cluster.setTraffic(TrafficPlan(sources: [TrafficTests.web: 500]))
    let start = cluster.now
    cluster.advance(30)
    let statistics = cluster.statistics("web", since: start)
    let rate = Double(statistics.failures) / Double(max(1, statistics.requests))
    #expect(abs(rate - errorRate) < 0.03, "\(rate)")
  }
}

extension TestCluster {
  func statistics(_ workload: String, since start: Timestamp) -> RequestStatistics {
    cluster.statistics(namespace: "n", workload: workload, after: start, to: now)
  }

  func route(_ weights: [(subset: String, weight: Int64)]) throws {
    let destinations = weights.map { subset, weight -> JSONValue in
      ["destination": ["host": "web", "subset": .string(subset)], "weight": .int(weight)]
    }
    try apply(
      "/apis/networking.istio.io/v1/namespaces/n/virtualservices/web",
      [
        "apiVersion": "networking.istio.io/v1", "kind": "VirtualService", "metadata": ["name": "web"],
        "spec": ["hosts": ["web"], "http": [["route": .array(destinations)]]],
      ], by: "t")
  }
}
