import Foundation
import RolloutSimulation

// soak [first seed] [count]: plays scenarios on all cores and reports every seed that broke something.
let arguments = CommandLine.arguments.dropFirst().compactMap { UInt64($0) }
let first = arguments.first ?? 1
let count = arguments.dropFirst().first ?? 1_000
let report = Soak(first: first, count: count).run()
FileHandle.standardOutput.write(Data((report.text + "\n").utf8))
exit(report.failures.isEmpty ? 0 : 1)
