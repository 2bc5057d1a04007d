import MeshProcedures
import MeshTopology
import Seams
import Testing

@testable import MeshKit

@Suite("A kustomization that cannot be built", .timeLimit(.minutes(1)))
struct KustomizeFailureTests {
  @Test("says what to install, as a problem of the machine")
  func notInstalled() async throws {
    let repository = try SampleRepository(Self.files, programs: ScriptedPrograms())
    let error = await #expect(throws: ProcedureError.self) { try await repository.open() }
    #expect(error?.code == .unreachable)
    #expect(
      error?.description == """
        apps (kustomize): neither kubectl nor kustomize is installed, and one of them builds kustomizations; \
        install kubectl, or put its folder into PATH
        """)
  }

  @Test(
    "says why, and leaves nothing behind",
    arguments: [
      (
        ProgramError(.timedOut, ""),
        "building the kustomization takes more than 30.0 seconds; make it of fewer bases and files"
      ),
      (
        ProgramError(.outputTooLarge, ""),
        "the kustomization comes to more than 4194304 bytes; split it into several"
      ),
      (
        ProgramError(.crashed, "kubectl was ended by signal 9"),
        "kubectl was ended by signal 9; check that it runs: kubectl version"
      ),
    ])
  func killed(failure: ProgramError, expected: String) async throws {
    let repository = try SampleRepository(
      Self.files, programs: ScriptedPrograms(["kubectl": { _ in throw failure }]))
    #expect(await repository.refusal() == "apps (kustomize): " + expected)
    #expect(repository.programs.runs.count == 1)
    #expect(repository.programs.leftovers.isEmpty)
  }

  @Test("leaves nothing behind when it is cancelled")
  func cancelled() async throws {
    let (started, start) = AsyncStream<Void>.makeStream()
    let repository = try SampleRepository(
      Self.files,
      programs: ScriptedPrograms([
        "kubectl": { _ in
          start.finish()
          try await ContinuousClock().sleep(for: .seconds(300))
          return ProgramResult()
        }
      ]))
    let task = Task {
      defer { start.finish() }
      return try await repository.open()
    }
    for await _ in started {}
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(repository.programs.runs.count == 1)
    #expect(repository.programs.leftovers.isEmpty)
  }

  @Test("is refused like objects that stand in the repository, with the kustomization as the place")
  func output() async throws {
    let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: production}\ndata: {b: Yw==}\n"
    let repository = try SampleRepository(
      Self.files, programs: ScriptedPrograms(["kubectl": { _ in ProgramResult(output: Array(secret.utf8)) }]))
    #expect(
      await repository.refusal() == """
        apps (kustomize):4:7: a Secret with what is secret in it: whoever reads the repository knows it \
        (Secret/a data); change it, and keep an ExternalSecret or SealedSecret here instead
        """)
  }

  @Test(
    "complains in the words of kubectl or kustomize, with paths as in the repository",
    arguments: [
      (
        #"E1123 02:08:19.79 1 run.go:72] "command failed" err="no \"x\" in '/tmp/b/repository/apps'""# + "\n",
        "no \"x\" in 'apps'"
      ),
      (
        "# Warning: 'bases' is deprecated\nError: may not add\n  resource twice\n",
        "may not add resource twice"
      ),
      ("E1123 run.go:72] \"command failed\" err=<\n\tfirst\n\tsecond\n >\n", "first second"),
      ("\u{1B}[31mred", "[31mred"), ("", "it says nothing"),
      (String(repeating: "x", count: 700), String(repeating: "x", count: 600) + "…"),
    ])
  func complaint(errors: String, expected: String) {
    #expect(KustomizeComplaint.text(Array(errors.utf8), top: "/tmp/b/repository") == expected)
  }

  private static let files = ["apps/kustomization.yaml": "namePrefix: a-"]
}
