import Foundation
import KubeModel
import MeshProcedures
import Seams
import Testing

@testable import MeshKit

@Suite(
  "Kustomizations built with kubectl", .enabled(if: KubectlProgram.isInstalled, "kubectl is not installed"))
struct KustomizeTests {
  @Test(
    "a base comes to what its overlay makes of it",
    arguments: [("production", "1.4.2", 5), ("staging", "1.5.0-rc.1", 1)])
  func overlays(environment: String, tag: String, replicas: Int64) async throws {
    let repository = try SampleRepository(Self.web)
    let mesh = try await repository.open(environment: environment)
    let objects = mesh.topology.manifests.map(\.object)
    let deployment = try #require(objects.first { $0.reference.kind == "Deployment" })
    #expect(deployment.reference.name == "\(environment)-web")
    #expect(deployment.json[path: "spec", "replicas"]?.int == replicas)
    let pod = try #require(deployment.json[path: "spec", "template", "spec"])
    let container = try #require(pod["containers"]?.array?.first)
    #expect(container["image"]?.string == "registry.example.com/web:\(tag)")
    #expect(pod["automountServiceAccountToken"]?.bool == false)
    let settings = try #require(objects.first { $0.reference.kind == "ConfigMap" })
    #expect(settings.reference.name.hasPrefix("\(environment)-settings-"))
    #expect(settings.json[path: "data", "ENVIRONMENT"]?.string == environment)
    #expect(settings.json[path: "data", "greeting.txt"]?.string == "Good morning\n")
    #expect(
      container["envFrom"]?.array?.first?[path: "configMapRef", "name"]?.string == settings.reference.name)
    #expect(repository.programs.runs.count == 1)
    #expect(repository.programs.leftovers.isEmpty)
  }

  @Test("the same commit always comes to the same objects")
  func determinism() async throws {
    let repository = try SampleRepository(Self.web)
    let first = try await repository.open().topology.manifests
    #expect(!first.isEmpty)
    for _ in 0..<3 { #expect(try await repository.open().topology.manifests == first) }
  }

  @Test("what changes in a file of a ConfigMap changes its name")
  func contentHash() async throws {
    let other = Self.web.merging(["web/base/greeting.txt": "Good evening\n"]) { $1 }
    let names = try await [
      SampleRepository(Self.web).manifests(), SampleRepository(other).manifests(),
    ].map { $0.filter { $0.hasPrefix("ConfigMap") } }
    #expect(names[0].count == 1)
    #expect(names[0] != names[1])
  }

  @Test("what kubectl refuses is said in its words, and nothing is left behind")
  func complaint() async throws {
    let repository = try SampleRepository([
      "app/kustomization.yaml": "resources: [a.yaml, b.yaml]",
      "app/a.yaml": KustomizationSelectionTests.object("same"),
      "app/b.yaml": KustomizationSelectionTests.object("same"),
    ])
    let refusal = await repository.refusal()
    #expect(refusal.hasPrefix("app (kustomize): the kustomization cannot be built: "))
    #expect(refusal.contains("may not add resource with an already registered id"))
    #expect(refusal.hasSuffix("; try it with: kubectl kustomize app"))
    #expect(!refusal.contains("meshctl-kustomize"))
    #expect(repository.programs.leftovers.isEmpty)
  }

  @Test("a name of a folder is never taken for an option or a URL")
  func folderNames() async throws {
    let folder = "--enable-helm/https:/example.com"
    let repository = try SampleRepository([
      "\(folder)/kustomization.yaml": "resources: [objects.yaml]",
      "\(folder)/objects.yaml": KustomizationSelectionTests.object("odd"),
    ])
    #expect(try await repository.manifests() == ["ConfigMap production/odd"])
  }

  /// A base with two overlays and a component.
  private static let web: [String: String] = {
    var files = [
      "web/base/kustomization.yaml": """
      apiVersion: kustomize.config.k8s.io/v1beta1
      kind: Kustomization
      namespace: production
      resources: [deployment.yaml]
      configMapGenerator:
        - name: settings
          files: [greeting.txt]
      """,
      "web/base/greeting.txt": "Good morning\n",
      "web/base/deployment.yaml": """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers:
              - name: web
                image: web
                envFrom: [{configMapRef: {name: settings}}]
      """,
      "web/components/no-token/kustomization.yaml": """
      apiVersion: kustomize.config.k8s.io/v1alpha1
      kind: Component
      patches:
        - target: {kind: Deployment}
          patch: |
            - {op: add, path: /spec/template/spec/automountServiceAccountToken, value: false}
      """,
    ]
    for (environment, tag, replicas) in [("production", "1.4.2", 5), ("staging", "1.5.0-rc.1", 1)] {
      files["web/overlays/\(environment)/kustomization.yaml"] = """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        namePrefix: \(environment)-
        resources: [../../base]
        components: [../../components/no-token]
        images: [{name: web, newName: registry.example.com/web, newTag: "\(tag)"}]
        patches: [{path: replicas.yaml}]
        transformers: [labels.yaml]
        configMapGenerator:
          - name: settings
            namespace: production
            behavior: merge
            envs: [settings.env]
        """
      files["web/overlays/\(environment)/settings.env"] = "ENVIRONMENT=\(environment)\n"
      files["web/overlays/\(environment)/replicas.yaml"] =
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: \(replicas)}\n"
      files["web/overlays/\(environment)/labels.yaml"] = """
        apiVersion: builtin
        kind: LabelTransformer
        metadata: {name: labels}
        labels: {team: shop}
        fieldSpecs: [{path: metadata/labels, create: true}]
        """
    }
    return files
  }()
}

enum KubectlProgram {
  static let isInstalled = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains
  {
    FileManager.default.isExecutableFile(atPath: "\($0)/kubectl")
  }
}
