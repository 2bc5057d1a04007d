import KubeModel
import MeshSim
import Seams

/// A Deployment of one container that answers on port 8080.
func deployment(
  _ name: String = "web", image: String = "web:1", replicas: Int? = 3, surge: JSONValue? = nil,
  unavailable: JSONValue? = nil, spec extra: [(String, JSONValue)] = []
) -> JSONValue {
  var spec: JSONValue = [
    "selector": ["matchLabels": ["app": .string(name)]],
    "template": [
      "metadata": ["labels": ["app": .string(name)]],
      "spec": [
        "containers": [
          [
            "name": "app", "image": .string(image), "ports": [["name": "http", "containerPort": 8080]],
            "resources": ["requests": ["cpu": "100m"]],
          ]
        ]
      ],
    ],
  ]
  spec["replicas"] = replicas.map { .int(Int64($0)) }
  if surge != nil || unavailable != nil {
    var bounds: JSONValue = [:]
    bounds["maxSurge"] = surge
    bounds["maxUnavailable"] = unavailable
    spec["strategy"] = ["rollingUpdate": bounds]
  }
  for (key, value) in extra { spec[key] = value }
  return [
    "apiVersion": "apps/v1", "kind": "Deployment", "metadata": ["name": .string(name)], "spec": spec,
  ]
}

func service(_ name: String = "web", spec extra: [(String, JSONValue)] = []) -> JSONValue {
  var spec: JSONValue = ["selector": ["app": .string(name)], "ports": [["port": 80, "targetPort": "http"]]]
  for (key, value) in extra { spec[key] = value }
  return ["apiVersion": "v1", "kind": "Service", "metadata": ["name": .string(name)], "spec": spec]
}

extension KubeObject {
  var replicas: Int { Int(self[path: "spec", "replicas"]?.int ?? -1) }

  func status(_ field: String) -> Int { Int(self[path: "status", field]?.int ?? 0) }

  var revision: String? { annotations["deployment.kubernetes.io/revision"] }

  var image: String { containers(of: self).first?["image"]?.string ?? "" }

  var isRolledOut: Bool {
    let counts = ["replicas", "updatedReplicas", "readyReplicas", "availableReplicas"].map(status)
    return status("observedGeneration") == Int(generation) && counts.allSatisfy { $0 == replicas }
      && self[path: "status", "unavailableReplicas"] == nil
  }
}

private func containers(of object: KubeObject) -> [JSONValue] {
  let spec = object.kind == "Pod" ? object.fields["spec"] : object[path: "spec", "template", "spec"]
  return spec?["containers"]?.array ?? []
}

extension TestCluster {
  func rollOut(_ body: JSONValue) throws {
    let name = body[path: "metadata", "name"]?.string ?? ""
    try apply("\(deployments)/\(name)", body, by: "t", isForced: true)
    try wait { $0.object(.deployment, namespace: "n", name: name)?.isRolledOut == true }
  }

  /// The containers' first status of the only pod.
  func containerStatus() throws -> JSONValue {
    let all = cluster.view.objects(.pod, namespace: "n")
    guard all.count == 1, let status = all[0][path: "status", "containerStatuses"]?.array?.first else {
      throw Missing(description: "no container status at \(now)")
    }
    return status
  }
}
