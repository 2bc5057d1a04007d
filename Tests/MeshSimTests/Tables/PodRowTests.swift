import KubeModel
import Testing

@testable import MeshSim

@Suite("Rows of pods")
struct PodRowTests {
  private static func pod(_ status: String, containers: Int = 1, spec: String = "") -> String {
    let list = (0..<containers).map { #"{"name":"c\#($0)"}"# }.joined(separator: ",")
    return #"{"spec":{"containers":[\#(list)]\#(spec)},"status":{\#(status)}}"#
  }

  private static func state(
    _ name: String, _ state: String, ready: Bool = false, restarts: Int = 0, more: String = ""
  )
    -> String
  {
    #"{"name":"\#(name)","ready":\#(ready),"restartCount":\#(restarts),"state":{\#(state)}\#(more)}"#
  }

  static let rows: [(String, String)] = {
    let initial = #","initContainers":[{"name":"i0"},{"name":"i1"}]"#
    let sidecar = #","initContainers":[{"name":"i0","restartPolicy":"Always"}]"#
    let ended = #","lastState":{"terminated":{"finishedAt":"2026-01-01T23:54:00Z"}}"#
    return [
      (pod(#""phase":"Pending""#), "x | 0/1 | Pending | 0 | 5m | <none> | <none> | <none> | <none>"),
      (pod(#""phase":"Failed","reason":"Evicted""#), "0/1 | Evicted | 0"),
      (
        pod(
          #""phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","reason":"SchedulingGated"}]"#
        ),
        "0/1 | SchedulingGated | 0"
      ),
      (
        pod(
          #""phase":"Running","podIPs":[{"ip":"10.0.0.1"}],"nominatedNodeName":"m","containerStatuses":[\#(state("c0", #""running":{}"#, ready: true))]"#,
          spec: #","nodeName":"n""#),
        "x | 1/1 | Running | 0 | 5m | 10.0.0.1 | n | m | <none>"
      ),
      (
        pod(
          #""phase":"Running","containerStatuses":[\#(state("c0", #""waiting":{"reason":"CrashLoopBackOff"}"#, restarts: 2, more: ended))]"#
        ),
        "0/1 | CrashLoopBackOff | 2 (6m ago)"
      ),
      (
        pod(#""phase":"Running","containerStatuses":[\#(state("c0", #""running":{}"#, restarts: 3))]"#),
        "0/1 | Running | 3"
      ),
      (
        pod(
          #""phase":"Pending","containerStatuses":[\#(state("c0", #""waiting":{"reason":"ContainerCreating"}"#))]"#
        ),
        "0/1 | ContainerCreating | 0"
      ),
      (
        pod(
          #""phase":"Pending","containerStatuses":[\#(state("c0", #""waiting":{"reason":"ImagePullBackOff"}"#))]"#
        ),
        "0/1 | ImagePullBackOff | 0"
      ),
      (
        pod(
          #""phase":"Succeeded","containerStatuses":[\#(state("c0", #""terminated":{"reason":"Completed","exitCode":0}"#))]"#
        ),
        "0/1 | Completed | 0"
      ),
      (
        pod(
          #""phase":"Failed","containerStatuses":[\#(state("c0", #""terminated":{"reason":"Error","exitCode":1}"#))]"#
        ),
        "0/1 | Error | 0"
      ),
      (
        pod(#""phase":"Failed","containerStatuses":[\#(state("c0", #""terminated":{"exitCode":3}"#))]"#),
        "0/1 | ExitCode:3 | 0"
      ),
      (
        pod(
          #""phase":"Failed","containerStatuses":[\#(state("c0", #""terminated":{"signal":9,"exitCode":137}"#))]"#
        ),
        "0/1 | Signal:9 | 0"
      ),
      (
        pod(
          #""phase":"Running","conditions":[{"type":"Ready","status":"True"}],"containerStatuses":[\#(state("c0", #""terminated":{"reason":"Completed"}"#)),\#(state("c1", #""running":{}"#, ready: true))]"#,
          containers: 2),
        "1/2 | Running | 0"
      ),
      (
        pod(
          #""phase":"Running","containerStatuses":[\#(state("c0", #""terminated":{"reason":"Completed"}"#)),\#(state("c1", #""running":{}"#, ready: true))]"#,
          containers: 2),
        "1/2 | NotReady | 0"
      ),
      (
        pod(
          #""phase":"Pending","initContainerStatuses":[\#(state("i0", #""running":{}"#)),\#(state("i1", #""waiting":{"reason":"PodInitializing"}"#))]"#,
          spec: initial),
        "0/1 | Init:0/2 | 0"
      ),
      (
        pod(
          #""phase":"Pending","initContainerStatuses":[\#(state("i0", #""terminated":{"exitCode":0}"#)),\#(state("i1", #""running":{}"#))]"#,
          spec: initial),
        "0/1 | Init:1/2 | 0"
      ),
      (
        pod(
          #""phase":"Pending","initContainerStatuses":[\#(state("i0", #""waiting":{"reason":"CrashLoopBackOff"}"#, restarts: 4))]"#,
          spec: initial),
        "0/1 | Init:CrashLoopBackOff | 4"
      ),
      (
        pod(
          #""phase":"Pending","initContainerStatuses":[\#(state("i0", #""terminated":{"exitCode":1,"reason":"Error"}"#))]"#,
          spec: initial),
        "0/1 | Init:Error | 0"
      ),
      (
        pod(
          #""phase":"Pending","initContainerStatuses":[\#(state("i0", #""terminated":{"exitCode":7}"#))]"#,
          spec: initial),
        "0/1 | Init:ExitCode:7 | 0"
      ),
      (
        pod(
          #""phase":"Pending","initContainerStatuses":[\#(state("i0", #""terminated":{"exitCode":137,"signal":9}"#))]"#,
          spec: initial),
        "0/1 | Init:Signal:9 | 0"
      ),
      (
        pod(
          #""phase":"Running","initContainerStatuses":[\#(state("i0", #""running":{}"#, ready: true, restarts: 1, more: #","started":true"#))],"containerStatuses":[\#(state("c0", #""running":{}"#, ready: true, restarts: 2))]"#,
          spec: sidecar),
        "2/2 | Running | 3"
      ),
      (
        pod(
          #""phase":"Pending","initContainerStatuses":[\#(state("i0", #""running":{}"#, more: #","started":false"#))]"#,
          spec: sidecar),
        "0/2 | Init:0/1 | 0"
      ),
      (
        pod(
          #""phase":"Running","conditions":[{"type":"a/b","status":"True"}]"#,
          spec: #","readinessGates":[{"conditionType":"a/b"},{"conditionType":"c/d"}]"#),
        "x | 0/1 | Running | 0 | 5m | <none> | <none> | <none> | 1/2"
      ),
    ]
  }()

  @Test("the state of a pod is that of its containers, or what keeps them", arguments: rows)
  func row(json: String, expected: String) throws {
    let text = try RowText.of("v1/Pod", json)
    #expect(expected.hasPrefix("x |") ? text == expected : text.contains("| " + expected + " |"), "\(text)")
  }

  @Test(
    "a pod that is being deleted is terminating unless it has ended",
    arguments: [
      ("Running", "", "Terminating"), ("Succeeded", "", "Succeeded"), ("Running", "NodeLost", "Unknown"),
    ])
  func deleted(phase: String, reason: String, word: String) throws {
    let text = try RowText.of(
      "v1/Pod",
      #"{"metadata":{"deletionTimestamp":"2026-01-01T00:00:00Z"},"spec":{"containers":[{"name":"a"}]},"#
        + #""status":{"phase":"\#(phase)","reason":"\#(reason)"}}"#)
    #expect(text.contains("| \(word) |"), "\(text)")
  }

  @Test(
    "the row of a pod that has ended says so in a condition", arguments: ["Succeeded", "Failed", "Running"])
  func completion(phase: String) throws {
    var pod = KubeObject(kind: .pod, name: "p")
    pod.set("status", "phase", to: .string(phase))
    let condition = PodRow.completion(pod)
    #expect(condition?["reason"]?.string == (phase == "Running" ? nil : phase))
    #expect(condition?["type"]?.string == (phase == "Running" ? nil : "Completed"))
  }
}
