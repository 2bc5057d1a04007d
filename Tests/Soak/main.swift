import Foundation
import RolloutSimulation

// soak [first seed] [count]: plays scenarios on all cores and reports every seed that broke something.
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
let report = Soak(first: numbers.first ?? 1, count: numbers.dropFirst().first ?? 1_000).run()
say(report.text)
exit(report.failures.isEmpty ? 0 : 1)
