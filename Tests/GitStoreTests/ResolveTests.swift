import Foundation
import GitStore
import Testing

@Suite("A revision resolves to a commit")
struct ResolveTests {
  @Test(
    "by branch, tag, remote branch, id, abbreviated id, full reference name and HEAD",
    arguments: [
      "main", "HEAD", "v1", "annotated", "nested", "origin/next", "next", "refs/heads/main",
      "refs/tags/annotated", "refs/remotes/origin/next", "feature/with/slashes",
    ], [false, true])
  func names(_ revision: String, isPacked: Bool) async throws {
    let fixture = try Fixture()
    try fixture.run("tag", "v1")
    try fixture.run("tag", "-a", "annotated", "-m", "One")
    try fixture.run("tag", "-a", "nested", "-m", "Two", "annotated")
    try fixture.run("branch", "feature/with/slashes")
    try fixture.run("update-ref", "refs/remotes/origin/next", "HEAD")
    if isPacked { try fixture.run("pack-refs", "--all") }
    let id = try fixture.id("HEAD")
    let repository = try await fixture.open()
    #expect(try await repository.resolve(revision) == id)
  }

  @Test("by its id, whole, in capitals, or abbreviated, also from a pack", arguments: [false, true])
  func ids(isPacked: Bool) async throws {
    let fixture = try Fixture()
    let id = try fixture.id("HEAD")
    if isPacked { try fixture.run("repack", "-a", "-d", "--quiet") }
    let repository = try await fixture.open()
    for text in [id.description, id.description.uppercased(), String(id.description.prefix(10))] {
      #expect(try await repository.resolve(text) == id)
    }
  }

  @Test("a local branch wins over the remote's branch of the same name")
  func localBranchWins() async throws {
    let fixture = try Fixture()
    let first = try fixture.id("HEAD")
    try fixture.run("update-ref", "refs/remotes/origin/main", first.description)
    let second = try fixture.commit([:], "Second")
    let repository = try await fixture.open()
    #expect(try await repository.resolve("main") == second)
    #expect(try await repository.resolve("origin/main") == first)
  }

  @Test("a detached HEAD resolves, and names no branch")
  func detachedHead() async throws {
    let fixture = try Fixture()
    let first = try fixture.id("HEAD")
    try fixture.commit([:], "Second")
    try fixture.run("checkout", "--quiet", "--detach", first.description)
    let repository = try await fixture.open()
    #expect(try await repository.resolve("HEAD") == first)
    #expect(try await repository.defaultBranch() == nil)
  }

  @Test("an empty repository says so, whatever is asked for", arguments: ["HEAD", "main", "v1"])
  func emptyRepository(_ revision: String) async throws {
    let repository = try await Fixture(empty: true).openKept()
    try await expectError(.emptyRepository) { _ = try await repository.value.resolve(revision) }
    #expect(try await repository.value.defaultBranch() == "main")
  }

  @Test("a mistyped name is answered with the nearest names, five at most")
  func nearNames() async throws {
    let fixture = try Fixture()
    for name in ["staging", "production", "release-1", "release-2", "release-3"] {
      try fixture.run("branch", name)
    }
    try fixture.run("tag", "v1.0")
    let repository = try await fixture.open()
    let error = try await expectError(.revisionNotFound) { _ = try await repository.resolve("stagin") }
    #expect(error.remedy.contains("nearest names: \"staging\", "))
    #expect(error.remedy.split(separator: "\"").count { $0 != ", " } == 6, "a beginning and five names")
  }

  @Test(
    "what is no name is not found, and never an option or a search",
    arguments: [
      "", " ", "..", "--all", "main~1", "HEAD^", ":/First", "main@{1}", "main\0x", "refs/heads/", "a b",
      "0123456789012345678901234567890123456789", "deadbeef", "../../etc/passwd",
    ])
  func notFound(_ revision: String) async throws {
    let repository = try await Fixture().openKept()
    let error = try await expectError(.revisionNotFound) {
      _ = try await repository.value.resolve(revision)
    }
    #expect(!error.remedy.isEmpty)
  }

  @Test("a prefix of two ids is ambiguous")
  func ambiguousPrefix() async throws {
    let fixture = try Fixture()
    // Two thousand objects have, by far, two that share four digits.
    let blobs = (0..<2_000).map { "blob\ndata <<END\n\($0)\nEND\n" }.joined()
    try fixture.run("fast-import", "--quiet", input: Data(blobs.utf8))
    let ids = try fixture.run("cat-file", "--batch-all-objects", "--batch-check=%(objectname)")
      .split(separator: "\n").map { $0.prefix(4) }
    let prefix = try #require(Dictionary(grouping: ids) { $0 }.first { $0.value.count > 1 }?.key)
    let repository = try await fixture.open()
    let error = try await expectError(.ambiguousRevision) {
      _ = try await repository.resolve(String(prefix))
    }
    #expect(error.remedy.contains("more digits"))
  }

  @Test("a name that is a branch and a tag is refused only when they differ")
  func branchAndTag() async throws {
    let fixture = try Fixture()
    let first = try fixture.id("HEAD")
    try fixture.run("tag", "main")
    let repository = try await fixture.open()
    #expect(try await repository.resolve("main") == first)
    let second = try fixture.commit([:], "Second")
    try await expectError(.ambiguousRevision) { _ = try await repository.resolve("main") }
    #expect(try await repository.resolve("refs/heads/main") == second)
    #expect(try await repository.resolve("refs/tags/main") == first)
  }

  @Test("a tag or id of a file or folder is not a commit", arguments: ["HEAD:README.md", "HEAD^{tree}"])
  func notACommit(_ object: String) async throws {
    let fixture = try Fixture()
    try fixture.run("tag", "-a", "odd", "-m", "Odd", object)
    let repository = try await fixture.open()
    try await expectError(.notACommit) { _ = try await repository.resolve("odd") }
    let id = try fixture.run("rev-parse", object)
    try await expectError(.notACommit) { _ = try await repository.resolve(id) }
    let commit = try #require(CommitID(id))
    try await expectError(.notACommit) { _ = try await repository.commit(commit) }
  }

  @Test("a commit id is read back from its text, and nothing else is one")
  func commitIDText() throws {
    let text = String(repeating: "0a", count: 20)
    #expect(CommitID(text)?.description == text)
    #expect(CommitID(text.uppercased()) == CommitID(text))
    for wrong in ["", "0a", text + "0", String(text.dropLast()) + "g", String(text.dropLast()) + "é"] {
      #expect(CommitID(wrong) == nil)
    }
    #expect(try #require(CommitID(text)) < #require(CommitID("1" + text.dropFirst())))
  }
}
