import HTTPTypes
import KubeModel
import MeshSim
import Seams
import Testing

@Suite("An autoscaler")
struct AutoscalerTests {
  private static let path = "/apis/autoscaling/v2/namespaces/n/horizontalpodautoscalers"
  private static let web = ServiceName(namespace: "n", name: "web")

  private static func autoscaler(
    minimum: Int = 1, maximum: Int = 10, window: Int? = nil, cpu: Int = 50
  ) -> JSONValue {
    var spec: JSONValue = [
      "scaleTargetRef": ["apiVersion": "apps/v1", "kind": "Deployment", "name": "web"],
      "minReplicas": .int(Int64(minimum)), "maxReplicas": .int(Int64(maximum)),
      "metrics": [
        [
          "type": "Resource",
          "resource": [
            "name": "cpu", "target": ["type": "Utilization", "averageUtilization": .int(Int64(cpu))],
          ],
        ]
      ],
    ]
    spec["behavior"] = window.map { ["scaleDown": ["stabilizationWindowSeconds": .int(Int64($0))]] }
    return [
      "apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": ["name": "web"],
      "spec": spec,
    ]
  }

  /// Pods ask for 100 mCPU and a request costs 2 ms: at 50 %, one pod is meant for 25 requests a second.
  private static func cluster(rate: Double, replicas: Int) throws -> TestCluster {
    let cluster = try TestCluster()
    cluster.cluster.setBehavior(ImageBehavior(cpuSecondsPerRequest: 0.002), ofImages: "*")
    try cluster.send(.post, services, service())
    try cluster.rollOut(deployment(replicas: replicas))
    cluster.cluster.setTraffic(TrafficPlan(sources: [web: rate]))
    cluster.advance(60)
    return cluster
  }

  @Test("scales up under load to what the load needs")
  func up() throws {
    let cluster = try AutoscalerTests.cluster(rate: 150, replicas: 1)
    try cluster.send(.post, AutoscalerTests.path, AutoscalerTests.autoscaler())
    cluster.advance(120)
    #expect(try cluster.object(.deployment, "web").replicas == 6)
    let status = try cluster.object(.horizontalPodAutoscaler, "web")
    #expect(status.status("currentReplicas") == 6 && status.status("desiredReplicas") == 6)
  }

  @Test("never goes above its maximum nor below its minimum", arguments: [(500.0, 4), (0.5, 2)])
  func bounds(rate: Double, expected: Int) throws {
    let cluster = try AutoscalerTests.cluster(rate: rate, replicas: 3)
    try cluster.send(
      .post, AutoscalerTests.path, AutoscalerTests.autoscaler(minimum: 2, maximum: 4, window: 30))
    for _ in 0..<40 {
      cluster.advance(15)
      #expect((2...4).contains(try cluster.object(.deployment, "web").replicas))
    }
    #expect(try cluster.object(.deployment, "web").replicas == expected)
  }

  @Test("raises the replicas to its minimum without any metric (hpa-bounds)")
  func minimum() throws {
    let cluster = try TestCluster()
    try cluster.rollOut(deployment(replicas: 1))
    try cluster.send(.post, AutoscalerTests.path, AutoscalerTests.autoscaler(minimum: 3, maximum: 5))
    cluster.advance(30)
    #expect(try cluster.object(.deployment, "web").replicas == 3)
  }

  @Test("at most doubles the pods in one step, or makes them four")
  func step() throws {
    let cluster = try AutoscalerTests.cluster(rate: 2_000, replicas: 1)
    try cluster.send(.post, AutoscalerTests.path, AutoscalerTests.autoscaler(maximum: 100))
    cluster.advance(2)
    #expect(try cluster.object(.deployment, "web").replicas == 4)
    cluster.advance(15)
    #expect(try cluster.object(.deployment, "web").replicas == 8)
  }

  @Test("does not scale down before a whole window of low load, be it new or old", arguments: [false, true])
  func window(isOld: Bool) throws {
    let cluster = try AutoscalerTests.cluster(rate: isOld ? 150 : 10, replicas: 6)
    try cluster.send(.post, AutoscalerTests.path, AutoscalerTests.autoscaler())
    if isOld {
      cluster.advance(600)
      cluster.cluster.setTraffic(TrafficPlan(sources: [AutoscalerTests.web: 10]))
    }
    for _ in 0..<28 {
      cluster.advance(10)
      #expect(try cluster.object(.deployment, "web").replicas == 6, "at \(cluster.now)")
    }
    cluster.advance(120)
    #expect(try cluster.object(.deployment, "web").replicas == 1)
  }

  @Test("leaves a Deployment alone that a person scaled to nothing")
  func off() throws {
    let cluster = try AutoscalerTests.cluster(rate: 100, replicas: 2)
    try cluster.send(.post, AutoscalerTests.path, AutoscalerTests.autoscaler())
    try cluster.patch(deployments + "/web", ["spec": ["replicas": 0]])
    cluster.advance(300)
    #expect(try cluster.object(.deployment, "web").replicas == 0)
  }

  @Test("owns the replicas it set, so an apply that says others conflicts (apply-replicas-handover)")
  func ownership() throws {
    let cluster = try AutoscalerTests.cluster(rate: 150, replicas: 1)
    try cluster.send(.post, AutoscalerTests.path, AutoscalerTests.autoscaler())
    cluster.advance(120)
    let entries = try cluster.object(.deployment, "web")[path: "metadata", "managedFields"]?.array ?? []
    let own = entries.first { $0["subresource"] == "scale" }
    #expect(
      own == [
        "manager": "kube-controller-manager", "operation": "Update", "apiVersion": "apps/v1",
        "subresource": "scale", "fieldsType": "FieldsV1", "fieldsV1": ["f:spec": ["f:replicas": [:]]],
      ], "what is written through scale carries no time")
    let conflict = try cluster.apply(deployments + "/web", deployment(replicas: 1), by: "sync")
    #expect(
      conflict.message
        == "Apply failed with 1 conflict: conflict with \"kube-controller-manager\" "
        + "with subresource \"scale\" using apps/v1: .spec.replicas"
    )
    let silent = try cluster.apply(deployments + "/web", deployment(replicas: nil), by: "sync")
    #expect(silent.status == 200 && silent.body[path: "spec", "replicas"] == 6)
  }

  @Test("with targets that make no sense does not crash", arguments: [0, 1])
  func extremes(cpu: Int) throws {
    let cluster = try AutoscalerTests.cluster(rate: 1_000, replicas: 1)
    let answer = try cluster.send(
      .post, AutoscalerTests.path, AutoscalerTests.autoscaler(maximum: 3, cpu: cpu))
    #expect(answer.status == 201 || answer.status == 422)
    cluster.advance(120)
    #expect((1...3).contains(try cluster.object(.deployment, "web").replicas))
  }
}
