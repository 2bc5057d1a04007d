import Foundation
import Testing

@testable import GitStore

@Suite("A hostile tree is refused, with its id and entry named")
struct HostileTreeTests {
  struct Name: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    let shown: String

    init(_ text: String, _ bytes: [UInt8]? = nil, shown: String? = nil) {
      testDescription = text
      self.bytes = bytes ?? Array(text.utf8)
      self.shown = shown ?? "\"\(text)\""
    }
  }

  @Test(
    "for a name that leads elsewhere, from a real repository",
    arguments: [
      Name(".."), Name("."), Name(".git"), Name(".GIT"), Name("../up"), Name("a/b"), Name("/etc/passwd"),
      Name("invalid UTF-8", [0x61, 0xFF, 0xFE], shown: "not valid UTF-8"),
      Name("overlong slash", [0xC0, 0xAF], shown: "not valid UTF-8"),
      Name("empty", [], shown: "without a name"),
      Name("too long", Array(repeating: 0x61, count: 256), shown: "longer than 255"),
    ])
  func names(_ name: Name) async throws {
    let fixture = try Fixture()
    let blob = try fixture.blob("x")
    let tree = try fixture.rawTree([RawEntry("100644", name.bytes, blob)])
    let id = try fixture.commit(rawTree: [RawEntry("40000", "folder", tree)])
    let repository = try await fixture.open()
    let error = try await expectError(.unsafePath) { _ = try await repository.entries(at: id) }
    #expect(error.message.contains(tree))
    #expect(error.message.contains(name.shown))
    #expect(error.place.object == "\(id):folder")
    try await expectError(.unsafePath) { _ = try await repository.files(at: id) }
    try await expectError(.unsafePath) { _ = try await repository.read("folder/x", at: id) }
  }

  @Test("for control characters, which an error spells out instead of sending them to a terminal")
  func controlCharacters() async throws {
    let fixture = try Fixture()
    let tree = try fixture.rawTree([RawEntry("100644", "\u{1B}[2J/..", try fixture.blob(""))])
    let id = try fixture.commit(tree: tree)
    let repository = try await fixture.open()
    let error = try await expectError(.unsafePath) { _ = try await repository.entries(at: id) }
    #expect(error.message.contains("\\u{1b}[2J"))
    #expect(!error.description.contains("\u{1B}"))
  }

  @Test("for two entries of one name, an unknown mode, and an entry that is not what its mode says")
  func contradictions() async throws {
    let fixture = try Fixture()
    let blob = try fixture.blob("x")
    let tree = try fixture.rawTree([RawEntry("100644", "f", blob)])
    let repository = try await fixture.open()
    for entries in [
      [RawEntry("100644", "a", blob), RawEntry("40000", "a", tree)], [RawEntry("0", "a", blob)],
      [RawEntry("40000", "a", blob)], [RawEntry("100644", "a", tree)],
    ] {
      let id = try fixture.commit(rawTree: entries)
      try await expectError(.objectCorrupt) { _ = try await repository.files(at: id) }
    }
  }

  @Test(
    "when its bytes are cut or nonsense",
    arguments: [
      "1", "100644", "100644 ", "100644 name", "100644 name\0", "100644 name\0short", " name\0", "abc",
      "9 name\0", "10064400 name\0", "-1 name\0",
    ])
  func malformed(_ text: String) throws {
    let error = #expect(throws: TreeParser.Defect.self) {
      try TreeParser.entries(of: Array(text.utf8), maxEntries: 10)
    }
    #expect(try #require(error).code == .objectCorrupt)
  }

  @Test("and no cut or changed byte of a good tree crashes the reader")
  func everyByte() throws {
    let id = String(repeating: "ab", count: 20)
    let tree = [RawEntry("100644", "file", id), RawEntry("40000", "folder", id)]
      .reduce(into: Data()) { $0.append($1.bytes) }
    let bytes = [UInt8](tree)
    #expect(try TreeParser.entries(of: bytes, maxEntries: 2).map(\.name) == ["file", "folder"])
    for index in bytes.indices {
      // Only that it returns: both outcomes are right for some of these.
      _ = try? TreeParser.entries(of: Array(bytes[..<index]), maxEntries: 2)
      for value in UInt8.min...UInt8.max {
        var changed = bytes
        changed[index] = value
        let entries = try? TreeParser.entries(of: changed, maxEntries: 2)
        #expect(entries?.allSatisfy { RepositoryPath.isSafe(component: $0.name) } ?? true)
      }
    }
  }
}
