import KubeModel
import Seams

/// Runs commands in a container: a plain shell with the few programs that scripts use to look around and to copy.
struct ContainerShell: Sendable {
  struct Result: Sendable {
    var output: [UInt8] = []
    var errors: [UInt8] = []
    var exitCode: Int64 = 0
    /// Set when the program itself is not there, so that nothing ran.
    var missingProgram: String?

    mutating func append(_ next: Result) {
      output += next.output
      errors += next.errors
      exitCode = next.exitCode
    }

    static func failure(_ message: String, _ code: Int64 = 1) -> Result {
      Result(errors: Array((message + "\n").utf8), exitCode: code)
    }
  }

  var view: ContainerView
  var folder: String
  private(set) var variables: [String: String]
  /// The exit code, once `exit` was said.
  private(set) var exitCode: Int64?
  private(set) var lastCode: Int64 = 0
  /// How long the commands so far have slept.
  private(set) var elapsed = Duration.zero
  private static let shells: Set<String> = ["sh", "bash", "ash", "dash"]

  init(_ view: ContainerView) {
    self.view = view
    folder = view.workingFolder
    variables = view.environment.reduce(into: [:]) { $0[$1.name] = $1.value }
  }

  /// The script of a call such as `sh -c SCRIPT`; `nil` for other commands.
  static func script(of command: [String]) -> String? {
    guard let program = command.first?.split(separator: "/").last, shells.contains(String(program)),
      let flag = command.firstIndex(where: { $0.hasPrefix("-") && $0.hasSuffix("c") }),
      flag + 1 < command.count
    else { return nil }
    return command[flag + 1]
  }

  /// Whether a command is a shell that reads its commands from its input.
  static func isInteractive(_ command: [String]) -> Bool {
    guard let program = command.first?.split(separator: "/").last, shells.contains(String(program)) else {
      return false
    }
    return command.dropFirst().allSatisfy { $0.hasPrefix("-") && !$0.hasSuffix("c") }
  }

  /// Whether a command waits for its input before it says anything.
  static func readsInput(_ command: [String]) -> Bool {
    if let text = script(of: command) {
      return ShellScript(text)?.pipelines.contains { pipeline in
        let first = pipeline.commands[0]
        guard first.input == nil else { return false }
        let words = first.words.map { word in
          word.pieces.map { if case .text(let text) = $0 { text } else { "?" } }.joined()
        }
        return readsInput(words)
      } ?? false
    }
    let files = command.dropFirst().filter { !$0.hasPrefix("-") || $0 == "-" }
    switch command.first.map({ String($0.split(separator: "/").last ?? "") }) ?? "" {
    case "cat", "wc", "sort", "base64": return files.isEmpty || files == ["-"]
    case "grep", "sed": return files.count == 1
    case "tee": return true
    case "tar": return (command.dropFirst().first ?? "").contains("x")
    default: return false
    }
  }

  /// Runs one command.
  mutating func run(_ command: [String], input: [UInt8] = []) -> Result {
    guard let first = command.first else { return Result() }
    if let text = ContainerShell.script(of: command) { return script(text, input: input) }
    if ContainerShell.isInteractive(command) {
      return script(String(decoding: input, as: UTF8.self), input: [])
    }
    let name = String(first.split(separator: "/").last ?? "")
    return program(name, Array(command.dropFirst()), input)
      ?? Result(
        errors: Array("sh: \(first): not found\n".utf8), exitCode: 127, missingProgram: first)
  }

  /// Runs a script to its end, or to its `exit`.
  mutating func script(_ text: String, input: [UInt8]) -> Result {
    if let loop = ShellLoop(text) {
      var all = script(loop.before, input: input)
      var rounds = loop.rounds.makeIterator()
      // One that never ends is told of once.
      while exitCode == nil, let value = loop.isEndless ? (all.output.isEmpty ? "" : nil) : rounds.next() {
        if !loop.variable.isEmpty { variables[loop.variable] = value }
        all.append(script(loop.body, input: []))
      }
      if exitCode == nil { all.append(script(loop.after, input: [])) }
      return all
    }
    guard let script = ShellScript(text) else {
      // What is more than commands in a row is not run; what it would say is told as far as it can be read.
      let command = ["sh", "-c", text]
      let words = ContainerCommand.output(command).map { $0 + "\n" }.joined()
      let ending = ContainerProgram(
        container: ["command": .array(command.map(JSONValue.string))], isTask: true)
      return Result(output: Array(words.utf8), exitCode: ending.exitCode)
    }
    var all = Result()
    for pipeline in script.pipelines {
      switch pipeline.connector {
      case .ifSucceeded where lastCode != 0, .ifFailed where lastCode == 0: continue
      default: break
      }
      let result = run(pipeline, input)
      all.append(result)
      lastCode = result.exitCode
      if exitCode != nil { break }
    }
    all.exitCode = exitCode ?? lastCode
    return all
  }

  private mutating func run(_ pipeline: ShellScript.Pipeline, _ input: [UInt8]) -> Result {
    var data = input
    var errors: [UInt8] = []
    var result = Result()
    for command in pipeline.commands {
      let words = command.words.flatMap { expanded($0) }
      if let source = command.input.map({ text($0) }) {
        guard let bytes = view.bytes(of: absolute(source)) else {
          return .failure("sh: can't open \(source): no such file")
        }
        data = bytes
      }
      result = words.isEmpty ? Result() : simple(words, data)
      if command.errorsGoWithOutput {
        result.output += result.errors
        result.errors = []
      }
      if command.dropsErrors { result.errors = [] }
      if command.outputGoesToErrors {
        result.errors += result.output
        result.output = []
      }
      if let target = command.output.map({ text($0) }) {
        if let refusal = write(result.output, to: target, appends: command.appends) { return refusal }
        result.output = []
      }
      errors += result.errors
      data = result.output
    }
    result.errors = errors
    return result
  }

  /// A command, or an assignment.
  private mutating func simple(_ words: [String], _ input: [UInt8]) -> Result {
    if words.count == 1, let sign = words[0].firstIndex(of: "="), sign != words[0].startIndex {
      variables[String(words[0][..<sign])] = String(words[0][sign...].dropFirst())
      return Result()
    }
    switch words[0] {
    case "sleep":
      elapsed +=
        ContainerProgram(container: ["command": .array(words.map(JSONValue.string))], isTask: true).runTime
        ?? .seconds(1 << 31)
      return Result()
    case "exit":
      exitCode = words.count > 1 ? (Int64(words[1]) ?? 2) & 255 : lastCode
      return Result(exitCode: exitCode ?? 0)
    case "cd":
      let path = absolute(words.count > 1 ? words[1] : "/root")
      guard view.isFolder(path) else { return .failure("sh: cd: can't cd to \(words.last ?? "")", 2) }
      folder = path
      return Result()
    case "export":
      for word in words.dropFirst() {
        guard let sign = word.firstIndex(of: "=") else { continue }
        variables[String(word[..<sign])] = String(word[sign...].dropFirst())
      }
      return Result()
    default: return run(words, input: input)
    }
  }

  mutating func set(_ variable: String, to value: String) { variables[variable] = value }

  // MARK: Files

  /// A path from the root, without `.` and `..`.
  func absolute(_ path: String) -> String {
    var parts: [Substring] = path.hasPrefix("/") ? [] : folder.split(separator: "/")
    for part in path.split(separator: "/") {
      switch part {
      case ".": continue
      case "..": _ = parts.popLast()
      default: parts.append(part)
      }
    }
    return "/" + parts.joined(separator: "/")
  }

  mutating func write(_ bytes: [UInt8], to path: String, appends: Bool = false) -> Result? {
    let target = absolute(path)
    if target == "/dev/null" { return nil }
    if view.isReadOnly(target) { return .failure("sh: can't create \(path): Read-only file system") }
    let parent = absolute(target + "/..")
    guard view.isFolder(parent) else { return .failure("sh: can't create \(path): nonexistent directory") }
    guard !view.isFolder(target) else { return .failure("sh: can't create \(path): Is a directory") }
    view.write((appends ? view.bytes(of: target) ?? [] : []) + bytes, to: target)
    return nil
  }
}
