import Foundation
import KubeModel
import MeshTopology
import RolloutSimulation

// Prints each figure as a ratio against a peer measured in the same run, with the peer's name.
// The first run of everything is a warm-up and does not count; the median of the others does.
func say(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

/// The median of the seconds that `body` takes over `runs` runs after a warm-up: of this process' CPU, so
/// that what else the machine does counts little. All that is measured here runs on one thread.
func seconds(runs: Int, _ body: () throws -> Void) rethrows -> Double {
  func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
  var samples: [Double] = []
  for run in 0...runs {
    let start = now()
    try body()
    if run > 0 { samples.append(now() - start) }
  }
  return median(samples)
}

// For run.sh: the YAML of a large system.
if CommandLine.arguments.dropFirst().first == "topology" {
  let count = CommandLine.arguments.dropFirst(2).first.flatMap { Int($0) } ?? 1000
  FileHandle.standardOutput.write(Data(largeTopology(workloads: count).yamlText().utf8))
  exit(0)
}

measureRendering()

// One rollout of the reference policy (20 %, a minute of watching) without faults, against real time.
var scenario = Scenario(seed: 1, hasFaults: false, release: .good)
scenario.followsReference()
var (rollout, all) = (0.0, 0.0)
let wall = try seconds(runs: 19) {
  let result = try scenario.run()
  (rollout, all) = (result.virtualTime / .seconds(1), result.simulatedTime / .seconds(1))
}
say(
  "simulated rollout: \(Int(all)) s, of them \(Int(rollout)) s of rollout, in \(Int(wall * 1e6)) µs of one core:"
)
say("  \(Int(all / wall)) × real time; counting the rollout's own time only, \(Int(rollout / wall)) ×")

// An hour of a whole cluster.
let hour = SimulatedHour()
var passed = (pods: 0, requests: 0)
let hourWall = seconds(runs: 3) { passed = hour.run() }
say(
  "simulated hour of 50 workloads, \(passed.pods) pods and \(passed.requests) requests: \(Int(hourWall * 1e3)) ms of one core"
)

// Reading and writing a list of Deployments, against Foundation's JSON.
let list = JSONValue.array(try (0..<400).map(deployment))
let bytes = list.jsonBytes()
let data = Data(bytes)
let ours = try seconds(runs: 9) { _ = try JSONValue(json: bytes) }
let theirs = try seconds(runs: 9) { _ = try JSONSerialization.jsonObject(with: data) }
let object = try JSONSerialization.jsonObject(with: data)
let oursWriting = seconds(runs: 9) { _ = list.jsonBytes() }
let theirsWriting = try seconds(runs: 9) {
  _ = try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys])
}
func ratio(_ other: Double, _ own: Double) -> String { String(format: "%.1f", other / own) }
say("JSON reading, \(bytes.count / 1024) KiB: \(ratio(theirs, ours)) × as fast as JSONSerialization")
say("JSON writing, sorted keys: \(ratio(theirsWriting, oursWriting)) × as fast as JSONSerialization")

func deployment(_ index: Int) throws -> JSONValue {
  try JSONValue(
    json: """
      {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"service-\(index)","namespace":"production",
      "labels":{"app":"service-\(index)","app.kubernetes.io/part-of":"shop"},"generation":\(index)},"spec":{"replicas":3,
      "selector":{"matchLabels":{"app":"service-\(index)","track":"stable"}},"template":{"metadata":{"labels":
      {"app":"service-\(index)","track":"stable","version":"1.4.\(index)"}},"spec":{"containers":[{"name":"main",
      "image":"registry.example/service-\(index):1.4.\(index)","ports":[{"name":"http","containerPort":8080}],
      "resources":{"requests":{"cpu":"250m","memory":"256Mi"}},"env":[{"name":"GREETING","value":"こんにちは\\n"}]}]}}},
      "status":{"replicas":3,"readyReplicas":3,"availableReplicas":3,"observedGeneration":\(index)}}
      """)
}
