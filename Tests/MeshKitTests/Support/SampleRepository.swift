import Foundation
import MeshProcedures
import Seams

@testable import MeshKit

/// A repository with a small topology in a temporary folder, gone with this value.
final class SampleRepository: Sendable {
  let path: String
  let programs: RecordedPrograms

  /// Commits `files`, and links by where they lead.
  init(
    _ files: [String: String], links: [String: String] = [:],
    programs: any ProgramRunner = SystemPrograms()
  ) throws {
    let base = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
    path = base.appending(path: "repository-\(UUID().uuidString)").path(percentEncoded: false)
    self.programs = RecordedPrograms(programs)
    for (file, text) in Self.topology.merging(files, uniquingKeysWith: { $1 }) {
      let url = URL(filePath: path).appending(path: file)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }
    for (link, target) in links {
      try FileManager.default.createSymbolicLink(atPath: "\(path)/\(link)", withDestinationPath: target)
    }
    try git("init", "--quiet", "--initial-branch=main", "--template=")
    try git("add", "--all")
    try git("commit", "--quiet", "--message", "First")
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func open(path folder: String? = nil, environment: String? = "production") async throws -> Mesh {
    var location = MeshLocation(repository: path, path: folder, environment: environment)
    location.programs = programs
    return try await Mesh.open(location)
  }

  /// The objects that did not come from the topology, as `Kind namespace/name`.
  func manifests(path folder: String? = nil, environment: String? = "production") async throws -> [String] {
    try await open(path: folder, environment: environment).topology.manifests.map { manifest in
      let reference = manifest.object.reference
      return "\(reference.kind) \(reference.namespace ?? "")/\(reference.name)"
    }
  }

  /// What opening it is refused with; empty when it is not.
  func refusal(environment: String? = "production") async -> String {
    do {
      _ = try await open(environment: environment)
      return ""
    } catch {
      return "\(error)"
    }
  }

  private func git(_ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["git"] + arguments
    process.currentDirectoryURL = URL(filePath: path)
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": path,
      "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null",
      "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.com",
      "GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@example.com",
    ]
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
  }

  static let topology = [
    "topology.yaml": """
    apiVersion: meshctl.dev/v1alpha1
    kind: Topology
    metadata:
      name: shop
    spec:
      regions:
        - name: tokyo
          role: primary
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Network
    metadata:
      name: vpc
    spec:
      subnets:
        - name: nodes
          region: tokyo
          range: 10.0.1.0/24
          secondaryRanges:
            - {name: pods, range: 10.1.0.0/16}
            - {name: services, range: 10.2.0.0/16}
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Cluster
    metadata:
      name: main
    spec:
      region: tokyo
      network: vpc
      subnetwork: nodes
      podsRange: pods
      servicesRange: services
      controlPlaneRange: 10.0.100.0/28
      nodePools:
        - {name: pool, machineType: e2-standard-4, diskSizeGb: 50}
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Namespace
    metadata:
      name: production
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Environment
    metadata:
      name: production
    spec:
      clusters: {main: {kind: embedded}}
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Environment
    metadata:
      name: staging
    spec:
      clusters: {main: {kind: embedded}}
    """
  ]
}
