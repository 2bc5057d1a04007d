import KubeModel
import Seams

/// What the process of a container does, as far as its command tells: how long it runs and how it ends.
struct ContainerProgram: Equatable {
  /// How long it runs; `nil` for a service, which runs until it is stopped.
  var runTime: Duration?
  var exitCode: Int64 = 0

  static let service = ContainerProgram()

  /// - Parameter isTask: whether the container is one that is meant to end: of a Job, or an init container.
  init(container: JSONValue, isTask: Bool) {
    let words = ((container["command"]?.array ?? []) + (container["args"]?.array ?? [])).compactMap(\.string)
    guard ContainerProgram.commandThatWaits(container) == nil else {
      self.init()
      return
    }
    guard !words.isEmpty else {
      self.init()
      if isTask || ContainerProgram.endsByItself(container["image"]?.string ?? "") {
        runTime = isTask ? .seconds(ContainerProgram.taskSeconds) : .zero
      }
      return
    }
    if let read = ContainerProgram.read(words) {
      self = read
    } else {
      self.init(runTime: isTask ? .seconds(5) : nil)
    }
  }

  /// Whether what a command does is known.
  static func isKnown(_ words: [String]) -> Bool { read(words) != nil || ContainerShell.isInteractive(words) }

  static func waitsForInput(_ command: [String], container: String, in pod: KubeObject) -> Bool {
    let lists = ["containers", "ephemeralContainers"]
    return lists.flatMap { pod[path: "spec", $0]?.array ?? [] }
      .contains { $0["name"]?.string == container && commandThatWaits($0) != nil }
  }

  /// The command of a container whose input is open, and that does nothing before something comes; `nil` for
  /// every other.
  static func commandThatWaits(_ container: JSONValue) -> [String]? {
    guard container["stdin"]?.bool == true else { return nil }
    let words = ((container["command"]?.array ?? []) + (container["args"]?.array ?? [])).compactMap(\.string)
    guard !words.isEmpty else { return endsByItself(container["image"]?.string ?? "") ? ["sh"] : nil }
    return ContainerShell.isInteractive(words) || ContainerShell.readsInput(words) ? words : nil
  }

  init(runTime: Duration? = nil, exitCode: Int64 = 0) {
    self.runTime = runTime
    self.exitCode = exitCode
  }

  /// How long a task runs that does not say what it does.
  private static let taskSeconds: Int64 = 60

  private static func endsByItself(_ image: String) -> Bool {
    let name = image.split(separator: "/").last.map(String.init) ?? image
    return ["busybox", "alpine", "hello-world", "ubuntu", "debian"]
      .contains(String(name.prefix { $0 != ":" && $0 != "@" }))
  }

  /// - Returns: `nil` when a word is a program that nothing is known of.
  private static func read(_ words: [String]) -> ContainerProgram? {
    let program = words[0].split(separator: "/").last.map(String.init) ?? words[0]
    if ["sh", "bash", "ash", "dash"].contains(program) {
      guard let flag = words.firstIndex(where: { $0.hasPrefix("-") && $0.hasSuffix("c") }),
        flag + 1 < words.count
      else { return words.count == 1 ? ContainerProgram(runTime: .zero) : nil }
      return script(words[flag + 1])
    }
    return command([program] + words.dropFirst())
  }

  private static func script(_ text: String) -> ContainerProgram? {
    var result = ContainerProgram(runTime: .zero)
    if ["while true", "while :", "tail -f", "sleep infinity", "while sleep"].contains(where: {
      text.contains($0)
    }) {
      return service
    }
    let separated = text.split { $0 == ";" || $0 == "\n" || $0 == "&" || $0 == "|" }
    for part in separated {
      let words = part.split(separator: " ").map(String.init)
      guard let first = words.first else { continue }
      let step = command(words) ?? ContainerProgram(runTime: .zero)
      guard let time = step.runTime else { return service }
      result.runTime = (result.runTime ?? .zero) + time
      result.exitCode = step.exitCode
      if first == "exit" { return result }
    }
    return result
  }

  private static func command(_ words: [String]) -> ContainerProgram? {
    switch words[0] {
    case "true", "echo", "date", "env", "printenv", "ls", "cat", "hostname", "uname", "id", "printf", "pwd",
      "touch",
      "mkdir":
      return ContainerProgram(runTime: .zero)
    case "false": return ContainerProgram(runTime: .zero, exitCode: 1)
    case "exit":
      return ContainerProgram(runTime: .zero, exitCode: words.count > 1 ? (Int64(words[1]) ?? 0) & 255 : 0)
    case "sleep":
      guard words.count > 1 else { return ContainerProgram(runTime: .zero, exitCode: 1) }
      guard words[1] != "infinity" else { return service }
      let unit = words[1].last.flatMap { ["s": 1.0, "m": 60, "h": 3_600, "d": 86_400][$0] }
      let number = Double(unit == nil ? words[1] : String(words[1].dropLast()))
      guard let number, number.isFinite else { return ContainerProgram(runTime: .zero, exitCode: 1) }
      return ContainerProgram(runTime: .milliseconds(Int64(min(number * (unit ?? 1), 1e9) * 1_000)))
    default: return nil
    }
  }
}
