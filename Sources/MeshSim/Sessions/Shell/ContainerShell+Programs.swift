import KubeModel
import Seams

/// The programs that every container has.
extension ContainerShell {
  /// - Returns: `nil` for a program that is not there.
  mutating func program(_ name: String, _ arguments: [String], _ input: [UInt8]) -> Result? {
    let names = arguments.filter { !$0.hasPrefix("-") || $0 == "-" }
    switch name {
    case "true", ":", "sleep", "sync", "set": return Result()
    case "false": return Result(exitCode: 1)
    case "echo": return echo(arguments)
    case "printf": return Result(output: printed(arguments))
    case "env", "printenv": return environment(names)
    case "hostname": return line(String(decoding: view.bytes(of: "/etc/hostname") ?? [], as: UTF8.self))
    case "date":
      return line(
        names.first == "+%s" ? String((view.now + elapsed).wholeSecond) : (view.now + elapsed).rfc3339)
    case "id": return line("uid=0(root) gid=0(root) groups=0(root)")
    case "whoami": return line("root")
    case "uname": return line(arguments.contains("-a") ? "Linux \(view.pod.name) 6.12.0 x86_64" : "Linux")
    case "pwd": return line(folder)
    case "cat": return cat(names, input)
    case "ls": return list(arguments, names)
    case "mkdir", "touch", "rm", "cp", "mv": return change(name, arguments, names)
    case "tee":
      for name in names {
        if let refusal = write(input, to: name, appends: arguments.contains("-a")) { return refusal }
      }
      return Result(output: input)
    case "test", "[": return Result(exitCode: holds(arguments.filter { $0 != "]" }) ? 0 : 1)
    case "wc": return count(arguments, names, input)
    case "head", "tail": return part(name, arguments, input)
    case "grep": return grep(arguments, names, input)
    case "tar": return tar(arguments, input)
    case "stat":
      return names.allSatisfy(exists) ? Result() : .failure("stat: cannot stat: No such file or directory")
    default: return nil
    }
  }

  private func line(_ text: String) -> Result {
    Result(output: Array((text.hasSuffix("\n") ? text : text + "\n").utf8))
  }

  private func exists(_ path: String) -> Bool {
    view.isFolder(absolute(path)) || view.bytes(of: absolute(path)) != nil
  }

  private func echo(_ arguments: [String]) -> Result {
    let words = arguments.drop { $0 == "-n" || $0 == "-e" }
    let text = words.joined(separator: " ")
    return Result(output: Array((arguments.first == "-n" ? text : text + "\n").utf8))
  }

  private func printed(_ arguments: [String]) -> [UInt8] {
    var rest = arguments.dropFirst()
    var text = (arguments.first ?? "").replacing("\\n", with: "\n").replacing("\\t", with: "\t")
    while let sign = text.firstRange(of: "%s") ?? text.firstRange(of: "%d") {
      text.replaceSubrange(sign, with: rest.popFirst() ?? "")
    }
    return Array(text.utf8)
  }

  private func environment(_ names: [String]) -> Result {
    guard names.isEmpty else {
      guard let value = variables[names[0]] else { return Result(exitCode: 1) }
      return line(value)
    }
    var seen: Set<String> = []
    let own = view.environment.map(\.name).filter { seen.insert($0).inserted }
    let others = variables.keys.filter { !seen.contains($0) }.sorted()
    return line((own + others).map { "\($0)=\(variables[$0] ?? "")" }.joined(separator: "\n"))
  }

  private func cat(_ names: [String], _ input: [UInt8]) -> Result {
    if names.isEmpty { return Result(output: input) }
    var result = Result()
    for name in names {
      if name == "-" {
        result.output += input
      } else if let bytes = view.bytes(of: absolute(name)) {
        result.output += bytes
      } else {
        let reason = view.isFolder(absolute(name)) ? "Is a directory" : "No such file or directory"
        result.errors += "cat: \(name): \(reason)\n".utf8
        result.exitCode = 1
      }
    }
    return result
  }

  private func list(_ arguments: [String], _ names: [String]) -> Result {
    let path = absolute(names.first ?? ".")
    if view.bytes(of: path) != nil { return line(names.first ?? "") }
    guard view.isFolder(path) else {
      return .failure("ls: \(names.first ?? ""): No such file or directory", 1)
    }
    let found = view.names(in: path)
    return found.isEmpty ? Result() : line(found.joined(separator: "\n"))
  }

  private mutating func change(_ name: String, _ arguments: [String], _ names: [String]) -> Result {
    if name == "cp" || name == "mv" {
      guard names.count == 2, let bytes = view.bytes(of: absolute(names[0])) else {
        return .failure("\(name): can't stat '\(names.first ?? "")': No such file or directory")
      }
      let isInto = view.isFolder(absolute(names[1]))
      let target =
        isInto ? names[1] + "/" + (names[0].split(separator: "/").last.map(String.init) ?? "") : names[1]
      if let refusal = write(bytes, to: target) { return refusal }
      if name == "mv" { view.remove(absolute(names[0])) }
      return Result()
    }
    for path in names {
      switch name {
      case "mkdir":
        guard arguments.contains("-p") || view.isFolder(absolute(path + "/..")) else {
          return .failure("mkdir: can't create directory '\(path)': No such file or directory")
        }
        view.makeFolder(absolute(path))
      case "touch" where !exists(path): if let refusal = write([], to: path) { return refusal }
      case "rm":
        guard exists(path) || arguments.contains(where: { $0.hasPrefix("-") && $0.contains("f") }) else {
          return .failure("rm: can't remove '\(path)': No such file or directory")
        }
        view.remove(absolute(path))
      default: break
      }
    }
    return Result()
  }

  private func holds(_ words: [String]) -> Bool {
    if words.first == "!" { return !holds(Array(words.dropFirst())) }
    switch (words.first, words.count) {
    case ("-f", 2): return view.bytes(of: absolute(words[1])) != nil
    case ("-d", 2): return view.isFolder(absolute(words[1]))
    case ("-e", 2): return exists(words[1])
    case ("-s", 2): return !(view.bytes(of: absolute(words[1])) ?? []).isEmpty
    case ("-n", 2): return !words[1].isEmpty
    case ("-z", 2): return words[1].isEmpty
    case (_, 1): return !words[0].isEmpty
    case (_, 3):
      switch words[1] {
      case "=", "==": return words[0] == words[2]
      case "!=": return words[0] != words[2]
      default: return compared(words)
      }
    default: return false
    }
  }

  private func compared(_ words: [String]) -> Bool {
    guard let left = Int(words[0]), let right = Int(words[2]) else { return false }
    switch words[1] {
    case "-eq": return left == right
    case "-ne": return left != right
    case "-lt": return left < right
    case "-le": return left <= right
    case "-gt": return left > right
    case "-ge": return left >= right
    default: return false
    }
  }

  // MARK: Text

  private func content(_ names: [String], _ input: [UInt8]) -> [UInt8] {
    names.isEmpty ? input : cat(names, input).output
  }

  private func count(_ arguments: [String], _ names: [String], _ input: [UInt8]) -> Result {
    let bytes = content(names, input)
    let lines = bytes.count { $0 == UInt8(ascii: "\n") }
    if arguments.contains("-c") { return line(String(bytes.count)) }
    if arguments.contains("-l") { return line(String(lines)) }
    let words = bytes.split { $0 == 10 || $0 == 32 || $0 == 9 }.count
    return line(arguments.contains("-w") ? String(words) : "\(lines) \(words) \(bytes.count)")
  }

  private func lines(_ bytes: [UInt8]) -> [String] {
    String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init).dropLast(bytes.last == 10 || bytes.isEmpty ? 1 : 0)
  }

  private func part(_ name: String, _ arguments: [String], _ input: [UInt8]) -> Result {
    var limit = 10
    var names: [String] = []
    var words = arguments[...]
    while let word = words.popFirst() {
      if word == "-n" {
        limit = words.popFirst().flatMap { Int($0) } ?? limit
      } else if word.hasPrefix("-"), let number = Int(word.dropFirst().drop { $0 == "n" }) {
        limit = number
      } else if !word.hasPrefix("-") {
        names.append(word)
      }
    }
    let all = lines(content(names, input))
    let chosen = name == "head" ? all.prefix(limit) : all.suffix(limit)
    return Result(output: Array(chosen.map { $0 + "\n" }.joined().utf8))
  }

  private func grep(_ arguments: [String], _ names: [String], _ input: [UInt8]) -> Result {
    guard let wanted = names.first else { return .failure("grep: no pattern", 2) }
    let flags = arguments.filter { $0.hasPrefix("-") && $0 != "-" }.joined()
    let found = lines(content(Array(names.dropFirst()), input)).filter { line in
      let isFound =
        flags.contains("i") ? line.lowercased().contains(wanted.lowercased()) : line.contains(wanted)
      return isFound != flags.contains("v")
    }
    let code: Int64 = found.isEmpty ? 1 : 0
    if flags.contains("q") { return Result(exitCode: code) }
    if flags.contains("c") { return Result(output: Array("\(found.count)\n".utf8), exitCode: code) }
    return Result(output: Array(found.map { $0 + "\n" }.joined().utf8), exitCode: code)
  }
}
