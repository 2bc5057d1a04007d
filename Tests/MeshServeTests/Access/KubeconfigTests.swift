import Foundation
import KubeModel
import Seams
import Testing

@testable import MeshServe

@Suite("A kubeconfig")
struct KubeconfigTests {
  private static let config = Kubeconfig(
    clusters: [Kubeconfig.Cluster(name: "embedded", server: "https://127.0.0.1:6443")], authority: "PEM",
    users: [(.admin, "t0ken"), (ServedUser(name: "o'neill: #1"), "other")])

  @Test("holds cluster, users and a context each, the first being the current one")
  func text() {
    #expect(
      KubeconfigTests.config.text == """
        apiVersion: v1
        clusters:
        - cluster:
            certificate-authority-data: UEVN
            server: https://127.0.0.1:6443
          name: embedded
        contexts:
        - context:
            cluster: embedded
            user: kubernetes-admin
          name: embedded
        - context:
            cluster: embedded
            user: "o'neill: #1"
          name: "o'neill: #1@embedded"
        current-context: embedded
        kind: Config
        users:
        - name: kubernetes-admin
          user:
            token: t0ken
        - name: "o'neill: #1"
          user:
            token: other

        """)
  }

  @Test("of several clusters has a context for each, the first one's being the current one")
  func severalClusters() throws {
    var config = KubeconfigTests.config
    config.clusters.append(Kubeconfig.Cluster(name: "west", server: "https://127.0.0.1:6443/clusters/west"))
    config.users.removeLast()
    let document = try #require(
      try YAMLReader().documents(Array(config.text.utf8), file: "config").first?.json)
    #expect(document["current-context"] == "embedded")
    #expect(
      document["contexts"]?.array?.map { $0["context"]?["cluster"] } == ["embedded", "west"])
    #expect(
      document["clusters"]?.array?.last?["cluster"]?["server"] == "https://127.0.0.1:6443/clusters/west")
  }

  @Test("replaces what was there, and is nobody else's to read")
  func writing() throws {
    try TestCertificate.withFolder { path in
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      let file = path + "/config"
      try Data("something else, readable by all".utf8).write(to: URL(filePath: file))
      try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
      try KubeconfigTests.config.write(to: file, random: SeededRandom(seed: 1))
      #expect(try String(contentsOfFile: file, encoding: .utf8) == KubeconfigTests.config.text)
      #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o600)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: path) == ["config"], "nothing is left behind")
    }
  }

  @Test("that cannot be written says why")
  func failure() {
    let error = #expect(throws: PortError.self) {
      try KubeconfigTests.config.write(to: "/nowhere/config", random: SeededRandom(seed: 1))
    }
    #expect(error?.message == "cannot write /nowhere/config: No such file or directory")
  }
}
