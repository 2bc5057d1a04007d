import Seams
import Testing

@testable import MeshKit

@Suite("Hostile kustomizations", .timeLimit(.minutes(1)))
struct HostileKustomizationTests {
  @Test("are refused before any program runs", arguments: HostileKustomization.all)
  func refused(hostile: HostileKustomization) async throws {
    let base = [
      "app/kustomization.yaml": "resources: [../base]",
      "base/kustomization.yaml": "resources: [objects.yaml]",
      "base/objects.yaml": KustomizationSelectionTests.object("base"),
      "other/README": "",
    ]
    let repository = try SampleRepository(
      base.merging(hostile.files) { $1 }, links: hostile.links, programs: ScriptedPrograms.kubectl())
    #expect(await repository.refusal() == hostile.expected)
    #expect(repository.programs.runs.isEmpty)
  }

  @Test("are refused with all that is wrong at once")
  func several() async throws {
    let repository = try SampleRepository(
      ["app/kustomization.yaml": "resources: [/etc, '']\nhelmCharts: []\n"],
      programs: ScriptedPrograms.kubectl())
    #expect(
      await repository.refusal() == """
        3 things are wrong with the kustomizations:
          app/kustomization.yaml:1:13: "/etc" is an absolute path (resources[0]); name it from the folder of \
        this file
          app/kustomization.yaml:1:19: the path is empty (resources[1]); name a file, or remove it
          app/kustomization.yaml:2:13: a Helm chart is fetched and rendered by another program (helmCharts); \
        render it with helm template, and commit what comes out
        """)
  }

  @Test("reach no network even if one were built, and get nothing of the user's surroundings")
  func surroundings() async throws {
    let repository = try SampleRepository(
      ["app/kustomization.yaml": "namePrefix: a-"], programs: ScriptedPrograms.kubectl())
    _ = try await repository.open()
    let program = try #require(repository.programs.runs.first)
    #expect(program.environment["HTTPS_PROXY"] == "http://127.0.0.1:0")
    #expect(program.environment["GIT_ALLOW_PROTOCOL"] == "none")
    #expect(program.environment["HOME"]?.hasSuffix("/home") == true)
    #expect(program.folder.hasSuffix("/repository/app"))
  }
}
