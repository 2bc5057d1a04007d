import Foundation
import GitStore
import Testing

@Suite("Reading keeps to its limits")
struct LimitTests {
  @Test("a file over the limit is refused, one at the limit is read")
  func blob() async throws {
    let fixture = try Fixture()
    let id = try fixture.commit(
      ["big": String(repeating: "x", count: 401), "fits": String(repeating: "x", count: 400)], "Files")
    let repository = try await fixture.open(limits: GitLimits(maxBlobBytes: 400))
    #expect(try await repository.read("fits", at: id).count == 400)
    let error = try await expectError(.tooLarge) { _ = try await repository.read("big", at: id) }
    #expect(error.place.object == "\(id):big")
    #expect(error.message.contains("401 bytes"))
  }

  @Test("a file that only inflates beyond the limit is refused before it is inflated")
  func compressedBlob() async throws {
    let fixture = try Fixture()
    let id = try fixture.commit(["bomb": String(repeating: "\0", count: 20 << 20)], "Bomb")
    let repository = try await fixture.open()
    let error = try await expectError(.tooLarge) { _ = try await repository.read("bomb", at: id) }
    #expect(error.message.contains("20971520 bytes, more than the 10485760"))
    try await expectError(.tooLarge) { _ = try await repository.files(at: id) }
    #expect(try await repository.files(at: id) { $0 != "bomb" }.count == 1)
  }

  @Test("more entries than allowed are refused")
  func entries() async throws {
    let fixture = try Fixture()
    let files = Dictionary(uniqueKeysWithValues: (0..<20).map { ("folder/file\($0)", "") })
    let id = try fixture.commit(files, "Files")
    let enough = try await fixture.open(limits: GitLimits(maxEntries: 22))
    #expect(try await enough.entries(at: id).count == 22)
    let few = try await fixture.open(limits: GitLimits(maxEntries: 21))
    let error = try await expectError(.tooLarge) { _ = try await few.entries(at: id) }
    #expect(error.place.object == "\(id):folder")
  }

  @Test("paths deeper than allowed are refused, listed or named")
  func depth() async throws {
    let fixture = try Fixture()
    let id = try fixture.commit(["1/2/3/4": ""], "Deep")
    let repository = try await fixture.open(limits: GitLimits(maxPathDepth: 3))
    let error = try await expectError(.tooLarge) { _ = try await repository.entries(at: id) }
    #expect(error.place.object == "\(id):1/2/3/4")
    try await expectError(.tooLarge) { _ = try await repository.read("1/2/3/4", at: id) }
    try await expectError(.tooLarge) { _ = try await repository.entries(at: id, under: "1/2/3") }
  }

  @Test("the total of many small files is bounded")
  func total() async throws {
    let fixture = try Fixture()
    let files = Dictionary(uniqueKeysWithValues: (0..<10).map { ("\($0)", "\($0)-ten-bytes") })
    let id = try fixture.commit(files, "Files")
    let repository = try await fixture.open(limits: GitLimits(maxTotalBytes: 400))
    #expect(try await repository.entries(at: id).count == 11)
    try await expectError(.tooLarge) { _ = try await repository.files(at: id) }
  }

  @Test("a few trees that unfold to billions of entries are refused quickly")
  func treeBomb() async throws {
    let fixture = try Fixture()
    var tree = try fixture.rawTree([RawEntry("100644", "leaf", try fixture.blob(""))])
    for _ in 0..<10 {
      tree = try fixture.rawTree((0..<10).map { RawEntry("40000", "\($0)", tree) })
    }
    let id = try fixture.commit(tree: tree)
    let repository = try await fixture.open(limits: GitLimits(maxEntries: 5_000))
    try await expectError(.tooLarge) { _ = try await repository.entries(at: id) }
  }
}
