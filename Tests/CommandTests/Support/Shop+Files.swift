import Foundation
import Testing

extension Shop {
  func write(_ path: String, _ text: String) throws {
    let url = work.appending(path: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  func commit(_ message: String) throws {
    try git("add", "--all")
    try git("commit", "--quiet", "-m", message)
  }

  func commit(_ path: String, _ text: String) throws {
    try write(path, text)
    try commit("Write \(path)")
  }

  /// Changes a file in one place and commits it.
  func edit(_ path: String, _ old: String, _ new: String) throws {
    let text = try String(contentsOf: work.appending(path: path), encoding: .utf8)
    let range = try #require(text.range(of: old), "\(path) has no \(old)")
    try commit(path, text.replacingCharacters(in: range, with: new))
  }

  /// Commits another version of user-service.
  func release(_ version: String) throws {
    try edit("user-service.yaml", "user-service:1.4.2", "user-service:\(version)")
  }

  /// Where git keeps an object that is not in a pack.
  func looseObject(_ name: String) throws -> URL {
    let id = try git("rev-parse", name)
    return work.appending(path: ".git/objects/\(id.prefix(2))/\(id.dropFirst(2))")
  }

  /// Everything in the work tree by path, the repository and the state of the clusters included.
  func contents() throws -> [String: Data] {
    var contents: [String: Data] = [:]
    let entries = FileManager.default.enumerator(at: work, includingPropertiesForKeys: [.isRegularFileKey])
    for case let url as URL in entries ?? .init() {
      guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { continue }
      contents[url.path(percentEncoded: false)] = try Data(contentsOf: url)
    }
    return contents
  }

  /// The files that differ from `former`, or are new or gone.
  func changes(since former: [String: Data]) throws -> [String] {
    let present = try contents()
    return Set(former.keys).union(present.keys).filter { former[$0] != present[$0] }.sorted()
  }
}
