import Foundation
import Seams
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// A Prometheus of this machine, running for one test on data of its own.
struct RealPrometheus: Sendable {
  static let path = ["/usr/bin/prometheus", "/usr/local/bin/prometheus", "/opt/homebrew/bin/prometheus"].first
  {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  private let folder: URL
  private let port: Int
  private let programs = SystemPrograms()

  /// What it answered: the HTTP status and the body.
  struct Answer: Sendable {
    let status: Int
    let body: Data
  }

  /// Starts one, and ends it when `use` returns or throws.
  static func run<Result: Sendable>(
    _ use: @escaping @Sendable (RealPrometheus) async throws -> Result
  ) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "prometheus-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let server = RealPrometheus(folder: folder, port: try freePort())
    try "global: {}\n".write(to: folder.appending(path: "prometheus.yml"), atomically: true, encoding: .utf8)
    let program = Program(
      try #require(path),
      arguments: [
        "--config.file=prometheus.yml", "--storage.tsdb.path=data", "--web.enable-remote-write-receiver",
        "--web.listen-address=127.0.0.1:\(server.port)", "--log.level=warn",
      ], folder: folder.path, timeout: .seconds(300))
    return try await withThrowingTaskGroup(of: Result?.self) { group in
      group.addTask {
        let result = try await server.programs.run(program)
        throw ProgramError(.notStarted, String(decoding: result.errors, as: UTF8.self))
      }
      group.addTask {
        try await server.waitUntilReady()
        return try await use(server)
      }
      // Ends the program with all that it started.
      defer { group.cancelAll() }
      return try #require(try await group.next() ?? nil)
    }
  }

  /// Sends samples as remote writing does: that is the only way in which markers of a series' end get in.
  func load(_ data: SampleData) async throws {
    var arguments = ["--silent", "--show-error", "--fail-with-body"]
    for (index, body) in RemoteWrite.bodies(of: data).enumerated() {
      let file = folder.appending(path: "write-\(index)")
      try Data(body).write(to: file)
      if index > 0 { arguments += ["--next", "--silent", "--show-error", "--fail-with-body"] }
      arguments += [
        "--data-binary", "@\(file.path)", "--header", "Content-Encoding: snappy", "--header",
        "Content-Type: application/x-protobuf", address("/api/v1/write"),
      ]
    }
    let result = try await curl(arguments)
    #expect(result.status == 0, "\(String(decoding: result.output + result.errors, as: UTF8.self))")
  }

  /// Asks everything in one run of the client.
  func ask(_ questions: [Question]) async throws -> [Answer] {
    var lines: [String] = []
    for (index, question) in questions.enumerated() {
      if index > 0 { lines.append("next") }
      lines += [
        "silent", "get", "url = \"\(address(question.path))\"", "data = \"\(question.encoded)\"",
        "output = \"\(folder.path)/answer-\(index)\"", "write-out = \"%{http_code}\\n\"",
      ]
    }
    let file = folder.appending(path: "questions")
    try (lines.joined(separator: "\n") + "\n").write(to: file, atomically: true, encoding: .utf8)
    let result = try await curl(["--config", file.path])
    #expect(result.status == 0, "\(String(decoding: result.errors, as: UTF8.self))")
    let statuses = String(decoding: result.output, as: UTF8.self).split(separator: "\n").compactMap {
      Int($0)
    }
    try #require(statuses.count == questions.count)
    return try statuses.enumerated().map { index, status in
      Answer(status: status, body: try Data(contentsOf: folder.appending(path: "answer-\(index)")))
    }
  }

  private func waitUntilReady() async throws {
    let result = try await curl([
      "--silent", "--retry", "60", "--retry-delay", "1", "--retry-all-errors", "--retry-connrefused",
      "--fail",
      address("/-/ready"),
    ])
    try #require(result.status == 0, "\(String(decoding: result.errors, as: UTF8.self))")
  }

  private func curl(_ arguments: [String]) async throws -> ProgramResult {
    try await programs.run(
      Program(
        "curl", arguments: arguments, folder: folder.path, outputLimit: 64 << 20, timeout: .seconds(240)))
  }

  private func address(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

  private static func freePort() throws -> Int {
    #if canImport(Glibc)
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    try #require(isBound)
    return Int(UInt16(bigEndian: address.sin_port))
  }
}

/// One request to the API.
struct Question: Sendable, CustomStringConvertible {
  var path = "/api/v1/query"
  var form: [(name: String, value: String)]

  init(path: String, _ form: [(name: String, value: String)]) {
    self.path = path
    self.form = form
  }

  static func instant(_ query: String, at time: String) -> Question {
    Question(path: "/api/v1/query", [("query", query), ("time", time)])
  }

  static func range(_ query: String, from start: String, to end: String, step: String) -> Question {
    Question(path: "/api/v1/query_range", [("query", query), ("start", start), ("end", end), ("step", step)])
  }

  var description: String {
    path + "?" + form.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
  }

  /// The form as it goes over HTTP.
  var encoded: String {
    form.map { name, value in
      "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
    }
    .joined(separator: "&")
  }
}
