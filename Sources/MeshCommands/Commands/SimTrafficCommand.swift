import ArgumentParser
import MeshKit
import Seams

struct SimTraffic: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "traffic", abstract: "Show the requests in an embedded cluster, or what becomes of one.",
    discussion: """
      Without --from and --to: the requests of every call while a window of virtual time passes, measured on a \
      copy, so that the cluster stays as it is. With them: the ways that a request can take as things are, and \
      who decides it, faults included. The exit status is 1 when none of its ways arrives.
      """)

  @Option(help: "How much virtual time passes while requests are counted: 30s, 5m.")
  var window = "1m"

  @Option(help: "Who sends the request: a workload, or outside for users.")
  var from: String?

  @Option(help: "The Service that it is sent to.")
  var to: String?

  @Option(help: "The method of the request.")
  var method = "GET"

  @Option(
    name: .customLong("request-path"),
    help: "The path of the request; what the Service's rules foresee by default.")
  var requestPath: String?

  @Option(help: "The cluster; the primary region's by default.")
  var cluster: String?

  @OptionGroup var options: Options

  func validate() throws {
    guard (from == nil) == (to == nil) else {
      throw ValidationError("--from and --to belong together: who sends the request, and to whom")
    }
  }

  func run() async throws {
    guard let duration = SimAdvance.seconds(window), duration <= 3_600 else {
      throw ProcedureError(
        .invalidInput, "\"\(window)\" is not a window of at most an hour", place: "--window",
        remedy: "write it like 30s or 5m")
    }
    let mesh = try await options.open()
    if let from, let to {
      let ways = try mesh.reach(from: from, to: to, method: method, path: requestPath, cluster: cluster)
      options.output.terminal.result(.array(ways.map(\.json)), SimTraffic.text(ways))
      if !ways.contains(where: \.isServed) { throw ExitCode(Failure.badEnding) }
    } else {
      let calls = try mesh.traffic(over: .seconds(duration), cluster: cluster)
      options.output.terminal.result(.array(calls.map(\.json)), SimTraffic.text(calls))
    }
  }

  private static func text(_ calls: [CallFlow]) -> String {
    guard !calls.isEmpty else {
      return "no requests flow: the environment's simulation.traffic says which do"
    }
    var table = Table(["FROM", "TO", "RATE", "ERRORS", "REFUSED", "P99"])
    for call in calls {
      table.add([
        call.caller ?? "outside", call.callee, "\(rounded(call.rate))/s", "\(rounded(call.errors)) %",
        "\(rounded(call.refusals)) %", call.p99.map { "\(rounded($0 * 1_000)) ms" } ?? "-",
      ])
    }
    return table.text
  }

  private static func text(_ ways: [RequestWay]) -> String {
    guard !ways.isEmpty else { return "nothing can be sent: the caller has no pods" }
    var table = Table(["SHARE", "TO", "ANSWER", "BY", "WHY"])
    for way in ways {
      table.add([
        "\(rounded(way.share)) %",
        (way.workload ?? "-") + (way.subset.map { " (\($0))" } ?? ""),
        way.isServed
          ? "served" + (way.isMutualTLS ? " over mutual TLS" : "")
          : way.status == 0 ? "no answer" : String(way.status) + (way.flags == "-" ? "" : " \(way.flags)"),
        way.layer, way.reason.isEmpty ? "-" : way.reason,
      ])
    }
    return table.text
  }

  private static func rounded(_ value: Double) -> String {
    let tenths = (value * 10).rounded() / 10
    return tenths == tenths.rounded() ? String(Int(tenths)) : String(tenths)
  }
}

extension CallFlow {
  fileprivate var json: JSONValue {
    [
      "from": caller.map { .string($0) } ?? .null, "to": .string(callee), "requestsPerSecond": .double(rate),
      "errorPercent": .double(errors), "refusedPercent": .double(refusals),
      "p99Seconds": p99.map { .double($0) } ?? .null,
    ]
  }
}

extension RequestWay {
  fileprivate var json: JSONValue {
    [
      "sharePercent": .double(share), "isServed": .bool(isServed), "layer": .string(layer),
      "status": .int(Int64(status)), "flags": .string(flags), "reason": .string(reason),
      "workload": workload.map { .string($0) } ?? .null, "subset": subset.map { .string($0) } ?? .null,
      "isMutualTLS": .bool(isMutualTLS),
    ]
  }
}
