internal import KubeModel
internal import MeshTopology

extension ComputeResources {
  /// What a container asks of its node, as Kubernetes and its operators write it.
  var json: JSONValue {
    var json: JSONValue = [
      "requests": ["cpu": .string(cpu.description), "memory": .string(memory.description)]
    ]
    var limits: [String: String] = [:]
    limits["cpu"] = cpuLimit?.description
    limits["memory"] = memoryLimit?.description
    if !limits.isEmpty { json["limits"] = .strings(limits) }
    return json
  }
}
