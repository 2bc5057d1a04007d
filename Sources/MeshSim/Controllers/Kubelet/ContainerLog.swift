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
  static func lines(pod: KubeObject, container: String, previous: Bool = false, now: Timestamp) -> [Line] {
    let statuses =
      (pod[path: "status", "containerStatuses"]?.array ?? [])
      + (pod[path: "status", "initContainerStatuses"]?.array ?? [])
    guard let status = statuses.first(where: { $0["name"]?.string == container }) else { return [] }
    let run =
      previous
      ? status[path: "lastState", "terminated"]
      : status[path: "state", "running"] ?? status[path: "state", "terminated"]
        ?? status[path: "lastState", "terminated"]
    guard let run, let start = run["startedAt"]?.string.flatMap(Timestamp.init(rfc3339:)) else { return [] }
    let end = run["finishedAt"]?.string.flatMap(Timestamp.init(rfc3339:))
    var lines = echoes(pod, container).map { Line(time: start, text: $0) }
    if lines.isEmpty {
      lines.append(Line(time: start, text: "starting \(status["image"]?.string ?? "")"))
      if end == nil || run["exitCode"]?.int == 0 { lines.append(Line(time: start, text: "ready to serve")) }
      var time = start + .seconds(60)
      while time <= end ?? now, lines.count < limit {
        lines.append(Line(time: time, text: "still serving, \(Int((time - start).inSeconds)) s after start"))
        time = time + .seconds(60)
      }
      if let end, let code = run["exitCode"]?.int, code != 0 {
        lines.append(Line(time: end, text: "fatal: exit with code \(code)"))
      }
    }
    return lines
  }

  /// What `echo` commands say.
  private static func echoes(_ pod: KubeObject, _ name: String) -> [String] {
    let specs =
      (pod[path: "spec", "containers"]?.array ?? []) + (pod[path: "spec", "initContainers"]?.array ?? [])
    guard let spec = specs.first(where: { $0["name"]?.string == name }) else { return [] }
    let words = ((spec["command"]?.array ?? []) + (spec["args"]?.array ?? [])).compactMap(\.string)
    return ContainerCommand.output(words)
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
