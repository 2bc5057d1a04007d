internal import KubeModel
internal import MeshTopology

extension ComputeResources {
  /// What a server asks of its machine, as operators take it.
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
