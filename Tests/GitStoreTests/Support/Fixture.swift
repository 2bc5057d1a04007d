import Foundation
import GitStore
import Testing

/// A temporary folder with a repository in it, gone with this value.
final class Fixture: Sendable {
  let root: String
  let work: String
  let git: Git

  init(empty: Bool = false) throws {
    let base = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
    root = base.appending(path: "gitstore-\(UUID().uuidString)").path(percentEncoded: false)
    work = root + "/work"
    git = Git(home: root)
    try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: true)
    try run("init", "--quiet", "--initial-branch=main")
    if !empty { try commit(["README.md": "hello\n"], "First") }
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  @discardableResult
  func run(_ arguments: String..., input: Data = Data()) throws -> String {
    try git.run(arguments, in: work, input: input)
  }

  func write(_ path: String, _ text: String) throws {
    let url = URL(filePath: work).appending(path: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  @discardableResult
  func commit(_ files: [String: String], _ message: String) throws -> CommitID {
    for (path, text) in files { try write(path, text) }
    try run("add", "--all")
    try run("commit", "--quiet", "--allow-empty", "-m", message)
    return try id("HEAD")
  }

  func id(_ revision: String) throws -> CommitID {
    try #require(CommitID(run("rev-parse", "\(revision)^{commit}")))
  }

  /// Writes a tree that git itself would not make, and a commit of it.
  func commit(rawTree entries: [RawEntry]) throws -> CommitID {
    try commit(tree: rawTree(entries))
  }

  func commit(tree: String) throws -> CommitID {
    try #require(CommitID(run("commit-tree", tree, "-m", "Hostile")))
  }

  func rawTree(_ entries: [RawEntry]) throws -> String {
    let bytes = entries.reduce(into: Data()) { $0.append($1.bytes) }
    return try run("hash-object", "-w", "--stdin", "-t", "tree", "--literally", input: bytes)
  }

  func blob(_ text: String) throws -> String {
    try run("hash-object", "-w", "--stdin", input: Data(text.utf8))
  }

  /// Where git keeps an object that is not in a pack.
  func looseFile(_ id: String) -> String { "\(work)/.git/objects/\(id.prefix(2))/\(id.dropFirst(2))" }

  func open(limits: GitLimits = GitLimits()) async throws -> GitRepository {
    try await GitRepository.open(at: work, limits: limits)
  }

  /// What is in the temporary folder besides the work tree.
  func siblings() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root).filter { $0 != "work" }
  }
}

/// An entry of a tree, as bytes.
struct RawEntry {
  let bytes: Data

  init(_ mode: String, _ name: String, _ id: String) { self.init(mode, Array(name.utf8), id) }

  init(_ mode: String, _ name: [UInt8], _ id: String) {
    var raw = Data("\(mode) ".utf8)
    raw.append(contentsOf: name)
    raw.append(0)
    var digits = id[...]
    while !digits.isEmpty {
      raw.append(UInt8(digits.prefix(2), radix: 16) ?? 0)
      digits = digits.dropFirst(2)
    }
    bytes = raw
  }
}

/// A repository together with the folder that must not go before it.
struct KeptRepository: Sendable {
  let fixture: Fixture
  let value: GitRepository
}

extension Fixture {
  func openKept() async throws -> KeptRepository { KeptRepository(fixture: self, value: try await open()) }
}
