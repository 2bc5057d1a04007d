import Foundation
import RolloutSimulation

// soak [calm] [FIRST] [COUNT]: plays the scenarios of COUNT seeds from FIRST on, on all cores, and reports
// every seed that broke something; with calm nothing but the release goes wrong.
// soak trace SEED: plays one and prints everything that happens in it.
func say(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

let arguments = Array(CommandLine.arguments.dropFirst())
if arguments.first == "trace", let seed = arguments.dropFirst().first.flatMap({ UInt64($0) }) {
  let scenario = Scenario(seed: seed)
  say("\(scenario)")
  let result = try scenario.run(trace: say)
  say("\(result)")
  exit(result.violations.isEmpty ? 0 : 1)
}
let numbers = arguments.compactMap { UInt64($0) }
var soak = Soak(first: numbers.first ?? 1, count: numbers.dropFirst().first ?? 1_000)
soak.hasFaults = arguments.first != "calm"
let clock = ContinuousClock()
let start = clock.now
let report = soak.run()
let wall = (clock.now - start) / .seconds(1)
say(report.text)
say("\(Int(wall * 1_000)) ms of wall time: \(Int(report.virtualSeconds / wall)) times faster than real time")
exit(report.failures.isEmpty ? 0 : 1)
