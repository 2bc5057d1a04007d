import Foundation
import Testing

@testable import GitStore

@Suite("A damaged repository is reported, with the object and where it was needed")
struct DamageTests {
  enum Part: String, CaseIterable {
    case commit = "HEAD"
    case tree = "HEAD^{tree}"
    case blob = "HEAD:README.md"
  }

  @Test("when an object is missing", arguments: Part.allCases)
  func missing(_ part: Part) async throws {
    try await expect(.objectMissing, part) { try FileManager.default.removeItem(atPath: $0) }
  }

  @Test("when an object's file is overwritten", arguments: Part.allCases)
  func garbage(_ part: Part) async throws {
    try await expect(.objectCorrupt, part) { try overwrite($0, Data("garbage".utf8)) }
  }

  @Test("when an object's file is empty, as after a power failure", arguments: Part.allCases)
  func empty(_ part: Part) async throws {
    try await expect(.objectCorrupt, part) { try overwrite($0, Data()) }
  }

  @Test("when an object's file is cut short", arguments: Part.allCases)
  func cut(_ part: Part) async throws {
    try await expect(.objectCorrupt, part) { path in
      let data = try Data(contentsOf: URL(filePath: path))
      try overwrite(path, data.prefix(data.count / 2))
    }
  }

  @Test("when the file of a tag is cut short")
  func cutTag() async throws {
    let fixture = try Fixture()
    try fixture.run("tag", "-a", "v1", "-m", "One")
    let path = fixture.looseFile(try fixture.run("rev-parse", "v1"))
    try overwrite(path, Data(contentsOf: URL(filePath: path)).dropLast(20))
    let repository = try await fixture.open()
    try await expectError(.objectCorrupt) { _ = try await repository.resolve("v1") }
  }

  @Test("and every length that a file can be cut to is told from the whole", arguments: Text.allCases)
  func everyCut(_ text: Text) throws {
    let fixture = try Fixture(empty: true)
    let level = text == .stored ? "0" : "9"
    let object = try fixture.run(
      "-c", "core.looseCompression=\(level)", "hash-object", "-w", "--stdin", input: text.content)
    let bytes = try [UInt8](Data(contentsOf: URL(filePath: fixture.looseFile(object))))
    #expect(!DeflateStream.isCutShort(bytes))
    for count in bytes.indices {
      #expect(DeflateStream.isCutShort(Array(bytes[..<count])))
      for mask in [1, 6, 24, 0x80, 0xFF] as [UInt8] {
        var changed = bytes
        changed[count] ^= mask
        // Only that it returns: a changed stream may or may not seem to end.
        _ = DeflateStream.isCutShort(changed)
      }
    }
  }

  /// Content that zlib writes in each of its three kinds of block.
  enum Text: CaseIterable {
    case stored, fixed, dynamic, repeated

    var content: Data {
      switch self {
      case .stored: Data((0..<300).map { UInt8($0 % 251) })
      case .fixed: Data("short".utf8)
      case .dynamic: Data((0..<400).map { "line \($0 * $0 % 97) of a file\n" }.joined().utf8)
      case .repeated: Data(repeating: 7, count: 100_000)
      }
    }
  }

  @Test("when an object holds the content of another")
  func swapped() async throws {
    let fixture = try Fixture()
    let other = try fixture.blob("other")
    let data = try Data(contentsOf: URL(filePath: fixture.looseFile(other)))
    let blob = try fixture.run("rev-parse", Part.blob.rawValue)
    try overwrite(fixture.looseFile(blob), data)
    let id = try fixture.id("HEAD")
    let repository = try await fixture.open()
    let error = try await expectError(.objectCorrupt) { _ = try await repository.read("README.md", at: id) }
    #expect(error.message.contains(blob))
  }

  @Test("when a branch names no object, or is no reference at all")
  func reference() async throws {
    let fixture = try Fixture()
    let path = fixture.work + "/.git/refs/heads/odd"
    let missing = String(repeating: "12", count: 20)
    let repository = try await fixture.open()
    try Data("\(missing)\n".utf8).write(to: URL(filePath: path))
    let error = try await expectError(.objectMissing) { _ = try await repository.resolve("odd") }
    #expect(error.message.contains(missing))
    try Data("nonsense".utf8).write(to: URL(filePath: path))
    try await expectError(.objectCorrupt) { _ = try await repository.resolve("odd") }
  }

  private func expect(
    _ code: GitError.Code, _ part: Part, sourceLocation: SourceLocation = #_sourceLocation,
    _ damage: (String) throws -> Void
  ) async throws {
    let fixture = try Fixture()
    let id = try fixture.id("HEAD")
    let object = try fixture.run("rev-parse", part.rawValue)
    try damage(fixture.looseFile(object))
    let repository = try await fixture.open()
    let error = try await expectError(code, sourceLocation: sourceLocation) {
      _ = try await repository.files(at: id)
    }
    #expect(error.message.contains(object), sourceLocation: sourceLocation)
    let place = [Part.commit: "\(id)", .tree: "\(id):", .blob: "\(id):README.md"][part]
    #expect(error.place.object == place, sourceLocation: sourceLocation)
    #expect(error.remedy.contains("git fsck"), sourceLocation: sourceLocation)
  }

  private func overwrite(_ path: String, _ data: Data) throws {
    try FileManager.default.removeItem(atPath: path)
    try data.write(to: URL(filePath: path))
  }
}
