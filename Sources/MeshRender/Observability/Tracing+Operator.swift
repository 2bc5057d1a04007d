internal import KubeModel
internal import MeshTopology

extension Tracing {
  /// What the operator of Jaeger 1 makes Jaeger from.
  func jaegerObject(labels: [String: String]) -> KubeObject {
    var object = KubeObject(kind: .jaeger, namespace: namespace, name: name)
    object.labels = labels
    object.set("spec", "collector", "maxReplicas", to: .int(Int64(intake.maxReplicas)))
    if intake.minReplicas != 1 {
      object.set("spec", "collector", "minReplicas", to: .int(Int64(intake.minReplicas)))
    }
    object.set("spec", "collector", "resources", to: json(intake.resources))
    switch storage {
    case .memory(let memory):
      object.set("spec", "strategy", to: "allInOne")
      object.set("spec", "storage", "type", to: "memory")
      object.set(
        "spec", "storage", "options", to: ["memory": ["max-traces": .int(Int64(memory.maxTraces))]])
    case .elasticsearch(let nodes):
      object.set("spec", "strategy", to: "production")
      object.set("spec", "storage", "type", to: "elasticsearch")
      object.set("spec", "storage", "elasticsearch", to: provisioned(nodes))
      object.set("spec", "query", "replicas", to: .int(Int64(query.replicas)))
      if query.resources != TraceQuery().resources {
        object.set("spec", "query", "resources", to: json(query.resources))
      }
    case .service: break
    }
    return object
  }

  private func provisioned(_ nodes: TraceStorage.Elasticsearch) -> JSONValue {
    let usual = TraceStorage.Elasticsearch()
    var storage: JSONValue = ["size": .string(nodes.size.description)]
    storage["storageClassName"] = nodes.storageClass.map(JSONValue.string)
    var json: JSONValue = ["nodeCount": .int(Int64(nodes.nodes)), "storage": storage]
    if nodes.resources != usual.resources { json["resources"] = self.json(nodes.resources) }
    if nodes.image != usual.image { json["image"] = .string(nodes.image.description) }
    return json
  }

  private func json(_ resources: ComputeResources) -> JSONValue {
    var json: JSONValue = [
      "requests": [
        "cpu": .string(resources.cpu.description), "memory": .string(resources.memory.description),
      ]
    ]
    var limits = JSONObject()
    limits["cpu"] = resources.cpuLimit.map { .string($0.description) }
    limits["memory"] = resources.memoryLimit.map { .string($0.description) }
    if !limits.isEmpty { json["limits"] = .object(limits) }
    return json
  }
}
