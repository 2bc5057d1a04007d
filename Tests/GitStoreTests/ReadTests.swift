import Foundation
import GitStore
import Testing

@Suite("A commit is read")
struct ReadTests {
  @Test("with author, time, message and parents")
  func commit() async throws {
    let fixture = try Fixture()
    let first = try fixture.id("HEAD")
    let second = try fixture.commit([:], "Second\n\nWith a body.")
    let repository = try await fixture.open()
    let commit = try await repository.commit(second)
    #expect(commit.id == second)
    #expect(commit.author.name == "Ada Lovelace")
    #expect(commit.author.email == "ada@example.com")
    #expect(commit.author.seconds == 1_700_000_000)
    #expect(commit.author.offsetMinutes == 90)
    #expect(commit.summary == "Second")
    #expect(commit.message == "Second\n\nWith a body.\n")
    #expect(commit.parents == [first])
    #expect(try await repository.commit(first).parents == [])
  }

  @Test("as entries of every kind, none of them followed", arguments: [false, true])
  func kinds(isPacked: Bool) async throws {
    let fixture = try Fixture()
    let id = try commitOfEveryKind(fixture)
    if isPacked { try fixture.run("repack", "-a", "-d", "--quiet") }
    let repository = try await fixture.open()
    let entries = try await repository.entries(at: id)
    #expect(
      entries.map { "\($0.kind.rawValue) \($0.path)" } == [
        "file README.md", "tree a", "tree a/b", "file a/b/deep.yaml", "executable a/run.sh",
        "symlink link", "submodule module",
      ])
    #expect(try await repository.entries(at: id, under: "a/b").map(\.path) == ["a/b/deep.yaml"])
    #expect(try await repository.entries(at: id, under: "./a/b/").map(\.path) == ["a/b/deep.yaml"])
    #expect(try await repository.entries(at: id, under: "a/run.sh").map(\.path) == ["a/run.sh"])
    let yaml = try await repository.entries(at: id) { $0.hasSuffix(".yaml") }
    #expect(yaml.map(\.path) == ["a/b/deep.yaml"])
  }

  @Test("as files, with a link's target as its bytes and no submodules")
  func files() async throws {
    let fixture = try Fixture()
    let id = try commitOfEveryKind(fixture)
    let repository = try await fixture.open()
    let files = try await repository.files(at: id)
    #expect(
      files.map { "\($0.path): \(String(decoding: $0.bytes, as: UTF8.self))" } == [
        "README.md: hello\n", "a/b/deep.yaml: deep: true\n", "a/run.sh: #!/bin/sh\n", "link: /etc/passwd",
      ])
    #expect(files.last?.kind == .symlink)
    #expect(
      try await repository.files(at: id, under: "a") { $0.hasSuffix(".sh") }.map(\.path) == ["a/run.sh"])
    #expect(try await repository.read("a/b/deep.yaml", at: id) == Array("deep: true\n".utf8))
  }

  @Test("with an empty file, an empty commit, and names that only Swift takes for equal")
  func edges() async throws {
    let fixture = try Fixture()
    let blob = try fixture.blob("x")
    let empty = try fixture.blob("")
    let id = try fixture.commit(rawTree: [
      RawEntry("100644", "e\u{301}", blob), RawEntry("100664", "empty", empty),
      RawEntry("100644", "\u{e9}", empty),
    ])
    let repository = try await fixture.open()
    #expect(try await repository.read("e\u{301}", at: id) == Array("x".utf8))
    #expect(try await repository.read("\u{e9}", at: id) == [])
    #expect(try await repository.entries(at: id).map(\.kind) == [.file, .file, .file])
    let nothing = try fixture.commit(rawTree: [])
    #expect(try await repository.entries(at: nothing) == [])
  }

  @Test(
    "but not through links, submodules and files, nor where nothing is",
    arguments: [
      ("link", GitError.Code.notAFile), ("module", .notAFile), ("a", .notAFile), ("", .notAFile),
      ("link/x", .notAFile), ("module/x", .notAFile), ("README.md/x", .notAFile),
      ("missing", .pathNotFound), ("a/missing", .pathNotFound), ("readme.md", .pathNotFound),
      ("../work/README.md", .unsafePath), ("/README.md", .unsafePath), ("a/../README.md", .unsafePath),
      (".git/config", .unsafePath), ("a/.GIT/config", .unsafePath), ("README.md\0", .unsafePath),
    ])
  func refusals(_ path: String, _ code: GitError.Code) async throws {
    let fixture = try Fixture()
    let id = try commitOfEveryKind(fixture)
    let repository = try await fixture.open()
    let error = try await expectError(code) { _ = try await repository.read(path, at: id) }
    #expect(!error.remedy.isEmpty)
    #expect(error.place.object?.hasPrefix(id.description) == true)
  }

  @Test("a mistyped path is answered with the nearest")
  func nearPaths() async throws {
    let fixture = try Fixture()
    let id = try commitOfEveryKind(fixture)
    let repository = try await fixture.open()
    let error = try await expectError(.pathNotFound) { _ = try await repository.read("a/run", at: id) }
    #expect(error.description.contains("\"a/run.sh\""))
    #expect(error.place.object == "\(id):a/run")
  }

  private func commitOfEveryKind(_ fixture: Fixture) throws -> CommitID {
    let module = try fixture.id("HEAD")
    try fixture.write("a/b/deep.yaml", "deep: true\n")
    try fixture.write("a/run.sh", "#!/bin/sh\n")
    try fixture.run("add", "--all")
    try fixture.run("update-index", "--chmod=+x", "a/run.sh")
    let target = try fixture.blob("/etc/passwd")
    try fixture.run("update-index", "--add", "--cacheinfo", "120000,\(target),link")
    try fixture.run("update-index", "--add", "--cacheinfo", "160000,\(module),module")
    return try fixture.commit(tree: fixture.run("write-tree"))
  }
}
