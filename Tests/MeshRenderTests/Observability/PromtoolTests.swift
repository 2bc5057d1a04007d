import Foundation
import KubeModel
import MeshTopology
import Testing

@testable import MeshRender

@Suite("Prometheus' own tool", .enabled(if: Promtool.path != nil))
struct PromtoolTests {
  @Test("takes every configuration that is rendered", arguments: Variants.all)
  func takesConfiguration(_ variant: Variants) throws {
    var file = try ObservedExample.yaml("prometheus.yml", of: "prometheus", variant.change)
    // Debian builds its tool without what finds targets in Kubernetes; that part is looked at here.
    let jobs = (file["scrape_configs"]?.array ?? []).map { job in
      var job = job
      for discovery in job["kubernetes_sd_configs"]?.array ?? [] {
        #expect(["node", "pod", "endpoints"].contains(discovery["role"]?.string))
        let keys = discovery.object?.members.map(\.key) ?? []
        #expect(Set(keys).isSubset(of: ["role", "namespaces"]))
        #expect(discovery["namespaces"].map { $0["names"]?.array?.isEmpty == false } ?? true)
      }
      job["kubernetes_sd_configs"] = nil
      return job
    }
    file["scrape_configs"] = .array(jobs)
    let (isGood, output) = try Promtool.check(["config", "--syntax-only"], file.yamlText())
    #expect(isGood, "\(output)")
  }

  @Test("takes every file of rules that is rendered", arguments: Variants.all)
  func takesRules(_ variant: Variants) throws {
    for name in ["topology.yml", "own.yml"] {
      let text = try ObservedExample.file(name, of: "prometheus", variant.change)
      let (isGood, output) = try Promtool.check(["rules", "--lint-fatal"], text)
      #expect(isGood, "\(output)")
    }
  }

  @Test("would refuse a wrong one")
  func refusesWrong() throws {
    #expect(
      try Promtool.check(["rules"], "groups: [{name: a, rules: [{alert: A, expr: 'sum('}]}]").isGood == false)
    #expect(try Promtool.check(["config", "--syntax-only"], "scrape_configs: [{job: a}]").isGood == false)
  }
}

/// Topologies whose configurations differ.
struct Variants: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let change: @Sendable (inout Topology) -> Void

  static let all = [
    Variants(testDescription: "the example") { _ in },
    Variants(testDescription: "an old Prometheus") { $0.monitoring?.image = "prom/prometheus:v2.25.0" },
    Variants(testDescription: "everything set") {
      $0.monitoring?.scrapeTimeout = .milliseconds(2500)
      $0.monitoring?.scrapeInterval = .seconds(90)
      $0.monitoring?.externalLabels = ["team": "shop"]
      $0.monitoring?.ruleFiles = ["/rules/*.yml"]
      $0.monitoring?.alertmanagers = ["observability/search", "production/user-service"]
    },
    Variants(testDescription: "backups, and gateways of Istio") {
      $0.serviceMesh?.ingressGateways = [IngressGateway(name: "istio-ingressgateway")]
      $0.backup = Backup(
        name: "velero", namespace: "velero",
        schedules: [BackupSchedule(name: "daily-backup", schedule: "0 2 * * *")])
    },
    Variants(testDescription: "no mesh") { topology in
      for index in topology.namespaces.indices { topology.namespaces[index].hasIstioInjection = false }
    },
    Variants(testDescription: "thresholds with fractions") {
      for index in $0.workloads.indices {
        $0.workloads[index].rollout?.judge.successRate.minimum = 99.95
        $0.workloads[index].rollout?.judge.latency.maximum = .milliseconds(1500)
      }
    },
  ]
}

/// `promtool`, where it is installed.
enum Promtool {
  static let path = ["/usr/bin/promtool", "/usr/local/bin/promtool", "/opt/homebrew/bin/promtool"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  static func check(_ command: [String], _ text: String) throws -> (isGood: Bool, output: String) {
    let file = FileManager.default.temporaryDirectory.appending(path: "promtool-\(UUID().uuidString).yml")
    try text.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(path))
    process.arguments = ["check"] + command + [file.path]
    let pipe = Pipe()
    (process.standardOutput, process.standardError) = (pipe, pipe)
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus == 0, String(decoding: output, as: UTF8.self))
  }
}
