import Foundation
import KubeModel
import Testing

/// The embedded cluster of the primary region as it lies on disk.
struct StoredCluster {
  private let objects: [JSONValue]

  init(_ folder: URL) throws {
    let journal = try Data(contentsOf: folder.appending(path: "journal.jsonl"))
    try #require(journal.isEmpty, "the last command has not folded the journal into the snapshot")
    let bytes = try Data(contentsOf: folder.appending(path: "snapshot.json"))
    // Each is a pair: the kind as the cluster knows it, and the object.
    objects = try #require(try JSONValue(json: [UInt8](bytes))["objects"]?.array).compactMap {
      $0.array?.last
    }
  }

  func object(_ kind: String, _ name: String) -> JSONValue? {
    objects.first { $0["kind"]?.string == kind && $0[path: "metadata", "name"]?.string == name }
  }

  /// The image that a Deployment runs.
  func image(of deployment: String) -> String? {
    object("Deployment", deployment)?[path: "spec", "template", "spec", "containers"]?.array?.first?["image"]?
      .string
  }

  /// The weights of the last route of user-service, the one for everybody, by subset.
  var weights: [String: Int64] {
    let route = object("VirtualService", "user-service")?[path: "spec", "http"]?.array?.last
    let pairs = (route?["route"]?.array ?? []).map { target in
      (target[path: "destination", "subset"]?.string ?? "", target["weight"]?.int ?? 100)
    }
    return Dictionary(pairs) { first, _ in first }
  }
}

extension Shop {
  func cluster(_ name: String = "microservices-cluster") throws -> StoredCluster {
    try StoredCluster(state.appending(path: "clusters/\(name)"))
  }

  /// The bytes in the journal of the primary region's cluster.
  var journalSize: Int {
    var information = stat()
    let path = state.appending(path: "clusters/microservices-cluster/journal.jsonl").path(
      percentEncoded: false)
    return stat(path, &information) == 0 ? Int(information.st_size) : 0
  }

  /// The kinds of the objects that the journals of all clusters hold.
  func journaledKinds() throws -> Set<String> {
    let clusters = state.appending(path: "clusters")
    let names =
      (try? FileManager.default.contentsOfDirectory(atPath: clusters.path(percentEncoded: false))) ?? []
    return Set(
      try names.flatMap { name in
        let journal = clusters.appending(path: name + "/journal.jsonl")
        guard let data = try? Data(contentsOf: journal) else { return [String]() }
        return try data.split(separator: UInt8(ascii: "\n")).compactMap {
          try JSONValue(json: [UInt8]($0))["kind"]?.array?.dropFirst(2).first?.string
        }
      })
  }

  /// What a command with `--output json` says.
  func json(_ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation) throws -> JSONValue {
    let outcome = try meshctl(arguments + ["--output", "json"])
    return try #require(
      try? JSONValue(json: outcome.output), "\(arguments): \(outcome)", sourceLocation: sourceLocation)
  }

  /// Turns the stored cluster back to what it was a moment before.
  func replaceInSnapshot(_ old: String, _ new: String) throws {
    let url = state.appending(path: "clusters/microservices-cluster/snapshot.json")
    let text = try String(contentsOf: url, encoding: .utf8)
    try #require(text.contains(old))
    try Data(text.replacing(old, with: new).utf8).write(to: url)
  }

  func history() throws -> [JSONValue] {
    try #require(try json("rollout", "history", "user-service").array)
  }
}
