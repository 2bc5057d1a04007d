import Foundation
import Testing

@testable import GitStore

@Suite("A local remote is cloned and fetched", .serialized)
struct FetchTests {
  @Test("by path and by file URL, bare and whole", arguments: ["", "file://"])
  func clone(_ prefix: String) async throws {
    let fixture = try Fixture()
    try fixture.run("tag", "-a", "v1", "-m", "One")
    try fixture.run("branch", "next")
    let id = try fixture.id("HEAD")
    let cache = fixture.root + "/caches/mesh"
    let repository = try await GitRepository.clone(from: GitRemote(prefix + fixture.work), to: cache)
    for name in ["main", "HEAD", "v1", "next", "origin/main", String(id.description.prefix(8))] {
      #expect(try await repository.resolve(name) == id)
    }
    #expect(try await repository.defaultBranch() == "main")
    #expect(try await repository.read("README.md", at: id) == Array("hello\n".utf8))
    #expect(try fixture.git.run("rev-parse", "--is-bare-repository", in: cache) == "true")
    #expect(try fixture.git.run("fsck", "--strict", in: cache) == "")
    #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.root + "/caches") == ["mesh"])
  }

  @Test("into an empty folder, but not into one in use")
  func destination() async throws {
    let fixture = try Fixture()
    let cache = fixture.root + "/cache"
    try FileManager.default.createDirectory(atPath: cache, withIntermediateDirectories: false)
    let remote = try GitRemote(fixture.work)
    _ = try await GitRepository.clone(from: remote, to: cache)
    try await expectError(.destinationExists) { _ = try await GitRepository.clone(from: remote, to: cache) }
    #expect(try fixture.siblings() == ["cache"])
  }

  @Test("and a new commit, branch and tag are seen")
  func news() async throws {
    let fixture = try Fixture()
    let first = try fixture.id("HEAD")
    let remote = try GitRemote(fixture.work)
    let repository = try await GitRepository.clone(from: remote, to: fixture.root + "/cache")
    #expect(try await repository.fetch(from: remote) == [])
    let second = try fixture.commit(["new": ""], "Second")
    try fixture.run("branch", "topic/new")
    try fixture.run("tag", "v2")
    let changes = try await repository.fetch(from: remote)
    #expect(
      Set(changes) == [
        GitReferenceChange("refs/remotes/origin/main", first, second),
        GitReferenceChange("refs/remotes/origin/topic/new", nil, second),
        GitReferenceChange("refs/tags/v2", nil, second),
      ])
    for name in ["main", "HEAD", "topic/new", "v2"] {
      #expect(try await repository.resolve(name) == second)
    }
  }

  @Test("and a branch that was force-pushed is followed")
  func forcePush() async throws {
    let fixture = try Fixture()
    let remote = try GitRemote(fixture.work)
    let old = try fixture.commit([:], "Old")
    let repository = try await GitRepository.clone(from: remote, to: fixture.root + "/cache")
    try fixture.run("reset", "--quiet", "--hard", "HEAD~1")
    let new = try fixture.commit(["other": ""], "New")
    let changes = try await repository.fetch(from: remote)
    #expect(changes == [GitReferenceChange("refs/remotes/origin/main", old, new)])
    #expect(try await repository.resolve("main") == new)
  }

  @Test("and what the remote deletes, moves or renames is followed in a cache")
  func deletions() async throws {
    let fixture = try Fixture()
    try fixture.run("branch", "topic")
    try fixture.run("tag", "moved")
    try fixture.run("tag", "deleted")
    let remote = try GitRemote(fixture.work)
    let repository = try await GitRepository.clone(from: remote, to: fixture.root + "/cache")
    try fixture.run("branch", "-D", "topic")
    // In the file system a branch "topic" would be in the way of this one.
    try fixture.run("branch", "topic/deeper")
    try fixture.run("tag", "-d", "deleted")
    let second = try fixture.commit([:], "Second")
    try fixture.run("tag", "-f", "moved")
    try fixture.run("branch", "-m", "main", "trunk")
    try await repository.fetch(from: remote)
    for name in ["topic", "deleted", "main"] {
      try await expectError(.revisionNotFound) { _ = try await repository.resolve(name) }
    }
    #expect(try await repository.resolve("moved") == second)
    #expect(try await repository.defaultBranch() == "trunk")
    #expect(try await repository.resolve("HEAD") == second)
    _ = try await repository.resolve("topic/deeper")
  }

  @Test("into a user's repository without touching branches, tags or configuration of its own")
  func userRepository() async throws {
    let fixture = try Fixture()
    try fixture.run("tag", "release")
    try fixture.run("clone", "--quiet", ".", "../mine")
    let mine = fixture.root + "/mine"
    try fixture.git.run("commit", "--quiet", "--allow-empty", "-m", "Mine", in: mine)
    for tag in ["release", "only-mine"] { try fixture.git.run("tag", "-f", tag, in: mine) }
    let own = try fixture.git.run("rev-parse", "HEAD", in: mine)
    let config = try String(contentsOfFile: mine + "/.git/config", encoding: .utf8)
    let theirs = try fixture.commit(["theirs": ""], "Theirs")
    try fixture.run("tag", "theirs")
    let repository = try await GitRepository.open(at: mine)
    try await repository.fetch(from: GitRemote(fixture.work))
    for name in ["main", "release", "only-mine", "HEAD"] {
      #expect(try await repository.resolve(name).description == own)
    }
    #expect(try await repository.resolve("origin/main") == theirs)
    #expect(try await repository.resolve("theirs") == theirs)
    #expect(try String(contentsOfFile: mine + "/.git/config", encoding: .utf8) == config)
  }

  @Test("when it is empty, and once it no longer is")
  func emptyRemote() async throws {
    let fixture = try Fixture(empty: true)
    let remote = try GitRemote(fixture.work)
    let repository = try await GitRepository.clone(from: remote, to: fixture.root + "/cache")
    try await expectError(.emptyRepository) { _ = try await repository.resolve("HEAD") }
    let first = try fixture.commit(["a": ""], "First")
    try await repository.fetch(from: remote)
    #expect(try await repository.resolve("HEAD") == first)
  }

  @Test("or the error says what is there instead, and nothing is left behind")
  func missingRemote() async throws {
    let fixture = try Fixture()
    try Data().write(to: URL(filePath: fixture.root + "/file"))
    for place in ["/missing", "/file", "/work/README.md"] {
      let remote = try GitRemote(fixture.root + place)
      let error = try await expectError(.notARepository) {
        _ = try await GitRepository.clone(from: remote, to: fixture.root + "/cache")
      }
      #expect(error.place.repository.hasSuffix(place))
    }
    #expect(try fixture.siblings() == ["file"])
  }

  @Test("or a damaged remote fails the clone, and nothing is left behind")
  func damagedRemote() async throws {
    let fixture = try Fixture()
    try FileManager.default.removeItem(atPath: fixture.looseFile(fixture.run("rev-parse", "HEAD^{tree}")))
    await #expect(throws: GitError.self) {
      _ = try await GitRepository.clone(from: GitRemote(fixture.work), to: fixture.root + "/cache")
    }
    #expect(try fixture.siblings() == [])
  }

  @Test("and what a killed clone left is neither used nor in the way")
  func leftovers() async throws {
    let fixture = try Fixture()
    let leftover = fixture.root + "/.cache.partial-1"
    try FileManager.default.createDirectory(atPath: leftover, withIntermediateDirectories: false)
    try Data("half".utf8).write(to: URL(filePath: leftover + "/HEAD"))
    _ = try await GitRepository.clone(from: GitRemote(fixture.work), to: fixture.root + "/cache")
    #expect(try fixture.siblings().sorted() == [".cache.partial-1", "cache"])
  }
}

extension GitReferenceChange {
  fileprivate init(_ name: String, _ old: CommitID?, _ new: CommitID) {
    self.init(name: name, old: old?.object, new: new.object)
  }
}
