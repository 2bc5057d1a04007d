import KubeModel
import Seams

/// What pods use: CPU by the requests they answer, memory by what they ask for.
struct ResourceUsage {
  private let cpuPerPod: Double?
  private let memoryPerPod: Double?

  /// Cores that a pod without requests uses.
  private static let idle = 0.001

  /// - Parameter ready: how many pods share the requests.
  init(of workload: KubeObject, ready: Int, in state: ClusterState) {
    let containers = workload[path: "spec", "template", "spec", "containers"]?.array ?? []
    let window = Duration.seconds(30)
    let memory = containers.reduce(0) { $0 + ResourceUsage.memory(of: $1) }
    if ready > 0, state.controllers.setup.hasMetrics, !state.traffic.isFlowing {
      (cpuPerPod, memoryPerPod) = (ResourceUsage.idle, memory)
    } else if ready > 0, state.traffic.hasHistory(of: workload.key, over: window, now: state.trueNow) {
      let cost = state.images.behavior(of: containers.first?["image"]?.string ?? "").cpuSecondsPerRequest
      let rate = state.traffic.requestRate(of: workload.key, over: window, now: state.trueNow)
      (cpuPerPod, memoryPerPod) = (rate * cost / Double(ready), memory)
    } else {
      (cpuPerPod, memoryPerPod) = (nil, nil)
    }
  }

  func perPod(_ resource: String) -> Double? {
    switch resource {
    case "cpu": cpuPerPod
    case "memory": memoryPerPod
    default: nil
    }
  }

  /// Bytes in use by a container: two fifths of what it asks for.
  static func memory(of container: JSONValue) -> Double {
    let asked = container[path: "resources", "requests", "memory"]?.string.flatMap(Quantity.init(parsing:))?
      .value
    return (asked ?? Double(64 << 20)) * 0.4
  }

  /// `metrics.k8s.io/v1beta1` PodMetrics of the running pods of a namespace, or of all.
  static func pods(in state: ClusterState, namespace: String?) -> [KubeObject] {
    var cpu: [String: Double] = [:]
    return state.store.list(.pod, namespace: namespace).filter { $0.phase == "Running" }.map { pod in
      let owner = workload(of: pod, in: state)
      var share = 0.0
      if let owner {
        share =
          cpu[owner.uid] ?? ResourceUsage(of: owner, ready: ready(of: owner, in: state), in: state).cpuPerPod
          ?? 0
        cpu[owner.uid] = share
      }
      let specs = pod[path: "spec", "containers"]?.array ?? []
      let containers = specs.enumerated().map { index, container -> JSONValue in
        let used = (index == 0 && pod.isReadyPod ? share : 0) + 0.001
        return [
          "name": container["name"] ?? "",
          "usage": [
            "cpu": .string("\(Int64(used * 1e9))n"),
            "memory": .string("\(Int64(memory(of: container)) >> 10)Ki"),
          ],
        ]
      }
      return metrics("PodMetrics", pod, now: state.now, [("containers", .array(containers))])
    }
  }

  /// NodeMetrics of all nodes.
  static func nodes(in state: ClusterState) -> [KubeObject] {
    var used: [String: (cpu: Double, memory: Double)] = [:]
    for pod in pods(in: state, namespace: nil) {
      guard let node = state.store.get(.pod, pod.key)?.nodeName else { continue }
      for container in pod.fields["containers"]?.array ?? [] {
        func amount(_ name: String) -> Double {
          container[path: "usage", name]?.string.flatMap(Quantity.init(parsing:))?.value ?? 0
        }
        used[node, default: (0, 0)].cpu += amount("cpu")
        used[node, default: (0, 0)].memory += amount("memory")
      }
    }
    return state.store.list(.node).map { node in
      let own = used[node.name] ?? (0, 0)
      let usage: JSONValue = [
        "cpu": .string("\(Int64((own.cpu + 0.05) * 1e9))n"),
        "memory": .string("\((Int64(own.memory) + 512 << 20) >> 10)Ki"),
      ]
      return metrics("NodeMetrics", node, now: state.now, [("usage", usage)])
    }
  }

  private static func metrics(
    _ kind: String, _ object: KubeObject, now: Timestamp, _ fields: [(String, JSONValue)]
  ) -> KubeObject {
    var metadata: JSONValue = ["name": .string(object.name), "creationTimestamp": .string(now.rfc3339)]
    if let namespace = object.namespace { metadata["namespace"] = .string(namespace) }
    if !object.labels.isEmpty { metadata["labels"] = .strings(object.labels) }
    let common: [(String, JSONValue)] = [
      ("apiVersion", "metrics.k8s.io/v1beta1"), ("kind", .string(kind)), ("metadata", metadata),
      ("timestamp", .string(now.rfc3339)), ("window", "30s"),
    ]
    return KubeObject(JSONObject(common + fields))
  }

  private static func workload(of pod: KubeObject, in state: ClusterState) -> KubeObject? {
    guard let owner = pod.controllerReference?["uid"]?.string.flatMap({ state.store.object(uid: $0) }) else {
      return nil
    }
    guard owner.kind == "ReplicaSet", let above = owner.controllerReference?["uid"]?.string else {
      return owner
    }
    return state.store.object(uid: above) ?? owner
  }

  private static func ready(of workload: KubeObject, in state: ClusterState) -> Int {
    workload.statusCount("readyReplicas")
  }
}
