import KubeModel
import Testing

@testable import MeshSim

@Suite("Scaling in the middle of a rollout")
struct ProportionalScalingTests {
  private static func sets(_ desired: Int, sizedFor: Int, maximum: Int, _ sizes: [Int]) -> DeploymentSets {
    var deployment = KubeObject(kind: .deployment, namespace: "n", name: "d")
    deployment.fields["spec"] = [
      "replicas": .int(Int64(desired)), "template": ["v": .int(Int64(sizes.count - 1))],
      "strategy": ["type": "RollingUpdate", "rollingUpdate": ["maxSurge": 3, "maxUnavailable": 2]],
    ]
    let sets = sizes.enumerated().map { index, size in
      var set = KubeObject(kind: .replicaSet, namespace: "n", name: "d-\(index)")
      set.set("metadata", "uid", to: .string("\(index)"))
      set.set("metadata", "creationTimestamp", to: .string("2026-01-01T00:00:0\(index)Z"))
      set.annotations = [
        DeploymentSets.desiredAnnotation: "\(sizedFor)", DeploymentSets.maximumAnnotation: "\(maximum)",
      ]
      set.fields["spec"] = ["replicas": .int(Int64(size)), "template": ["v": .int(Int64(index))]]
      return set
    }
    return DeploymentSets(deployment, sets)
  }

  @Test("shares the change by size and never exceeds the surge", arguments: 1...30)
  func shares(desired: Int) {
    let sets = Self.sets(desired, sizedFor: 10, maximum: 13, [8, 5])
    let sizes = ProportionalScaling.steps(sets).map(\.size)
    #expect(sizes.allSatisfy { $0 >= 0 })
    #expect(sizes.reduce(0, +) == desired + 3)
  }

  @Test("the example of the documentation: 10 to 15 with 8 old and 5 new makes 11 and 7")
  func documented() {
    let steps = ProportionalScaling.steps(Self.sets(15, sizedFor: 10, maximum: 13, [8, 5]))
    #expect(steps.map { "\($0.set.name)=\($0.size)" } == ["d-0=11", "d-1=7"])
  }

  @Test("to nothing takes all")
  func zero() {
    #expect(
      ProportionalScaling.steps(Self.sets(0, sizedFor: 10, maximum: 13, [8, 5])).map(\.size) == [0, 0])
  }

  @Test("a single ReplicaSet just gets the number")
  func single() {
    let steps = ProportionalScaling.steps(Self.sets(4, sizedFor: 10, maximum: 13, [10]))
    #expect(steps.map(\.size) == [4])
  }
}
