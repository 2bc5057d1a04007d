import KubeModel

/// The row of a pod: one word for its state, made from its phase and those of its containers.
struct PodRow {
  private let source: CellSource
  private var reason: String
  private var ready = 0
  private var restarts: Int64 = 0
  /// RFC 3339 in UTC with whole seconds, whose order is that of the texts.
  private var lastRestart = ""

  init(_ source: CellSource) {
    self.source = source
    let phase = source.value("status", "phase")?.string ?? ""
    let given = source.value("status", "reason")?.string ?? ""
    reason = given.isEmpty ? phase : given
    if source.object.condition("PodScheduled")?["reason"]?.string == "SchedulingGated" {
      reason = "SchedulingGated"
    }
    let (isInitializing, sidecarRestarts, sidecarRestart) = countInitContainers()
    if !isInitializing || source.object.condition("Initialized")?["status"]?.string == "True" {
      (restarts, lastRestart) = (sidecarRestarts, sidecarRestart)
      countContainers()
    }
    if source.object.deletionTimestamp != nil {
      if given == "NodeLost" {
        reason = "Unknown"
      } else if phase != "Succeeded", phase != "Failed" {
        reason = "Terminating"
      }
    }
  }

  var cells: [JSONValue] {
    let sidecars = source.list("spec", "initContainers").count { $0.isSidecar }
    let total = source.list("spec", "containers").count + sidecars
    let ago = lastRestart.isEmpty ? nil : HumanDuration.since(.string(lastRestart), now: source.now)
    let counted = restarts == 0 ? nil : ago
    return [
      source.name, .string("\(ready)/\(total)"), .string(reason),
      .string(counted.map { "\(restarts) (\($0) ago)" } ?? String(restarts)), source.age,
      .string((source.list("status", "podIPs").first?["ip"]?.string ?? "").orNone),
      .string((source.value("spec", "nodeName")?.string ?? "").orNone),
      .string((source.value("status", "nominatedNodeName")?.string ?? "").orNone), .string(gates),
    ]
  }

  static func completion(_ pod: KubeObject) -> JSONValue? {
    let phase = pod[path: "status", "phase"]?.string
    guard phase == "Succeeded" || phase == "Failed" else { return nil }
    return [
      "type": "Completed", "status": "True", "reason": .string(phase ?? ""),
      "message": phase == "Failed" ? "The pod failed." : "The pod has completed successfully.",
    ]
  }

  private var gates: String {
    let gates = source.list("spec", "readinessGates").compactMap { $0["conditionType"]?.string }
    guard !gates.isEmpty else { return "<none>" }
    let open = gates.count { source.object.condition($0)?["status"]?.string == "True" }
    return "\(open)/\(gates.count)"
  }

  /// Goes through the init containers up to the one that is running.
  private mutating func countInitContainers() -> (isInitializing: Bool, Int64, String) {
    let declared = source.list("spec", "initContainers")
    var sidecarRestarts: Int64 = 0
    var sidecarRestart = ""
    for (index, status) in source.list("status", "initContainerStatuses").enumerated() {
      count(restartsOf: status)
      let isSidecar = declared.first { $0["name"] == status["name"] }?.isSidecar ?? false
      if isSidecar {
        sidecarRestarts += status["restartCount"]?.int ?? 0
        sidecarRestart = max(sidecarRestart, status.lastEnd)
      }
      let state = status["state"]
      if let ended = state?["terminated"] {
        if ended["exitCode"]?.int ?? 0 == 0 { continue }
        if !(isSidecar && status["started"]?.bool == true) {
          reason = "Init:" + ended.endReason
          return (true, sidecarRestarts, sidecarRestart)
        }
      }
      if isSidecar, status["started"]?.bool == true {
        if status["ready"]?.bool == true { ready += 1 }
        continue
      }
      let waiting = state?["waiting"]?["reason"]?.string ?? ""
      reason =
        waiting.isEmpty || waiting == "PodInitializing"
        ? "Init:\(index)/\(declared.count)" : "Init:\(waiting)"
      return (true, sidecarRestarts, sidecarRestart)
    }
    return (false, sidecarRestarts, sidecarRestart)
  }

  private mutating func countContainers() {
    var isAnyRunning = false
    for status in source.list("status", "containerStatuses").reversed() {
      count(restartsOf: status)
      let state = status["state"]
      if let waiting = state?["waiting"]?["reason"]?.string, !waiting.isEmpty {
        reason = waiting
      } else if let ended = state?["terminated"] {
        reason = ended.endReason
      } else if status["ready"]?.bool == true, state?["running"] != nil {
        isAnyRunning = true
        ready += 1
      }
    }
    if reason == "Completed", isAnyRunning {
      reason = source.object.condition("Ready")?["status"]?.string == "True" ? "Running" : "NotReady"
    }
  }

  private mutating func count(restartsOf status: JSONValue) {
    restarts += status["restartCount"]?.int ?? 0
    lastRestart = max(lastRestart, status.lastEnd)
  }
}

extension JSONValue {
  /// An init container that goes on beside the others.
  fileprivate var isSidecar: Bool { self["restartPolicy"]?.string == "Always" }

  /// When a container ended the last time before its present run.
  fileprivate var lastEnd: String { self[path: "lastState", "terminated", "finishedAt"]?.string ?? "" }

  /// Why a container ended: its reason, its signal or its exit code.
  fileprivate var endReason: String {
    if let reason = self["reason"]?.string, !reason.isEmpty { return reason }
    if let signal = self["signal"]?.int, signal != 0 { return "Signal:\(signal)" }
    return "ExitCode:\(self["exitCode"]?.int ?? 0)"
  }
}
