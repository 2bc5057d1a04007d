import Foundation
import GitStore
import Testing

@Suite("A work tree")
struct UncommittedTests {
  @Test("that is as its commit has nothing uncommitted")
  func clean() async throws {
    let fixture = try Fixture()
    _ = try fixture.commit(["a.yaml": "a: 1\n"], "Second")
    #expect(try await fixture.open().uncommittedFiles() == [])
  }

  @Test("tells what was changed, added, staged or deleted, and nothing else")
  func changes() async throws {
    let fixture = try Fixture()
    _ = try fixture.commit(["a.yaml": "a: 1\n", "b.yaml": "b: 1\n", "c.yaml": "c: 1\n"], "Second")
    try fixture.write("a.yaml", "a: 2\n")
    try FileManager.default.removeItem(atPath: fixture.work + "/b.yaml")
    try fixture.write("new/d.yaml", "d: 1\n")
    try fixture.write("e.yaml", "e: 1\n")
    try fixture.run("add", "e.yaml")
    try fixture.write("ignored.txt", "")
    let repository = try await fixture.open()
    let files = try await repository.uncommittedFiles { $0.hasSuffix(".yaml") }
    #expect(files == ["a.yaml", "b.yaml", "e.yaml", "new/d.yaml"])
    #expect(try await repository.uncommittedFiles { $0 == "ignored.txt" } == ["ignored.txt"])
  }
}
