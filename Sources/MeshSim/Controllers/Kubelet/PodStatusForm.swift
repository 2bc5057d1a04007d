import KubeModel
import Seams

/// A pod's status as a kubelet writes it.
enum PodStatusForm {
  static func write(
    _ run: PodRun, to pod: inout KubeObject, addresses: (host: String, pod: String), now: Timestamp
  ) {
    let isInitialized = run.isInitialized
    let main = statuses(run.mainContainers, "containers", of: pod, isInitialized: isInitialized, now: now)
    let inits = statuses(
      run.initContainers, "initContainers", of: pod, isInitialized: isInitialized, now: now)
    var status = pod.fields["status"]?.object ?? JSONObject()
    pod.fields["status"] = nil
    status["phase"] = .string(run.phase)
    status["observedGeneration"] = pod.generation > 0 ? .int(pod.generation) : nil
    status["startTime"] = status["startTime"] ?? .string(run.startTime.rfc3339)
    status["hostIP"] = .string(addresses.host)
    status["hostIPs"] = [["ip": .string(addresses.host)]]
    status["podIP"] = .string(addresses.pod)
    status["podIPs"] = [["ip": .string(addresses.pod)]]
    status["containerStatuses"] = .array(main)
    if !inits.isEmpty { status["initContainerStatuses"] = .array(inits) }
    let ephemeral = zip(run.ephemeral, pod[path: "spec", "ephemeralContainers"]?.array ?? []).map {
      run, spec -> JSONValue in
      var status = ContainerStatusForm.status(run, spec: spec, pod: pod, now: now, isInitialized: true)
      // Nobody asks whether they are ready, nor whether they have started.
      status["ready"] = false
      status["started"] = nil
      return status
    }
    if !ephemeral.isEmpty { status["ephemeralContainerStatuses"] = .array(ephemeral) }
    pod.fields["status"] = .object(status)
    setConditions(run, &pod, isInitialized: isInitialized, now: now)
  }

  private static func statuses(
    _ runs: ArraySlice<ContainerRun>, _ list: String, of pod: KubeObject, isInitialized: Bool, now: Timestamp
  ) -> [JSONValue] {
    zip(runs, pod[path: "spec", list]?.array ?? []).map {
      ContainerStatusForm.status($0, spec: $1, pod: pod, now: now, isInitialized: isInitialized)
    }
  }

  private static func setConditions(
    _ run: PodRun, _ pod: inout KubeObject, isInitialized: Bool, now: Timestamp
  ) {
    let isOver = run.phase == "Succeeded" || run.phase == "Failed"
    set(&pod, "PodReadyToStartContainers", !isOver, now: now)
    if isInitialized {
      set(&pod, "Initialized", true, reason: run.phase == "Succeeded" ? "PodCompleted" : nil, now: now)
    } else {
      let open = run.initContainers.filter { !$0.hasSucceeded }.map(\.name).joined(separator: " ")
      set(
        &pod, "Initialized", false, reason: "ContainersNotInitialized",
        message: "containers with incomplete status: [\(open)]", now: now)
    }
    let unready = (run.initContainers.filter(\.isSidecar) + run.mainContainers).filter {
      !$0.isReady(at: now)
    }
    if run.phase == "Succeeded" {
      set(&pod, "Ready", false, reason: "PodCompleted", now: now)
      set(&pod, "ContainersReady", false, reason: "PodCompleted", now: now)
    } else if run.phase == "Failed" {
      set(&pod, "Ready", false, reason: "PodFailed", now: now)
      set(&pod, "ContainersReady", false, reason: "PodFailed", now: now)
    } else if unready.isEmpty {
      let gates = (pod[path: "spec", "readinessGates"]?.array ?? []).compactMap {
        $0["conditionType"]?.string
      }
      let open = gates.filter { pod.condition($0)?["status"]?.string != "True" }
      set(&pod, "ContainersReady", true, now: now)
      if open.isEmpty {
        set(&pod, "Ready", true, now: now)
      } else {
        set(
          &pod, "Ready", false, reason: "ReadinessGatesNotReady",
          message: open.map { "corresponding condition of pod readiness gate \"\($0)\" does not exist." }
            .joined(separator: ", "), now: now)
      }
    } else if !run.isFreshlyCreating {
      let message = "containers with unready status: [\(unready.map(\.name).joined(separator: " "))]"
      set(&pod, "Ready", false, reason: "ContainersNotReady", message: message, now: now)
      set(&pod, "ContainersReady", false, reason: "ContainersNotReady", message: message, now: now)
    }
    if pod.condition("PodScheduled") == nil { set(&pod, "PodScheduled", true, now: now) }
  }

  private static func set(
    _ pod: inout KubeObject, _ type: String, _ isTrue: Bool, reason: String? = nil, message: String? = nil,
    now: Timestamp
  ) {
    var extra: [(String, JSONValue)] = [("lastProbeTime", .null)]
    if pod.generation > 0 { extra.append(("observedGeneration", .int(pod.generation))) }
    pod.setCondition(
      type, isTrue ? "True" : "False", reason: reason, message: message, now: now, extra: extra)
  }
}
