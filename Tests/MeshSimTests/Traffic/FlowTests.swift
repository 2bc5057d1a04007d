import HTTPTypes
import KubeModel
import Seams
import Testing

@testable import MeshSim

/// A cluster with the namespace `n` in the mesh, and Deployments with Services of the same names.
struct MeshCluster {
  let cluster: TestCluster
  private static let istio = "/apis/networking.istio.io/v1/namespaces/n/"

  init(_ names: [String], seed: UInt64 = 1, replicas: Int = 2, errorRate: Double = 0, cpu: String? = nil)
    throws
  {
    cluster = try TestCluster(seed: seed)
    try cluster.patch("/api/v1/namespaces/n", ["metadata": ["labels": ["istio-injection": "enabled"]]])
    cluster.cluster.setBehavior(ImageBehavior(errorRate: errorRate), ofImages: "*")
    for name in names {
      var body = deployment(name, image: "\(name):1", replicas: replicas)
      if let cpu {
        let containers: JSONValue = [
          [
            "name": "app", "image": .string("\(name):1"), "ports": [["name": "http", "containerPort": 8080]],
            "resources": ["limits": ["cpu": .string(cpu)]],
          ]
        ]
        body["spec"]?["template"]?["spec"] = ["containers": containers]
      }
      try cluster.send(
        .post, services,
        service(name, spec: [("ports", [["name": "http", "port": 80, "targetPort": "http"]])]))
      try cluster.rollOut(body)
    }
  }

  static func name(_ name: String) -> ServiceName { ServiceName(namespace: "n", name: name) }

  func route(_ name: String, _ http: JSONValue) throws {
    try cluster.apply(
      MeshCluster.istio + "virtualservices/\(name)",
      [
        "apiVersion": "networking.istio.io/v1", "kind": "VirtualService", "metadata": ["name": .string(name)],
        "spec": ["hosts": [.string(name)], "http": [http]],
      ], by: "t")
  }

  func rule(_ name: String, _ policy: JSONValue) throws {
    try cluster.apply(
      MeshCluster.istio + "destinationrules/\(name)",
      [
        "apiVersion": "networking.istio.io/v1", "kind": "DestinationRule",
        "metadata": ["name": .string(name)],
        "spec": ["host": .string(name), "trafficPolicy": policy],
      ], by: "t")
  }

  static func to(_ name: String, _ more: [(String, JSONValue)] = []) -> JSONValue {
    .object(JSONObject([("route", [["destination": ["host": .string(name)]]])] + more))
  }

  /// Requests that callers' proxies have counted, by status and flags, since the start.
  func answers(to name: String) -> [String: Int] {
    cluster.cluster.withState { state in
      var answers: [String: Int] = [:]
      for meter in state.traffic.meters.meters where meter.isSource && meter.subject.service?.name == name {
        answers["\(meter.code) \(meter.flags)", default: 0] += meter.count
      }
      return answers
    }
  }

  func flow(_ seconds: Double, _ plan: TrafficPlan) {
    cluster.cluster.setTraffic(plan)
    cluster.advance(seconds)
  }
}

@Suite("Flowing traffic")
struct FlowTests {
  private static let a = MeshCluster.name("a")
  private static let b = MeshCluster.name("b")
  private static let chain = TrafficPlan(sources: [a: 100], calls: [a: [(callee: b, perRequest: 1)]])

  private static func isNear(_ count: Int?, _ share: Double, of total: Int) -> Bool {
    let deviation = (Double(total) * share * (1 - share)).squareRoot()
    return abs(Double(count ?? 0) - Double(total) * share) < 5 * deviation + 1
  }

  @Test("is refused by policies as every single request would be")
  func policies() throws {
    let mesh = try MeshCluster(["a", "b"])
    try mesh.cluster.send(
      .post, "/apis/security.istio.io/v1/namespaces/n/authorizationpolicies",
      [
        "apiVersion": "security.istio.io/v1", "kind": "AuthorizationPolicy", "metadata": ["name": "b"],
        "spec": ["selector": ["matchLabels": ["app": "b"]], "rules": []],
      ])
    mesh.flow(20, FlowTests.chain)
    let answers = mesh.answers(to: "b")
    #expect(Set(answers.keys) == ["403 -"] && answers["403 -", default: 0] > 1_000)
    let up = mesh.cluster.statistics("a", since: SimulatedFleet.epoch)
    #expect(up.failures == up.requests, "what needs b fails without it")
    #expect(mesh.cluster.cluster.unroutableRequests.isEmpty, "pods were there")
  }

  @Test("is lost where a NetworkPolicy lets no names out")
  func names() throws {
    let mesh = try MeshCluster(["a", "b"])
    try mesh.cluster.send(
      .post, "/apis/networking.k8s.io/v1/namespaces/n/networkpolicies",
      [
        "apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": ["name": "a"],
        "spec": [
          "podSelector": ["matchLabels": ["app": "a"]], "policyTypes": ["Egress"],
          "egress": [["to": [["podSelector": ["matchLabels": ["app": "b"]]]]]],
        ],
      ])
    mesh.flow(20, FlowTests.chain)
    #expect(mesh.cluster.cluster.unroutableRequests[FlowTests.b, default: 0] > 1_000)
    #expect(mesh.cluster.statistics("b", since: SimulatedFleet.epoch).requests == 0)
  }

  @Test("fails by injected faults as often as they are asked for", arguments: UInt64(1)...3)
  func faults(seed: UInt64) throws {
    let mesh = try MeshCluster(["a", "b"], seed: seed)
    try mesh.route(
      "b", MeshCluster.to("b", [("fault", ["abort": ["httpStatus": 418, "percentage": ["value": 25]]])]))
    mesh.flow(60, FlowTests.chain)
    let answers = mesh.answers(to: "b")
    let total = answers.values.reduce(0, +)
    #expect(FlowTests.isNear(answers["418 FI"], 0.25, of: total), "seed \(seed): \(answers)")
  }

  @Test("is tried again as often as the route says", arguments: [(0, 0.3), (1, 0.09), (2, 0.027)])
  func retries(attempts: Int64, expected: Double) throws {
    let mesh = try MeshCluster(["a", "b"])
    mesh.cluster.cluster.setBehavior(ImageBehavior(errorRate: 0), ofImages: "a:*")
    let failing = try MeshCluster(["a", "b"], errorRate: 0.3)
    try failing.route(
      "b", MeshCluster.to("b", [("retries", ["attempts": .int(attempts), "retryOn": "5xx"])]))
    failing.flow(120, TrafficPlan(sources: [FlowTests.b: 100]))
    let answers = failing.answers(to: "b")
    #expect(FlowTests.isNear(answers["500 -"], expected, of: answers.values.reduce(0, +)), "\(answers)")
    let tries = failing.cluster.statistics("b", since: SimulatedFleet.epoch).requests
    #expect(tries >= answers.values.reduce(0, +))
  }

  @Test("is given up after the route's timeout")
  func timeouts() throws {
    let mesh = try MeshCluster(["b"])
    try mesh.route("b", MeshCluster.to("b", [("timeout", "20ms")]))
    mesh.flow(60, TrafficPlan(sources: [FlowTests.b: 100]))
    let answers = mesh.answers(to: "b")
    #expect(
      FlowTests.isNear(answers["504 UT"], 0.5, of: answers.values.reduce(0, +)),
      "the median is 20 ms: \(answers)")
  }

  @Test("is copied to a mirror, whose answers nobody waits for")
  func mirrors() throws {
    let mesh = try MeshCluster(["b", "c"])
    mesh.cluster.cluster.setTraffic(TrafficPlan())
    try mesh.route(
      "b", MeshCluster.to("b", [("mirror", ["host": "c"]), ("mirrorPercentage", ["value": 50])]))
    mesh.flow(60, TrafficPlan(sources: [FlowTests.b: 100]))
    let main = mesh.cluster.statistics("b", since: SimulatedFleet.epoch).requests
    #expect(
      FlowTests.isNear(mesh.cluster.statistics("c", since: SimulatedFleet.epoch).requests, 0.5, of: main))
    #expect(mesh.answers(to: "c").isEmpty)
  }

  @Test("overflows a pool of connections that is too small for it")
  func pools() throws {
    let mesh = try MeshCluster(["b"])
    try mesh.rule(
      "b", ["connectionPool": ["tcp": ["maxConnections": 1], "http": ["http1MaxPendingRequests": 1]]])
    mesh.flow(60, TrafficPlan(sources: [FlowTests.b: 400]))
    let answers = mesh.answers(to: "b")
    let share = Double(answers["503 UO"] ?? 0) / Double(answers.values.reduce(0, +))
    #expect((0.4...0.9).contains(share), "\(answers)")
  }

  @Test("slows down and fails at pods that have too little CPU for it")
  func saturation() throws {
    func run(_ rate: Double) throws -> (failures: Double, slow: Double) {
      let mesh = try MeshCluster(["b"], replicas: 1, cpu: "200m")
      mesh.flow(60, TrafficPlan(sources: [FlowTests.b: rate]))
      let statistics = mesh.cluster.statistics("b", since: SimulatedFleet.epoch)
      let slow = statistics.buckets[9...].reduce(0, +)
      return (
        Double(statistics.failures) / Double(statistics.requests), Double(slow) / Double(statistics.requests)
      )
    }
    let (easy, hard) = (try run(50), try run(200))  // a pod can do 100 a second
    #expect(easy.failures == 0 && easy.slow < 0.01, "\(easy)")
    // Half would be too much; that proxies try again what was refused makes it worse.
    #expect((0.5...0.9).contains(hard.failures) && hard.slow > 0.8, "\(hard)")
  }

  @Test("leaves pods alone whose answers fail in a row")
  func outliers() throws {
    let mesh = try MeshCluster(["b"], errorRate: 1)
    try mesh.rule("b", ["outlierDetection": ["consecutive5xxErrors": 3, "maxEjectionPercent": 100]])
    mesh.flow(20, TrafficPlan(sources: [FlowTests.b: 50]))
    #expect(mesh.answers(to: "b")["503 UH", default: 0] > 500, "\(mesh.answers(to: "b"))")
  }

  @Test("takes the routes that its headers ask for")
  func headers() throws {
    let mesh = try MeshCluster(["b", "c"])
    try mesh.cluster.apply(
      "/apis/networking.istio.io/v1/namespaces/n/virtualservices/b",
      [
        "apiVersion": "networking.istio.io/v1", "kind": "VirtualService", "metadata": ["name": "b"],
        "spec": [
          "hosts": ["b"],
          "http": [
            [
              "match": [["headers": ["x-beta": ["exact": "yes"]]]], "route": [["destination": ["host": "c"]]],
            ], MeshCluster.to("b"),
          ],
        ],
      ], by: "t")
    var plan = TrafficPlan(sources: [FlowTests.b: 100])
    plan.shapes[TrafficEdge(from: nil, to: FlowTests.b)] = [
      RequestShape(share: 9), RequestShape(share: 1, .header("x-beta", "yes")),
    ]
    mesh.flow(60, plan)
    let (main, beta) = (
      mesh.cluster.statistics("b", since: SimulatedFleet.epoch).requests,
      mesh.cluster.statistics("c", since: SimulatedFleet.epoch).requests
    )
    #expect(FlowTests.isNear(beta, 0.1, of: main + beta))
  }

  @Test("costs the pods that answer it CPU, at the moment and in total")
  func use() throws {
    let mesh = try MeshCluster(["b"])
    mesh.flow(120, TrafficPlan(sources: [FlowTests.b: 100]))
    let use = mesh.cluster.cluster.withState { $0.traffic.use().map(\.value) }
    #expect(use.count == 2)
    for pod in use {
      #expect(abs(pod.cores - 0.1) < 0.02 && abs(pod.seconds - 12) < 1.5, "50 a second at 2 ms: \(pod)")
    }
  }

  @Test("keeps its counts and use over changes of the objects")
  func changes() throws {
    let mesh = try MeshCluster(["b"])
    mesh.flow(30, TrafficPlan(sources: [FlowTests.b: 100]))
    let before = mesh.answers(to: "b")["200 -", default: 0]
    try mesh.route("b", MeshCluster.to("b"))
    mesh.cluster.advance(30)
    let after = mesh.answers(to: "b")["200 -", default: 0]
    #expect(before > 2_500 && (5_500...6_500).contains(after), "\(before), then \(after)")
  }
}
