public import KubeModel

extension Capacity {
  /// The capacity as JSON: CPU in thousandths of a core, memory in bytes, `null` for what is not known.
  public var json: JSONValue { ["clusters": .array(clusters.map(\.json))] }
}

extension ClusterCapacity {
  fileprivate var json: JSONValue {
    [
      "name": .string(name), "region": .string(region), "nodePools": .array(pools.map(\.json)),
      "resources": .array(measures.map(\.json)), "podLimits": podLimits.json,
      "limitingFactor": limitingFactor.json, "notes": .array(notes.map(JSONValue.string)),
    ]
  }
}

extension ClusterCapacity.Pool {
  fileprivate var json: JSONValue {
    [
      "name": .string(name), "machineType": .string(machineType), "nodes": .int(Int64(nodes)),
      "nodesAtMost": .int(Int64(nodesAtMost)),
      "allocatable": allocatable.map {
        ["cpu": .int(Int64($0.cpu)), "memory": .int(Int64($0.memory)), "pods": .int(Int64($0.pods))]
      } ?? .null,
      "resources": .array(measures.map(\.json)), "limitingFactor": limitingFactor.json,
    ]
  }
}

extension ClusterCapacity.Measure {
  fileprivate var json: JSONValue {
    [
      "resource": .string(resource.rawValue), "askedAtRest": number(askedAtRest),
      "askedAtMost": number(askedAtMost), "now": number(now), "atMost": number(atMost),
      "headRoom": number(headRoom), "bound": .string(bound),
    ]
  }
}

extension ClusterCapacity.PodLimits {
  fileprivate var json: JSONValue {
    [
      "byNodes": number(byNodes), "byAddresses": number(byAddresses), "byCPU": number(byCPU),
      "byMemory": number(byMemory),
    ]
  }
}

extension ClusterCapacity.LimitingFactor {
  fileprivate var json: JSONValue {
    [
      "resource": resource.map { .string($0.rawValue) } ?? .null,
      "nodePool": pool.map(JSONValue.string) ?? .null, "isShort": .bool(isShort),
      "text": .string(text),
    ]
  }
}

private func number(_ value: Int?) -> JSONValue { value.map { .int(Int64($0)) } ?? .null }
