import KubeModel
import Seams
import Testing

@testable import MeshSim

@Suite("The rules of autoscaling")
struct ScalingRulesTests {
  private static let now = Timestamp(seconds: 1_000_000)

  private static func rules(_ behavior: JSONValue? = nil, minimum: Int = 1, maximum: Int = 100)
    -> ScalingRules
  {
    var autoscaler = KubeObject(kind: .horizontalPodAutoscaler, namespace: "n", name: "a")
    autoscaler.fields["spec"] = ["minReplicas": .int(Int64(minimum)), "maxReplicas": .int(Int64(maximum))]
    autoscaler.set("spec", "behavior", to: behavior)
    return ScalingRules(autoscaler)
  }

  @Test(
    "without a behaviour at most double, or four",
    arguments: [(1, 50, 4), (3, 50, 6), (10, 50, 20), (10, 12, 12)])
  func usualLimit(current: Int, wanted: Int, expected: Int) {
    let outcome = ScalingRulesTests.rules().limited(
      wanted, current: current, AutoscalerMemory(), now: Self.now)
    #expect(outcome.replicas == expected)
  }

  private static let policyCases: [(JSONValue, Int, Int, Int)] = [
    (["scaleUp": ["policies": [["type": "Pods", "value": 3, "periodSeconds": 60]]]], 5, 20, 8),
    (["scaleUp": ["selectPolicy": "Disabled"]], 5, 20, 5),
    (["scaleUp": [:]], 1, 50, 5),
    (["scaleDown": ["policies": [["type": "Percent", "value": 10, "periodSeconds": 60]]]], 20, 1, 18),
    (["scaleDown": ["selectPolicy": "Disabled"]], 20, 1, 20),
  ]

  @Test("with a behaviour its policies decide", arguments: policyCases)
  func policies(behavior: JSONValue, current: Int, wanted: Int, expected: Int) {
    let outcome = ScalingRulesTests.rules(behavior).limited(
      wanted, current: current, AutoscalerMemory(), now: Self.now)
    #expect(outcome.replicas == expected)
  }

  @Test("what was done within a period counts against the policy")
  func period() {
    var memory = AutoscalerMemory()
    memory.scaled(from: 5, to: 7, at: Self.now - .seconds(30))
    let rules = Self.rules(["scaleUp": ["policies": [["type": "Pods", "value": 3, "periodSeconds": 60]]]])
    #expect(rules.limited(20, current: 7, memory, now: Self.now).replicas == 8)
    #expect(rules.limited(20, current: 7, memory, now: Self.now + .seconds(60)).replicas == 10)
  }

  @Test("the highest recommendation of the window holds on the way down")
  func stabilization() {
    var memory = AutoscalerMemory()
    memory.recommend(8, at: Self.now - .seconds(200), keeping: .seconds(300))
    memory.recommend(4, at: Self.now - .seconds(10), keeping: .seconds(300))
    #expect(Self.rules().stabilized(2, current: 8, memory, now: Self.now) == 8)
    #expect(Self.rules().stabilized(2, current: 8, memory, now: Self.now + .seconds(200)) == 4)
    #expect(Self.rules().stabilized(12, current: 8, memory, now: Self.now) == 12)
  }

  @Test(
    "bounds are told apart from rates",
    arguments: [(1, 200, "TooManyReplicas"), (40, 200, "ScaleUpLimit"), (5, 6, "DesiredWithinRange")])
  func reasons(current: Int, wanted: Int, reason: String) {
    let rules = Self.rules(maximum: current == 1 ? 3 : 100)
    #expect(rules.limited(wanted, current: current, AutoscalerMemory(), now: Self.now).reason == reason)
  }
}
