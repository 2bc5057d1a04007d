import MeshProcedures
import Seams
import Testing

@testable import MeshKit

@Suite("Which kustomizations are built", .timeLimit(.minutes(1)))
struct KustomizationSelectionTests {
  @Test("those that no other refers to, wherever they are in the repository")
  func roots() async throws {
    let repository = try SampleRepository(
      [
        "apps/kustomization.yaml": "resources: [../base/web, objects.yaml]",
        "apps/objects.yaml": Self.object("apps"),
        "base/web/kustomization.yml": "resources: [objects.yaml]\ncomponents: [../../parts]",
        "base/web/objects.yaml": Self.object("web"),
        "parts/Kustomization": "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component",
        "unused/kustomization.yaml": "kind: Component",
        "tools/Kustomization": "resources: [objects.yaml]", "tools/objects.yaml": Self.object("tools"),
        ".hidden/kustomization.yaml": "resources: [https://example.com/x.yaml]",
      ], programs: ScriptedPrograms.kubectl())
    #expect(
      try await repository.manifests() == ["ConfigMap production/apps", "ConfigMap production/tools"])
    #expect(repository.programs.runs.map(\.arguments) == [["kustomize"], ["kustomize"]])
  }

  @Test(
    "an overlay in its environment alone, all else in each",
    arguments: [("production", "production"), ("staging", "staging")])
  func environments(environment: String, expected: String) async throws {
    let repository = try SampleRepository(
      [
        "web/base/kustomization.yaml": "",
        "web/overlays/production/kustomization.yaml": "resources: [objects.yaml]",
        "web/overlays/production/objects.yaml": Self.object("production"),
        "web/overlays/staging/kustomization.yaml": "resources: [objects.yaml]",
        "web/overlays/staging/objects.yaml": Self.object("staging"),
        "tools/kustomization.yaml": "resources: [objects.yaml]", "tools/objects.yaml": Self.object("tools"),
      ].filter { !$0.value.isEmpty }, programs: ScriptedPrograms.kubectl())
    #expect(
      try await repository.manifests(environment: environment) == [
        "ConfigMap production/\(expected)", "ConfigMap production/tools",
      ])
  }

  @Test("an overlay for an environment that nobody declared is a mistake, not left out")
  func undeclared() async throws {
    let repository = try SampleRepository(
      ["overlays/produciton/kustomization.yaml": "namePrefix: a-"], programs: ScriptedPrograms.kubectl())
    #expect(
      await repository.refusal() == """
        overlays/produciton/kustomization.yaml: an overlay for an environment that is not declared: \
        "produciton"; the environments are production, staging; declare this one too, or give the folder \
        overlays another name
        """)
    #expect(repository.programs.runs.isEmpty)
  }

  @Test("those under the path of the topology alone, whose bases may be elsewhere")
  func path() async throws {
    let repository = try SampleRepository(
      [
        "mesh/topology.yaml": try #require(SampleRepository.topology["topology.yaml"]),
        "mesh/apps/kustomization.yaml": "resources: [../../base, objects.yaml]",
        "mesh/apps/objects.yaml": Self.object("apps"),
        "base/kustomization.yaml": "namePrefix: a-",
        "elsewhere/kustomization.yaml": "resources: [https://example.com/x.yaml]",
      ], programs: ScriptedPrograms.kubectl())
    #expect(try await repository.manifests(path: "mesh") == ["ConfigMap production/apps"])
  }

  @Test("none, and no program is run, where there is none")
  func none() async throws {
    let repository = try SampleRepository(
      ["objects.yaml": Self.object("raw")], programs: ScriptedPrograms())
    #expect(try await repository.manifests() == ["ConfigMap production/raw"])
    #expect(repository.programs.runs.isEmpty)
  }

  @Test("with kustomize where there is no kubectl")
  func kustomize() async throws {
    let script: ScriptedPrograms.Script = { program in
      ProgramResult(output: Array(Self.object(program.arguments.joined(separator: " ")).utf8))
    }
    let repository = try SampleRepository(
      ["apps/kustomization.yaml": "namePrefix: a-"], programs: ScriptedPrograms(["kustomize": script]))
    #expect(try await repository.manifests() == ["ConfigMap production/build"])
    #expect(repository.programs.runs.map(\.name) == ["kubectl", "kustomize"])
  }

  static func object(_ name: String) -> String {
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \(name), namespace: production}\n"
  }
}
