import KubeModel
import Seams

/// What a container's own program prints, and when.
extension ContainerShell {
  /// No more lines than these are told of one run.
  private static let limit = 10_000

  /// The lines that a command prints within `time`, with when it does so after its start.
  mutating func transcript(of command: [String], within time: Duration) -> [(after: Duration, text: String)] {
    guard let text = ContainerShell.script(of: command) else {
      return ContainerShell.lines(run(command), after: .zero)
    }
    var lines: [(after: Duration, text: String)] = []
    guard let loop = ShellLoop(text) else {
      tell(text, within: time, &lines)
      return lines
    }
    tell(loop.before, within: time, &lines)
    if loop.isEndless {
      var last = Duration.seconds(-1)
      // One that does not sleep would print without end at once.
      while elapsed <= time, elapsed > last, exitCode == nil, lines.count < ContainerShell.limit {
        last = elapsed
        tell(loop.body, within: time, &lines)
      }
      return lines
    }
    for value in loop.rounds where elapsed <= time && exitCode == nil {
      set(loop.variable, to: value)
      tell(loop.body, within: time, &lines)
    }
    tell(loop.after, within: time, &lines)
    return lines
  }

  private mutating func tell(
    _ text: String, within time: Duration, _ lines: inout [(after: Duration, text: String)]
  ) {
    var rest: [UInt8] = []
    for part in text.split(whereSeparator: { $0 == ";" || $0 == "\n" }) where exitCode == nil {
      guard elapsed <= time, lines.count < ContainerShell.limit else { return }
      let moment = elapsed
      var result = script(String(part), input: [])
      result.output = rest + result.output
      rest = []
      if let last = result.output.last, last != UInt8(ascii: "\n"), result.errors.isEmpty {
        // What ends without a line's end is part of the next line.
        rest = Array(result.output.reversed().prefix { $0 != UInt8(ascii: "\n") }.reversed())
        result.output.removeLast(rest.count)
      }
      lines += ContainerShell.lines(result, after: moment)
    }
    if !rest.isEmpty { lines.append((after: elapsed, text: String(decoding: rest, as: UTF8.self))) }
  }

  private static func lines(_ result: Result, after time: Duration) -> [(after: Duration, text: String)] {
    var lines = String(decoding: result.output + result.errors, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map { (after: time, text: String($0)) }
    if lines.last?.text.isEmpty == true { lines.removeLast() }
    return lines
  }
}

extension ClusterState {
  /// Lets a container that has just started write the files that its script writes.
  mutating func runEffects(of container: String, in pod: KubeObject) {
    let lists = ["initContainers", "containers"]
    let spec = lists.lazy.flatMap { pod[path: "spec", $0]?.array ?? [] }
      .first { $0["name"]?.string == container }
    let words = ((spec?["command"]?.array ?? []) + (spec?["args"]?.array ?? [])).compactMap(\.string)
    guard let script = ContainerShell.script(of: words),
      script.contains(">") || script.contains("cp ") || script.contains("touch ")
    else { return }
    var shell = ContainerShell(ContainerView(pod: pod, container: container, in: self))
    let isEndless = ShellLoop(script)?.isEndless ?? false
    _ = shell.transcript(of: words, within: isEndless ? .zero : .seconds(3_600))
    controllers.files[pod.uid] = shell.view.files
  }
}
