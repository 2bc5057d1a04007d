public import KubeModel
import MeshProcedures
import MeshSim
public import Seams

/// A cluster that runs somewhere, listed by kubectl, which knows how to sign in.
public struct LiveCluster: Sendable {
  /// The context of the kubeconfig.
  public let context: String
  /// What runs kubectl.
  public let programs: any ProgramRunner
  /// What kubectl may know of the surroundings, such as `HOME` and `KUBECONFIG`.
  public let environment: [String: String]

  /// The cluster behind a context.
  public init(context: String, environment: [String: String], programs: any ProgramRunner = SystemPrograms())
  {
    self.context = context
    self.environment = environment
    self.programs = programs
  }

  private static let (outputLimit, timeout) = (1 << 30, Duration.seconds(600))

  /// Resources that no twin needs, or that are read in another form.
  private static let skipped: Set<String> = [
    "componentstatuses", "controllerrevisions.apps", "csinodes.storage.k8s.io",
    "csistoragecapacities.storage.k8s.io", "endpointslices.discovery.k8s.io", "events",
    "events.events.k8s.io",
    "leases.coordination.k8s.io", "nodes.metrics.k8s.io", "pods.metrics.k8s.io",
    "volumeattachments.storage.k8s.io",
  ]

  /// Everything in the cluster that a twin of it needs, and what kubectl complained about.
  ///
  /// - Parameter keepsSecrets: whether the values of Secrets are kept; otherwise each is replaced.
  /// - Throws: `ProcedureError` with `.unreachable` when kubectl is missing or gets no answer.
  public func objects(keepsSecrets: Bool) async throws -> (objects: [KubeObject], complaints: [String]) {
    let names = try await kubectl("api-resources", "--verbs=list", "--output=name")
    let resources = LiveCluster.lines(names.output).filter { !LiveCluster.skipped.contains($0) }
    guard names.status == 0 || !resources.isEmpty else { throw unreachable(names) }
    let listed = try await kubectl(
      "get", resources.joined(separator: ","), "--all-namespaces", "--ignore-not-found", "--output=json",
      "--chunk-size=500")
    guard let items = (try? JSONValue(json: listed.output))?["items"]?.array else {
      guard listed.status == 0, listed.output.isEmpty else { throw unreachable(listed) }
      return ([], LiveCluster.lines(listed.errors))
    }
    var form = PortableForm()
    form.keepsSecrets = keepsSecrets
    let complaints = LiveCluster.lines(names.errors) + LiveCluster.lines(listed.errors)
    let all = items.compactMap(KubeObject.init(_:))
    let selecting = Set(
      all.filter { $0.kind == "Service" && $0[path: "spec", "selector"]?.isNull == false }.map {
        "\($0.namespace ?? "")/\($0.name)"
      })
    // Endpoints follow from a Service that selects pods.
    let made = { (object: KubeObject) in
      object.kind == "Endpoints" && selecting.contains("\(object.namespace ?? "")/\(object.name)")
    }
    return (all.filter { !made($0) }.compactMap(form.of), complaints)
  }

  private func kubectl(_ arguments: String...) async throws -> ProgramResult {
    do {
      return try await programs.run(
        Program(
          "kubectl", arguments: ["--context", context] + arguments, environment: environment, folder: "/",
          outputLimit: LiveCluster.outputLimit, timeout: LiveCluster.timeout))
    } catch let error as ProgramError {
      throw ProcedureError(
        .unreachable, "\(error)", place: "context \(context)",
        remedy: error.code == .notInstalled
          ? "install kubectl, or name a folder of manifests with --from"
          : "check kubectl --context \(context)")
    }
  }

  private func unreachable(_ result: ProgramResult) -> ProcedureError {
    let words = LiveCluster.lines(result.errors).prefix(5).joined(separator: "\n")
    return ProcedureError(
      .unreachable, words.isEmpty ? "kubectl ended with status \(result.status)" : words,
      place: "context \(context)",
      remedy:
        "check it with kubectl --context \(context) get nodes, or name a folder of manifests with --from")
  }

  private static func lines(_ bytes: [UInt8]) -> [String] {
    String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
