import KubeModel

/// What a kubelet says of its containers: the CPU time that requests cost, and the memory they hold.
enum UseMetrics {
  /// A pod's container that answers requests.
  struct Container: Sendable {
    let uid: String
    let labels: [(String, String)]
    let memory: Double
  }

  static func container(of pod: KubeObject) -> Container? {
    guard pod[path: "status", "phase"]?.string == "Running",
      let main = pod[path: "spec", "containers"]?.array?.first(where: { $0["name"]?.string != "istio-proxy" })
    else { return nil }
    let labels = [
      ("namespace", pod.namespace ?? ""), ("pod", pod.name), ("container", main["name"]?.string ?? ""),
      ("image", main["image"]?.string ?? ""), ("node", pod[path: "spec", "nodeName"]?.string ?? ""),
    ]
    let request = main[path: "resources", "requests", "memory"]?.string.flatMap {
      Quantity(parsing: $0)?.value
    }
    return Container(uid: pod.uid, labels: labels, memory: memory(request: request, cores: 0))
  }

  /// Bytes that a container holds: about half of what it asks for, more under load.
  static func memory(request: Double?, cores: Double) -> Double {
    let asked = request ?? 128 * 1_048_576
    return (asked * min(0.9, 0.5 + 0.1 * cores)).rounded()
  }
}

extension TrafficModel {
  /// What pods use at the moment: cores, CPU seconds since their start, and bytes of memory, by the pods' uids.
  ///
  /// Without requests a container does next to nothing: a thousandth of a core.
  func resourceUse() -> [String: (cores: Double, seconds: Double, memory: Double)] {
    var result: [String: (cores: Double, seconds: Double, memory: Double)] = [:]
    let use = use()
    for group in network.snapshot.groups {
      for member in group.members {
        let known = use[member.uid] ?? (0, 0)
        result[member.uid] = (
          known.cores + 0.001, known.seconds,
          UseMetrics.memory(request: group.facts.memoryRequest, cores: known.cores)
        )
      }
    }
    return result
  }
}
