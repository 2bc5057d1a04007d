import Foundation
import KubeModel
import Testing

@Suite("What meshctl writes")
struct OutputTests {
  @Test("is one JSON object with the documented members after a procedure", arguments: ["json", "yaml"])
  func report(_ format: String) throws {
    let shop = try Shop(.synced)
    try shop.release("1.5.0")
    let outcome = try shop.meshctl(expecting: 0, "rollout", "user-service", "--output", format)
    let report = try OutputTests.parse(outcome.output, format)
    #expect(report["procedure"]?.string == "rollout" && report["name"]?.string == "user-service")
    #expect(report["outcome"]?.string == "promoted" && report["clusterKind"]?.string == "embedded")
    let steps = try #require(report["steps"]?.array)
    #expect(steps.count == 7)
    for step in steps {
      #expect(step["name"]?.string?.isEmpty == false && step["state"]?.string == "succeeded")
      let time = try #require(step["startedAt"]?.string)
      #expect(time.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/) != nil, "\(time)")
      #expect(try #require(step["durationSeconds"]?.number) >= 0)
    }
  }

  @Test("is the history in each format, oldest run first", arguments: ["table", "json", "yaml"])
  func history(_ format: String) throws {
    let shop = try Shop(.synced)
    try shop.meshctl(expecting: 1, "rollout", "user-service", "--image", Shop.image("1.6.0"))
    try shop.meshctl(expecting: 0, "rollout", "user-service", "--image", Shop.image("1.5.0"))
    let text = try shop.meshctl(expecting: 0, "rollout", "history", "user-service", "-o", format).output
    if format == "table" {
      let lines = text.split(separator: "\n")
      #expect(lines.count == 3 && lines[0].hasPrefix("RUN  STARTED"))
      #expect(lines[1].contains("rolled back") && lines[1].contains("success rate"))
      #expect(lines[2].contains("user-service:1.5.0") && lines[2].contains("promoted"))
    } else {
      let runs = try #require(try OutputTests.parse(text, format).array)
      #expect(runs.map { $0["outcome"]?.string } == ["rolledBack", "promoted"])
      #expect(runs.map { $0["run"]?.int } == [1, 2])
    }
  }

  @Test("is no history where nothing was rolled out, nor any cluster")
  func noHistory() throws {
    for start in [Shop.Start.committed, .synced] {
      let shop = try Shop(start)
      let before = try shop.contents()
      #expect(try shop.history().isEmpty)
      let status = try shop.meshctl(expecting: 0, "rollout", "status", "user-service")
      #expect(status.output == "user-service has not been rolled out yet\n")
      #expect(try shop.changes(since: before).isEmpty)
    }
  }

  @Test("is nothing on standard error with --quiet when all goes well")
  func quiet() throws {
    let shop = try Shop(.committed)
    try shop.release("1.5.0")
    for line in [
      "validate -q", "render -q", "sync --quiet",
      "rollout user-service --image gcr.io/project/user-service:1.5.1 -q",
      "rollout history user-service -q", "sim advance 1m -q", "sim reset -q", "version -q",
    ] {
      let outcome = try shop.meshctl(BadInput.words(line))
      #expect(outcome.status == 0 && outcome.errors.isEmpty && !outcome.output.isEmpty, "\(line): \(outcome)")
    }
  }

  @Test("has no colours where no terminal is, and obeys no control characters from Git")
  func controls() throws {
    let shop = try Shop(.synced)
    try shop.release("1.6.0")
    try shop.git("commit", "--quiet", "--amend", "-m", "Bad \u{1B}]0;owned\u{7} \u{1B}[2Jnews \u{202E}")
    for line in ["sync --verbose", "rollout user-service --verbose", "rollout history user-service"] {
      let outcome = try shop.meshctl(BadInput.words(line))
      #expect(
        !(outcome.output + outcome.errors).contains { "\u{1B}\u{7}\u{202E}".contains($0) }, "\(outcome)")
    }
  }

  @Test("may go to a reader that has left: the rollout goes on to its end")
  func closedReader() throws {
    let shop = try Shop(.synced)
    let line = "meshctl rollout user-service --image \(Shop.image("1.5.0")) --verbose 2>&1"
    let outcome = try shop.run(["bash", "-c", "\(line) | true; exit ${PIPESTATUS[0]}"])
    #expect(outcome.status == 0, "\(outcome)")
    #expect(try shop.history().map { $0["outcome"]?.string } == ["promoted"])
    #expect(try shop.run(["bash", "-c", "meshctl render | head -1; exit ${PIPESTATUS[0]}"]).status == 0)
  }

  static func parse(_ text: String, _ format: String) throws -> JSONValue {
    if format == "json" { return try JSONValue(json: text) }
    let documents = try YAMLReader().documents(Array(text.utf8), file: "output")
    return try #require(documents.first?.json)
  }
}
