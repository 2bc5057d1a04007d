import Foundation
import KubeModel
import MeshRender
import MeshTopology
import Testing

/// Real nodes of Redis that run what is rendered for a cache, each at an address of its own on the loopback.
///
/// Only where they listen and where they keep their files is changed, by the same command-line options that the pods
/// get theirs by. Each node runs under a shell that ends it when this process ends, however it ends.
final class RedisNodes {
  static let isInstalled = ["redis-server", "redis-cli"].allSatisfy { name in
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
  }

  let count = 6
  private let folder: URL
  private let port = Int.random(in: 20_000..<30_000)
  private let network = "127.\(Int.random(in: 1...254)).\(Int.random(in: 1...254))"
  private let password = "correct horse"
  private let arguments: [String]
  private let environment: [String: String]
  private var guarded: [Process] = []
  /// The last number of the first node's address.
  private var base = 10

  init() throws {
    var topology = DataExample.topology
    topology.redisClusters[0].nodeTimeout = .seconds(1)
    topology.redisClusters[0].password = SecretKey(name: "redis-auth", key: "password")
    let objects = try DataExample.objects(of: topology)
    let containers = [
      try objects.the("StatefulSet", "redis-cluster"), try #require(objects.all("Job").first),
    ].map {
      $0[path: "spec", "template", "spec", "containers"]?.array?.first
    }
    arguments = containers[0]?["args"]?.array?.compactMap(\.string) ?? []
    var environment = ProcessInfo.processInfo.environment
    for variable in containers[1]?["env"]?.array ?? [] {
      environment[variable["name"]?.string ?? ""] = variable["value"]?.string ?? password
    }
    environment["PORT"] = "\(port)"
    environment["PATIENCE"] = "60"
    self.environment = environment
    folder = FileManager.default.temporaryDirectory.appending(path: "redis-nodes-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let files = try #require(objects.all("ConfigMap").first { $0[path: "data", "redis.conf"] != nil })
    for name in ["redis.conf", "cluster.sh"] {
      try files[path: "data", name]?.string?.write(
        to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }
  }

  func address(_ index: Int) -> String { "\(network).\(base + index)" }

  private var names: String { (0..<count).map(address).joined(separator: " ") }

  /// Starts all nodes.
  func start() throws {
    for index in 0..<count {
      let data = folder.appending(path: "\(index)")
      try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
      let own = arguments.map {
        switch $0 {
        case "$(POD_IP)": address(index)
        case "$(REDIS_PASSWORD)": password
        case "/data": data.path
        default: $0
        }
      }
      try guardedRun(
        ["redis-server", folder.appending(path: "redis.conf").path] + own
          + ["--port", "\(port)", "--bind", address(index)])
    }
  }

  /// Starts what tells each node the addresses of the others.
  func keepAddresses() throws {
    for index in 0..<count {
      try guardedRun(
        ["sh", folder.appending(path: "cluster.sh").path, "keep"], ["OWN": address(index), "INTERVAL": "1"])
    }
  }

  /// Ends everything that was started, as a power failure does, and lets the next nodes have other addresses.
  func stop() {
    for process in guarded { process.terminate() }
    for process in guarded { process.waitUntilExit() }
    guarded = []
    base += 50
  }

  deinit {
    stop()
    try? FileManager.default.removeItem(at: folder)
  }

  /// Runs what the Job runs.
  func form() throws -> (status: Int32, output: String) {
    try run(["sh", folder.appending(path: "cluster.sh").path, "form"])
  }

  /// What a node answers.
  func ask(_ index: Int, _ words: String...) throws -> String {
    try run(["redis-cli", "-c", "-h", address(index), "-p", "\(port)"] + words).output
  }

  /// Writes a key, and waits until the replica of its master has it.
  func write(_ key: String, _ value: String) throws -> Bool {
    let commands = "printf 'set \(key) \(value)\\nwait 1 5000\\n'"
    let answer = try run(["sh", "-c", "\(commands) | redis-cli -c -h \(address(0)) -p \(port)"]).output
    return answer.split(whereSeparator: \.isNewline).last == "1"
  }

  /// Waits until a node's answer has a line, which it is asked for ten times a second, at most for half a minute.
  func wait(_ index: Int, for line: String, in words: String) throws -> Bool {
    let ask =
      "redis-cli -h \(address(index)) -p \(port) \(words) 2> /dev/null | tr -d '\\r' | grep -qx '\(line)'"
    return try run(["sh", "-c", "for i in $(seq 300); do \(ask) && exit 0; sleep 0.1; done; exit 1"]).status
      == 0
  }

  /// Ends a node as a failing machine does.
  func kill(_ index: Int) throws {
    let pid = try ask(index, "info", "server").split(whereSeparator: \.isNewline)
      .first { $0.hasPrefix("process_id:") }?.dropFirst("process_id:".count)
    _ = try run(["kill", "-9", String(try #require(pid))])
  }

  private func run(_ command: [String]) throws -> (status: Int32, output: String) {
    let process = process(command)
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    process.standardInput = FileHandle.nullDevice
    try launch(process)
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  private func guardedRun(_ command: [String], _ more: [String: String] = [:]) throws {
    let script = """
      "$@" & child=$!
      cat <&3 > /dev/null & watcher=$!
      trap 'kill -9 $child $watcher 2> /dev/null; wait; exit' TERM
      wait $watcher
      kill -9 $child; wait
      """
    let process = process(["sh", "-c", "exec 3<&0; " + script, "sh"] + command, more)
    process.standardInput = Pipe()
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try launch(process)
    guarded.append(process)
  }

  /// Starts a process that takes all signals. The threads of a concurrent program block most of them, and what they
  /// start would too.
  private func launch(_ process: Process) throws {
    var none = sigset_t()
    var usual = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &usual)
    defer { pthread_sigmask(SIG_SETMASK, &usual, nil) }
    try process.run()
  }

  private func process(_ command: [String], _ more: [String: String] = [:]) -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.environment = environment.merging(["NODES": names]) { $1 }.merging(more) { $1 }
    return process
  }
}
