import KubeModel
import MeshSim
import Seams

/// An hour of 50 workloads with 300 pods and their autoscalers, of which the first gets 200 requests a second and
/// each calls two others: 10,000 requests a second in all.
struct SimulatedHour {
  private static let count = 50
  private let simulation = Simulation(seed: 1, start: SimulatedFleet.epoch)
  private let cluster: SimulatedCluster

  init() {
    cluster = SimulatedCluster(name: "hour", seed: 1, clock: simulation.clock)
    let namespace: JSONValue = [
      "apiVersion": "v1", "kind": "Namespace",
      "metadata": ["name": "n", "labels": ["istio-injection": "enabled"]],
    ]
    let objects = [namespace] + (0..<SimulatedHour.count).flatMap(SimulatedHour.workload)
    let refused = cluster.bring(objects.compactMap(KubeObject.init(_:)), manager: "benchmark")
    precondition(refused.isEmpty, "\(refused)")
    simulation.clock.advance(to: simulation.clock.now + .seconds(60))
    var plan = TrafficPlan()
    for index in 0..<SimulatedHour.count {
      let called = [2 * index + 1, 2 * index + 2].filter { $0 < SimulatedHour.count }
      plan.calls[SimulatedHour.name(index)] = called.map { (callee: SimulatedHour.name($0), perRequest: 1) }
    }
    plan.sources[SimulatedHour.name(0)] = 200
    cluster.setTraffic(plan)
  }

  /// Lets the hour pass.
  ///
  /// - Returns: how many pods there were, and how many requests they answered.
  func run() -> (pods: Int, requests: Int) {
    let start = simulation.clock.now
    simulation.clock.advance(to: start + .seconds(3_600))
    let requests = (0..<SimulatedHour.count).map {
      cluster.statistics(namespace: "n", workload: "w\($0)", after: start, to: simulation.clock.now).requests
    }
    return (cluster.view.objects(.pod).count, requests.reduce(0, +))
  }

  private static func name(_ index: Int) -> ServiceName { ServiceName(namespace: "n", name: "w\(index)") }

  private static func workload(_ index: Int) -> [JSONValue] {
    let name = JSONValue.string("w\(index)")
    let metadata: JSONValue = ["name": name, "namespace": "n"]
    let labels: JSONValue = ["app": name]
    return [
      [
        "apiVersion": "v1", "kind": "Service", "metadata": metadata,
        "spec": ["selector": labels, "ports": [["name": "http", "port": 80, "targetPort": 8080]]],
      ],
      [
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": metadata,
        "spec": [
          "replicas": 6, "selector": ["matchLabels": labels],
          "template": [
            "metadata": ["labels": labels],
            "spec": [
              "containers": [
                [
                  "name": "app", "image": "app:1", "ports": [["name": "http", "containerPort": 8080]],
                  "resources": ["requests": ["cpu": "100m"]],
                ]
              ]
            ],
          ],
        ],
      ],
      [
        "apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": metadata,
        "spec": [
          "scaleTargetRef": ["apiVersion": "apps/v1", "kind": "Deployment", "name": name],
          "minReplicas": 6, "maxReplicas": 8,
          "metrics": [
            [
              "type": "Resource",
              "resource": ["name": "cpu", "target": ["type": "Utilization", "averageUtilization": 70]],
            ]
          ],
        ],
      ],
    ]
  }
}
