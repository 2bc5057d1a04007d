import KubeModel
import MeshTopology
import Testing

@testable import MeshProcedures

@Suite("The canary's share in the routes")
struct RolloutRoutesTests {
  private static let header: JSONValue = [
    "match": [["headers": ["x-canary": ["exact": "true"]]]],
    "route": [["destination": ["host": "user-service", "subset": "canary"], "weight": 100]],
  ]

  private static let routes = RolloutPlan.Routes(
    resting: SampleRollout.route(0),
    running: .array([header] + (SampleRollout.route(20).array ?? [])), canarySubset: "canary")

  private func weight(_ http: JSONValue?) -> Weight? {
    RolloutRoutes.canaryWeight(in: http, canarySubset: "canary")
  }

  @Test("is read as it was written, and both shares sum to 100", arguments: 0...100)
  func roundTrip(_ percent: Int) throws {
    let written = RolloutRoutes.http(
      RolloutRoutesTests.routes, canary: try #require(Weight(percent: percent)))
    #expect(weight(written)?.percent == percent)
    let shares = written.array?.last?["route"]?.array?.compactMap { $0["weight"]?.int } ?? []
    #expect(shares.reduce(0, +) == 100)
  }

  @Test("brings the header routes with it, and takes them along")
  func headerRoutes() throws {
    let running = RolloutRoutes.http(RolloutRoutesTests.routes, canary: .firstStep)
    #expect(running.array?.count == 2)
    #expect(running.array?.first == RolloutRoutesTests.header)
    let resting = RolloutRoutes.http(RolloutRoutesTests.routes, canary: .zero)
    #expect(resting == RolloutRoutesTests.routes.resting)
  }

  private static func route(_ shares: (String?, Int64?)...) -> JSONValue {
    [
      [
        "route": .array(
          shares.map { subset, weight in
            var share: JSONValue = ["destination": ["host": "user-service"]]
            if let subset { share["destination"]?["subset"] = .string(subset) }
            if let weight { share["weight"] = .int(weight) }
            return share
          })
      ]
    ]
  }

  static let foreign: [(String, JSONValue?)] = [
    ("no routes", nil), ("an empty list", []), ("something else", "http"),
    ("one destination without a subset, which has the canary's pods too", route((nil, nil))),
    ("one destination", route(("stable", 100))),
    ("three destinations", route(("stable", 70), ("canary", 20), ("other", 10))),
    ("too much", route(("stable", 90), ("canary", 20))),
    ("too little", route(("stable", 80), ("canary", nil))),
    ("a negative share", route(("stable", 120), ("canary", -20))),
    ("twice the same subset", route(("canary", 50), ("canary", 50))),
    ("unknown subsets", route(("blue", 50), ("green", 50))),
    ("no route without a match", .array([header])),
  ]

  @Test("is unknown in routes that no rollout writes", arguments: foreign)
  func foreignShape(_ name: String, _ http: JSONValue?) {
    #expect(weight(http) == nil)
  }

  @Test("is read whatever the order, and where no weight means none")
  func order() {
    #expect(weight(RolloutRoutesTests.route(("canary", 30), ("stable", 70)))?.percent == 30)
    #expect(weight(RolloutRoutesTests.route(("stable", 100), ("canary", nil))) == .zero)
  }
}
