import KubeModel
import Seams

/// Container statuses as a kubelet writes them.
enum ContainerStatusForm {
  static func status(
    _ run: ContainerRun, spec: JSONValue, pod: KubeObject, now: Timestamp, isInitialized: Bool
  ) -> JSONValue {
    let isReady = run.isInit && !run.isSidecar ? run.hasSucceeded : run.isReady(at: now)
    let hasStarted = run.isRunning || run.ending != nil || run.lastEnding != nil
    var status: JSONObject = [
      "name": .string(run.name), "image": .string(run.image), "ready": .bool(isReady),
      "restartCount": .int(run.restarts), "started": .bool(run.isRunning),
      "imageID": .string(hasStarted ? imageID(run.image) : ""),
      "state": state(run, pod: pod, isInitialized: isInitialized), "lastState": lastState(run, pod: pod),
    ]
    if hasStarted { status["containerID"] = .string(containerID(run, pod, restarts: run.restarts)) }
    if let resources = spec["resources"]?.object, !resources.isEmpty {
      if let requests = resources["requests"] { status["allocatedResources"] = requests }
      status["resources"] = .object(resources)
    }
    return .object(status)
  }

  private static func state(_ run: ContainerRun, pod: KubeObject, isInitialized: Bool) -> JSONValue {
    switch run.stage {
    case .creating: return waiting(isInitialized || run.isInit ? "ContainerCreating" : "PodInitializing")
    case .unpullable(_, let attempts):
      if attempts == 1, run.news.contains(.failedPull) {
        return waiting("ErrImagePull", "failed to pull and unpack image \"\(run.image)\": not found")
      }
      return waiting("ImagePullBackOff", "Back-off pulling image \"\(run.image)\"")
    case .running(let since, _, _, _): return ["running": ["startedAt": .string(since.rfc3339)]]
    case .backingOff(_, let seconds):
      guard seconds > 0 else { return run.ending.map { ["terminated": terminated($0, run, pod)] } ?? [:] }
      return waiting(
        "CrashLoopBackOff",
        "back-off \(seconds >= 60 ? "\(seconds / 60)m\(seconds % 60)s" : "\(seconds)s") restarting failed container=\(run.name) "
          + "pod=\(pod.name)_\(pod.namespace ?? "")(\(pod.uid))")
    case .ended:
      if let ending = run.ending { return ["terminated": terminated(ending, run, pod)] }
      return waiting("PodInitializing")
    }
  }

  private static func lastState(_ run: ContainerRun, pod: KubeObject) -> JSONValue {
    if case .backingOff(_, let seconds) = run.stage, seconds > 0, let ending = run.ending {
      return ["terminated": terminated(ending, run, pod)]
    }
    guard let ending = run.lastEnding else { return [:] }
    return ["terminated": terminated(ending, run, pod, restarts: run.restarts - 1)]
  }

  private static func terminated(
    _ ending: ContainerRun.Ending, _ run: ContainerRun, _ pod: KubeObject, restarts: Int64? = nil
  ) -> JSONValue {
    [
      "exitCode": .int(ending.exitCode), "reason": .string(ending.reason),
      "startedAt": .string(ending.startedAt.rfc3339), "finishedAt": .string(ending.finishedAt.rfc3339),
      "containerID": .string(containerID(run, pod, restarts: restarts ?? run.restarts)),
    ]
  }

  private static func waiting(_ reason: String, _ message: String? = nil) -> JSONValue {
    var waiting: JSONValue = ["reason": .string(reason)]
    if let message { waiting["message"] = .string(message) }
    return ["waiting": waiting]
  }

  private static func imageID(_ image: String) -> String {
    let repository = image.split(separator: "@").first.map(String.init) ?? image
    let last = repository.split(separator: "/").last ?? ""
    let name =
      last.contains(":")
      ? String(repository[..<(repository.lastIndex(of: ":") ?? repository.endIndex)]) : repository
    return "\(name)@sha256:\(digest(image))"
  }

  private static func containerID(_ run: ContainerRun, _ pod: KubeObject, restarts: Int64) -> String {
    "containerd://\(digest("\(pod.uid)/\(run.name)/\(restarts)"))"
  }

  private static func digest(_ text: String) -> String {
    (0..<4).map { StableHash.word(of: "\($0)\(text)") }.joined()
  }
}
