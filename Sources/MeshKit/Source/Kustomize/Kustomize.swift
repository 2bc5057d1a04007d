import MeshProcedures
import MeshTopology
import Seams

/// The field's own tool for kustomizations: `kubectl kustomize`, or `kustomize build` where there is no kubectl.
struct Kustomize: Sendable {
  /// The most bytes that one kustomization may come to: as many as are read of one file.
  static let outputLimit = 4 << 20
  /// How long building one kustomization may take.
  static let timeout = Duration.seconds(30)

  private static let commands = [("kubectl", "kustomize"), ("kustomize", "build")]

  let programs: any ProgramRunner

  /// What the kustomization in `root` comes to, as a file that names it.
  func build(_ root: String, in folder: BuildFolder) async throws -> TopologyFile {
    let place = root.isEmpty ? "(kustomize)" : "\(root) (kustomize)"
    for (name, verb) in Self.commands {
      do {
        let result = try await programs.run(program(name, verb, root: root, folder: folder))
        guard result.status == 0 else {
          throw ProcedureError(
            .invalidInput,
            "the kustomization cannot be built: \(KustomizeComplaint.text(result.errors, top: folder.top))",
            place: place, remedy: "try it with: \(name) \(verb) \(root.isEmpty ? "." : root)")
        }
        return TopologyFile(path: place, bytes: result.output)
      } catch let error as ProgramError {
        if error.code == .notInstalled { continue }
        throw Self.failure(error, at: place)
      }
    }
    throw ProcedureError(
      .unreachable, "neither kubectl nor kustomize is installed, and one of them builds kustomizations",
      place: place, remedy: "install kubectl, or put its folder into PATH")
  }

  /// The folder is no argument, so that no name of one can be taken for an option or a URL.
  private func program(_ name: String, _ verb: String, root: String, folder: BuildFolder) -> Program {
    // Nothing is fetched after all that was refused; should a reference get past, it goes to a proxy that
    // cannot be, and git may speak no protocol.
    let nowhere = "http://127.0.0.1:0"
    return Program(
      name, arguments: [verb],
      environment: [
        "HOME": folder.home, "TMPDIR": folder.home, "KUBECONFIG": folder.home + "/none",
        "HTTP_PROXY": nowhere, "HTTPS_PROXY": nowhere, "ALL_PROXY": nowhere,
        "GIT_ALLOW_PROTOCOL": "none", "GIT_TERMINAL_PROMPT": "0",
      ],
      folder: CommitTree.join(folder.top, root), outputLimit: Self.outputLimit, timeout: Self.timeout)
  }

  private static func failure(_ error: ProgramError, at place: String) -> ProcedureError {
    switch error.code {
    case .timedOut:
      ProcedureError(
        .invalidInput, "building the kustomization takes more than \(timeout)", place: place,
        remedy: "make it of fewer bases and files")
    case .outputTooLarge:
      ProcedureError(
        .invalidInput, "the kustomization comes to more than \(outputLimit) bytes", place: place,
        remedy: "split it into several")
    default:
      ProcedureError(
        .unreachable, "\(error)", place: place, remedy: "check that it runs: \(commands[0].0) version")
    }
  }
}
