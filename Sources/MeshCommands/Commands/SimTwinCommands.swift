import ArgumentParser
import Foundation
import MeshKit

struct SimUp: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "up", abstract: "Make an embedded cluster of a live one or of manifests.",
    discussion: """
      A live cluster is listed by kubectl and only read. The twin gets what people and tools have put there; pods \
      and the like are made anew by its own controllers. The values of Secrets are replaced, unless \
      --with-secrets is given. Afterwards: meshctl sim serve.
      """)

  @Option(help: "A folder or file of manifests, or a context of the kubeconfig.")
  var from: String

  @Option(help: "The name of the new cluster; that of the folder or context by default.")
  var cluster: String?

  @Option(help: "The folder in which embedded clusters live.")
  var state = ".meshctl"

  @Flag(help: "Take the values of a live cluster's Secrets over, too; the state folder then holds them.")
  var withSecrets = false

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let cluster { try ClusterName.check(cluster, "--cluster") }
  }

  func run() async throws {
    let terminal = output.terminal
    let objects: [KubeObject]
    let name: String
    if let manifests = try Manifests.objects(at: from) {
      objects = manifests
      name = cluster ?? ClusterName.made(of: from)
    } else if from.contains("/") {
      throw Manifests.missing(from)
    } else {
      terminal.log("listing the cluster of context \(from)")
      let live = LiveCluster(context: from, environment: ProcessInfo.processInfo.environment)
      let listed = try await live.objects(keepsSecrets: withSecrets)
      for complaint in listed.complaints { terminal.log("kubectl: \(complaint)") }
      objects = listed.objects
      name = cluster ?? ClusterName.made(of: from)
    }
    guard !objects.isEmpty else {
      throw ProcedureError(
        .invalidInput, "there is no Kubernetes object", place: from, remedy: "nothing was made")
    }
    terminal.log("bringing \(objects.count) objects into \(name)")
    try report(EmbeddedManifests(state: state).make(name, from: objects), terminal)
  }
}

/// Which embedded cluster a command is about.
struct ClusterOptions: ParsableArguments {
  @Option(help: "The cluster; the only one by default.")
  var cluster: String?

  @Option(help: "The folder in which embedded clusters live.")
  var state = ".meshctl"

  @OptionGroup var output: OutputOptions
}

struct SimImport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Bring manifests into an embedded cluster that exists.")

  @Argument(help: "A folder, a file, or - for standard input.")
  var source: String

  @OptionGroup var place: ClusterOptions

  func run() async throws {
    guard let objects = try Manifests.objects(at: source) else {
      throw Manifests.missing(source)
    }
    try report(
      EmbeddedManifests(state: place.state).import(objects, into: place.cluster), place.output.terminal)
  }
}

struct SimExport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write what an embedded cluster holds as ordinary manifests.",
    discussion: """
      Everything that somebody put there, in an order in which another cluster can take it, with the values of \
      Secrets. What a cluster makes by itself, such as pods of Deployments and states, is left out.
      """)

  @OptionGroup var place: ClusterOptions

  func run() async throws {
    let objects = try EmbeddedManifests(state: place.state).export(from: place.cluster)
    let list: JSONValue = ["apiVersion": "v1", "kind": "List", "items": .array(objects.map(\.json))]
    place.output.terminal.result(list, objects.map { "---\n" + $0.json.yamlText() }.joined())
  }
}

/// Manifests as they are named on the command line.
private enum Manifests {
  /// The objects in a folder, a file or, for `-`, in standard input; `nil` when there is none of that name.
  static func objects(at source: String) throws -> [KubeObject]? {
    if source == "-" { return try objects(in: .standardInput, "standard input") }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: source, isDirectory: &isFolder) else { return nil }
    if isFolder.boolValue { return try ManifestFolder(path: source).objects() }
    do {
      return try objects(in: FileHandle(forReadingFrom: URL(fileURLWithPath: source)), source)
    } catch let error as CocoaError {
      throw ProcedureError(
        .invalidInput, "the file cannot be read: \(error.localizedDescription)", place: source,
        remedy: "see to it that it can be read")
    }
  }

  static func missing(_ source: String) -> ProcedureError {
    ProcedureError(
      .invalidInput, "there is no such file or folder", place: source,
      remedy: "name a folder, a file, or - for standard input")
  }

  private static func objects(in handle: FileHandle, _ name: String) throws -> [KubeObject] {
    let bytes = [UInt8](try handle.readToEnd() ?? Data())
    return try ManifestFolder.objects(in: [TopologyFile(path: name, bytes: bytes)])
  }
}

private func report(_ report: EmbeddedManifests.Report, _ terminal: Terminal) throws {
  for refusal in report.refused { terminal.failure("\(refusal.object): \(refusal.message)") }
  terminal.result(
    [
      "cluster": .string(report.cluster), "objects": .int(Int64(report.taken)),
      "refused": .array(
        report.refused.map { ["object": .string("\($0.object)"), "message": .string($0.message)] }),
      "pods": ["ready": .int(Int64(report.pods.ready)), "all": .int(Int64(report.pods.all))],
      "time": .string(report.time.rfc3339),
    ],
    "\(report.cluster) (embedded): \(report.taken) objects taken, \(report.refused.count) refused, "
      + "\(report.pods.ready) of \(report.pods.all) pods ready")
  if !report.refused.isEmpty { throw ExitCode(1) }
}

/// Names of embedded clusters, which are names of folders and parts of paths too.
enum ClusterName {
  static func check(_ name: String, _ option: String) throws {
    guard isName(name) else {
      throw ValidationError(
        "\(option) \(name): a name has small letters, digits and -, and begins and ends with a letter or digit"
      )
    }
  }

  /// A name as near to `text` as can be: of a context such as `gke_project_region_name` the last part.
  static func made(of text: String) -> String {
    var part = text.split { "_/:@".contains($0) }.last.map(String.init) ?? text
    for ending in [".yaml", ".yml", ".json"] where part.hasSuffix(ending) { part.removeLast(ending.count) }
    let letters = part.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    let name = String(String(letters.prefix(63)).drop { $0 == "-" }.reversed().drop { $0 == "-" }.reversed())
    return name.isEmpty ? "twin" : name
  }

  private static func isName(_ name: String) -> Bool {
    func isPlain(_ byte: UInt8) -> Bool { (97...122).contains(byte) || (48...57).contains(byte) }
    guard let first = name.utf8.first, let last = name.utf8.last, name.utf8.count <= 63 else { return false }
    return isPlain(first) && isPlain(last) && name.utf8.allSatisfy { isPlain($0) || $0 == 45 }
  }
}
