import KubeModel

/// What a Job's policy says about a pod that failed.
enum PodFailurePolicy {
  enum Verdict: Equatable {
    case counts
    case ignored
    case failsIndex
    case failsJob(String)
  }

  static func verdict(_ pod: KubeObject, of job: KubeObject) -> Verdict {
    for (index, rule) in (job[path: "spec", "podFailurePolicy", "rules"]?.array ?? []).enumerated() {
      guard let match = match(rule, pod, index: index) else { continue }
      switch rule["action"]?.string {
      case "FailJob": return .failsJob(match)
      case "Ignore": return .ignored
      case "FailIndex": return .failsIndex
      default: return .counts
      }
    }
    return .counts
  }

  /// - Returns: in words, what matched.
  private static func match(_ rule: JSONValue, _ pod: KubeObject, index: Int) -> String? {
    let name = "\(pod.namespace ?? "")/\(pod.name)"
    if let codes = rule["onExitCodes"] {
      let values = (codes["values"]?.array ?? []).compactMap(\.int)
      let isIn = codes["operator"]?.string == "In"
      let statuses =
        (pod[path: "status", "initContainerStatuses"]?.array ?? [])
        + (pod[path: "status", "containerStatuses"]?.array ?? [])
      for status in statuses {
        guard let code = status[path: "state", "terminated", "exitCode"]?.int, code != 0,
          codes["containerName"]?.string.map({ $0 == status["name"]?.string }) ?? true,
          values.contains(code) == isIn
        else { continue }
        return
          "Container \(status["name"]?.string ?? "") for pod \(name) failed with exit code \(code) matching "
          + "\(rule["action"]?.string ?? "") rule at index \(index)"
      }
      return nil
    }
    for pattern in rule["onPodConditions"]?.array ?? [] {
      let type = pattern["type"]?.string ?? ""
      guard pod.condition(type)?["status"]?.string == pattern["status"]?.string ?? "True" else { continue }
      return
        "Pod \(name) has condition \(type) matching \(rule["action"]?.string ?? "") rule at index \(index)"
    }
    return nil
  }
}
