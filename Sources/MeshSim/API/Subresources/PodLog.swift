import KubeModel
import Seams

/// What the containers of a pod print.
enum PodLog {
  static func answer(_ request: APIRequest, _ served: ServedResource, in state: inout ClusterState)
    throws(StatusError) -> Answer
  {
    guard let pod = state.store.get(.pod, request.info.key) else { throw .notFound(.pod, request.info.name) }
    let options = try LogOptions(request)
    let container = try PodContainer.named(request.query["container"] ?? "", of: pod)
    guard !(pod[path: "spec", "nodeName"]?.string ?? "").isEmpty else { return Answer(text: "") }
    try checkStarted(container, of: pod, options)
    let lines = options.selected(
      ContainerLog.lines(pod: pod, container: container, previous: options.isPrevious, in: state),
      now: state.now)
    let text = options.text(of: lines)
    guard options.follows else { return Answer(contentType: "text/plain", bytes: text) }
    let (stream, continuation) = AsyncThrowingStream<[UInt8], any Error>.makeStream()
    if !text.isEmpty { continuation.yield(text) }
    let follower = LogFollower(
      pod: pod.key, uid: pod.uid, container: container, options: options, shown: state.now,
      continuation: continuation)
    var answer = Answer(
      .watch(WatchStart(id: state.followers.add(follower), stream: stream, continuation: continuation)))
    answer.contentType = "text/plain"
    state.schedule(.machinery(.logs), at: state.now + .seconds(1))
    return answer
  }

  private static func checkStarted(_ container: String, of pod: KubeObject, _ options: LogOptions)
    throws(StatusError)
  {
    let lists = ["containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses"]
    let status = lists.lazy.flatMap { pod[path: "status", $0]?.array ?? [] }
      .first { $0["name"]?.string == container }
    if options.isPrevious, status?["lastState"]?["terminated"] == nil {
      throw .badRequest("previous terminated container \"\(container)\" in pod \"\(pod.name)\" not found")
    }
    guard let waiting = status?["state"]?["waiting"] else {
      if status != nil { return }
      throw .badRequest(
        "container \"\(container)\" in pod \"\(pod.name)\" is waiting to start: ContainerCreating")
    }
    guard status?["lastState"]?["terminated"] == nil else { return }
    let reason = waiting["reason"]?.string ?? "ContainerCreating"
    let words = reason == "ImagePullBackOff" ? "trying and failing to pull image" : reason
    throw .badRequest("container \"\(container)\" in pod \"\(pod.name)\" is waiting to start: \(words)")
  }
}
