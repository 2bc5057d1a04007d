import Foundation
import KubeModel
import Testing

/// A repository made from Examples/microservices in a temporary folder, gone with this value. Commands run
/// in its work tree, where `.meshctl` is as well.
final class Shop: Sendable {
  /// How far a shop has come when a test gets it.
  enum Start: Sendable {
    /// An empty folder.
    case folder
    /// The topology is committed; no cluster is there.
    case committed
    /// Both clusters are in step with the commit.
    case synced
    /// A rollout of user-service to 1.5.0 waits for a person.
    case holding
  }

  let root: URL

  /// The work tree.
  var work: URL { root.appending(path: "shop") }
  var state: URL { work.appending(path: ".meshctl") }

  convenience init(_ start: Start) throws {
    try self.init(start, within: FileManager.default.temporaryDirectory.resolvingSymlinksInPath())
  }

  private init(_ start: Start, within folder: URL) throws {
    root = folder.appending(path: "shop-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    if let model = try Shop.model(of: start) {
      try FileManager.default.copyItem(at: model.root, to: root)
    } else {
      try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
    }
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  // MARK: Models, made once and copied

  private static let models: URL = {
    atexit { try? FileManager.default.removeItem(at: Shop.models) }
    return FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appending(path: "shops-\(UUID().uuidString)")
  }()

  private static let committed = Result {
    let shop = try Shop(.folder, within: models)
    let example = Build.root.appending(path: "Examples/microservices")
    for file in try FileManager.default.contentsOfDirectory(at: example, includingPropertiesForKeys: nil) {
      try FileManager.default.copyItem(at: file, to: shop.work.appending(path: file.lastPathComponent))
    }
    try shop.git("init", "--quiet", "--initial-branch=main", "--template=")
    try shop.commit("The shop as it runs today")
    return shop
  }

  private static let synced = Result {
    let shop = try Shop(.committed, within: models)
    try shop.meshctl(expecting: 0, "sync")
    return shop
  }

  private static let holding = Result {
    let shop = try Shop(.synced, within: models)
    try shop.meshctl(expecting: 5, "rollout", "user-service", "--image", Shop.image("1.5.0"), "--hold")
    return shop
  }

  private static func model(of start: Start) throws -> Shop? {
    switch start {
    case .folder: nil
    case .committed: try committed.get()
    case .synced: try synced.get()
    case .holding: try holding.get()
    }
  }

  // MARK: Commands

  static func image(_ version: String) -> String { "gcr.io/project/user-service:\(version)" }

  func start(_ words: [String]) throws -> Program {
    try Program(words, in: work, environment: Build.environment(home: root))
  }

  func run(_ words: [String]) throws -> Outcome { try start(words).outcome() }

  func meshctl(_ arguments: [String]) throws -> Outcome { try run(["meshctl"] + arguments) }

  /// Runs meshctl and expects an exit status.
  @discardableResult
  func meshctl(
    expecting status: Int32, _ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Outcome {
    let outcome = try meshctl(arguments)
    #expect(outcome.status == status, "meshctl \(arguments): \(outcome)", sourceLocation: sourceLocation)
    return outcome
  }

  /// The number of objects that a cluster is to have; the primary one by default.
  func objectCount(in cluster: String = "microservices-cluster") throws -> Int {
    let outcome = try meshctl(["render", "--cluster", cluster, "--output", "json"])
    return try JSONValue(json: outcome.output).array?.count ?? 0
  }

  /// Runs git and gives what it wrote, without the end of the line.
  @discardableResult
  func git(_ arguments: String...) throws -> String {
    let outcome = try run(["git"] + arguments)
    try #require(outcome.status == 0, "git \(arguments): \(outcome)")
    return outcome.output.trimmingCharacters(in: .newlines)
  }
}
