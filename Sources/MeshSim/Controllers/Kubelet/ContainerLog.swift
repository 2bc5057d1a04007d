import KubeModel
import Seams

/// What containers have written: a few lines at each start, and one a minute while they run.
enum ContainerLog {
  struct Line: Equatable, Sendable {
    let time: Timestamp
    let text: String
  }

  /// No more lines than these are told of one run.
  private static let limit = 1_000

  /// - Parameter previous: whether the run before the present one is asked for.
  static func lines(pod: KubeObject, container: String, previous: Bool = false, in state: ClusterState)
    -> [Line]
  {
    let statuses = ["containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses"]
      .flatMap { pod[path: "status", $0]?.array ?? [] }
    guard let status = statuses.first(where: { $0["name"]?.string == container }) else { return [] }
    let run =
      previous
      ? status[path: "lastState", "terminated"]
      : status[path: "state", "running"] ?? status[path: "state", "terminated"]
        ?? status[path: "lastState", "terminated"]
    guard let run, let start = run["startedAt"]?.string.flatMap(Timestamp.init(rfc3339:)) else { return [] }
    let end = run["finishedAt"]?.string.flatMap(Timestamp.init(rfc3339:))
    if let command = knownCommand(of: container, in: pod) {
      guard !ContainerProgram.waitsForInput(command, container: container, in: pod) else { return [] }
      var shell = ContainerShell(ContainerView(pod: pod, container: container, in: state, at: start))
      return shell.transcript(of: command, within: (end ?? state.now) - start)
        .map { Line(time: start + $0.after, text: $0.text) }
    }
    return served(status, run, start, end, now: state.now)
  }

  /// The lines of a service of which nothing else is known.
  private static func served(
    _ status: JSONValue, _ run: JSONValue, _ start: Timestamp, _ end: Timestamp?, now: Timestamp
  ) -> [Line] {
    var lines = [Line(time: start, text: "starting \(status["image"]?.string ?? "")")]
    if end == nil || run["exitCode"]?.int == 0 { lines.append(Line(time: start, text: "ready to serve")) }
    var time = start + .seconds(60)
    while time <= end ?? now, lines.count < limit {
      lines.append(Line(time: time, text: "still serving, \(Int((time - start).inSeconds)) s after start"))
      time = time + .seconds(60)
    }
    if let end, let code = run["exitCode"]?.int, code != 0 {
      lines.append(Line(time: end, text: "fatal: exit with code \(code)"))
    }
    return lines
  }

  /// The command of a container, if it is one of those whose output is known.
  private static func knownCommand(of name: String, in pod: KubeObject) -> [String]? {
    let lists = ["containers", "initContainers", "ephemeralContainers"]
    let spec = lists.lazy.flatMap { pod[path: "spec", $0]?.array ?? [] }
      .first { $0["name"]?.string == name }
    let words = ((spec?["command"]?.array ?? []) + (spec?["args"]?.array ?? [])).compactMap(\.string)
    if words.isEmpty { return spec.flatMap(ContainerProgram.commandThatWaits) }
    return ContainerProgram.isKnown(words) ? words : nil
  }
}

/// What the few commands say that are known.
enum ContainerCommand {
  static func output(_ words: [String]) -> [String] {
    guard let first = words.first?.split(separator: "/").last else { return [] }
    if first == "echo" { return [words.dropFirst().joined(separator: " ")] }
    guard ["sh", "bash", "ash"].contains(first), let script = words.last, words.count > 2 else { return [] }
    return script.split { $0 == ";" || $0 == "\n" || $0 == "&" }.compactMap { part in
      let text = part.drop { $0 == " " }
      guard text.hasPrefix("echo") else { return nil }
      return String(text.dropFirst(4).drop { $0 == " " }).filter { $0 != "\"" && $0 != "'" }
    }
  }
}
