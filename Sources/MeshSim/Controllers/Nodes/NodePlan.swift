import KubeModel
import Seams

/// The nodes that a cluster has from the start.
struct NodePlan: Sendable {
  /// Whether each node is in a zone of its own.
  var hasZones = true
  var cpu = "16"
  var memory = "64Gi"
  var pods = "250"
  static let region = "local"

  func name(_ index: Int, cluster: String) -> String { "\(cluster)-node-\(index + 1)" }

  func node(_ index: Int, cluster: String, now: Timestamp) -> KubeObject {
    let name = name(index, cluster: cluster)
    var node = KubeObject(kind: .node, name: name)
    var labels = [
      "beta.kubernetes.io/arch": "amd64", "beta.kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64",
      "kubernetes.io/hostname": name, "kubernetes.io/os": "linux",
    ]
    if hasZones {
      labels["topology.kubernetes.io/region"] = NodePlan.region
      labels["topology.kubernetes.io/zone"] =
        "\(NodePlan.region)-\(["a", "b", "c", "d", "e", "f"][index % 6])"
    }
    node.labels = labels
    node.annotations = ["volumes.kubernetes.io/controller-managed-attach-detach": "true"]
    node.set("spec", "podCIDR", to: .string("10.1.\(index).0/24"))
    node.set("spec", "podCIDRs", to: [.string("10.1.\(index).0/24")])
    node.fields["status"] = status(index, name: name, now: now)
    return node
  }

  private func status(_ index: Int, name: String, now: Timestamp) -> JSONValue {
    let capacity: JSONValue = [
      "cpu": .string(cpu), "memory": .string(memory), "pods": .string(pods), "ephemeral-storage": "200Gi",
      "hugepages-1Gi": "0", "hugepages-2Mi": "0",
    ]
    return [
      "capacity": capacity, "allocatable": capacity,
      "addresses": [
        ["type": "InternalIP", "address": .string(NodePlan.address(index))],
        ["type": "Hostname", "address": .string(name)],
      ],
      "conditions": .array(NodePlan.conditions(now: now)),
      "daemonEndpoints": ["kubeletEndpoint": ["Port": 10250]],
      "nodeInfo": [
        "architecture": "amd64", "bootID": .string(NodePlan.identity("boot", name)),
        "containerRuntimeVersion": "containerd://2.1.4",
        "kernelVersion": "6.12.0", "kubeProxyVersion": "", "kubeletVersion": "v1.36.2",
        "machineID": .string(NodePlan.identity("machine", name).filter { $0 != "-" }),
        "operatingSystem": "linux", "osImage": "Embedded",
        "systemUUID": .string(NodePlan.identity("system", name)),
      ],
    ]
  }

  /// What a machine calls itself; the same every time.
  private static func identity(_ kind: String, _ node: String) -> String {
    let words = ["", "/"].map { StableHash.of("\(kind)/\(node)\($0)") }
    return ClusterState.uuid(
      words.flatMap { word in
        stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt64($0)) }
      })
  }

  static func address(_ index: Int) -> String { "10.0.1.\(index + 1)" }

  /// The conditions of a healthy node.
  static func conditions(now: Timestamp) -> [JSONValue] {
    [
      ("MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
      ("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
      ("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
      ("Ready", "True", "KubeletReady", "kubelet is posting ready status"),
    ].map { type, status, reason, message in
      [
        "type": .string(type), "status": .string(status), "reason": .string(reason),
        "message": .string(message),
        "lastHeartbeatTime": .string(now.rfc3339), "lastTransitionTime": .string(now.rfc3339),
      ]
    }
  }
}

extension KubeObject {
  /// Whether a node's kubelet says that it is ready.
  var isReadyNode: Bool { condition("Ready")?["status"]?.string == "True" }

  /// The zone of a node.
  var zone: String? { labels["topology.kubernetes.io/zone"] }
}
