import Foundation
import MeshTopology
import Testing

@Suite("The documentation of the topology")
struct DocumentationTests {
  static let text: String? = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try? String(contentsOf: root.appending(path: "Docs/topology.md"), encoding: .utf8)
  }()

  @Test("shows YAML that together is a topology")
  func showsValidYAML() throws {
    let text = try #require(DocumentationTests.text)
    let blocks = text.components(separatedBy: "```yaml\n").dropFirst().compactMap {
      $0.components(separatedBy: "```").first
    }
    #expect(blocks.count >= 6)
    #expect(SmallTopology.problems(blocks.joined(separator: "---\n")) == [])
  }

  @Test("names every field")
  func namesEveryField() throws {
    let text = try #require(DocumentationTests.text)
    let fields = """
      domain regions role recovery rto rpo subnets region range purpose secondaryRanges network subnetwork
      podsRange servicesRange controlPlaneRange nodePools machineType diskSizeGb nodes podSecurity
      istioInjection image replicas ports port targetPort protocol health path initialDelay resources cpu
      memory cpuLimit memoryLimit env serviceAccount runAsUser calls to perRequest exposed autoscaling min max
      behavior scaleUp scaleDown stabilization percent period traffic subsets weight headerRoutes header exact
      subset loadBalancer connectionPool maxConnections http1MaxPendingRequests maxRequestsPerConnection
      timeout retries attempts perTryTimeout rollout steps bake readyDeadline judge minimumRequests
      successRate minimum maximumDrop latency maximum maximumRatio patience clusters kind context simulation
      requestsPerSecond images match startup startupJitter median p99 errorRate failure
      """
    for field in fields.split(whereSeparator: \.isWhitespace) {
      #expect(text.contains("`\(field)`"), "\(field) is not described")
    }
  }
}
