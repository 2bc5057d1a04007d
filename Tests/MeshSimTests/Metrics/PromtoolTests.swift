import Foundation
import MeshSim
import Seams
import Testing

@Suite("A real Prometheus")
struct PromtoolTests {
  static let promtool = ["/usr/bin/promtool", "/usr/local/bin/promtool", "/opt/homebrew/bin/promtool"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  @Test("reads the metrics without a complaint", .enabled(if: promtool != nil))
  func check() async throws {
    let text = try MetricsTests.busyCluster().after(30).cluster.cluster.metricsText
    let folder = FileManager.default.temporaryDirectory.appending(path: "metrics-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try text.write(to: folder.appending(path: "metrics"), atomically: true, encoding: .utf8)
    let tool = try #require(PromtoolTests.promtool)
    let program = Program(
      "/bin/sh", arguments: ["-c", "\"$0\" check metrics < metrics", tool], folder: folder.path,
      timeout: .seconds(60))
    let result = try await SystemPrograms().run(program)
    let words = String(decoding: result.output + result.errors, as: UTF8.self)
    // Names that Kubernetes, Istio and cAdvisor chose are not always those that the linter would choose.
    let complaints = words.split(separator: "\n").filter { !PromtoolTests.isAboutStyle(String($0)) }
    #expect(complaints.isEmpty, "\(complaints)")
    #expect([0, 3].contains(result.status), "\(words)")
  }

  /// The linter's taste, which the names of other projects do not share.
  private static func isAboutStyle(_ line: String) -> Bool {
    ["should not", "should have", "non-counter", "use base unit", "counters should", "metric names"].contains
    {
      line.contains($0)
    }
  }
}

extension MeshCluster {
  func after(_ seconds: Double) -> MeshCluster {
    cluster.advance(seconds)
    return self
  }
}
