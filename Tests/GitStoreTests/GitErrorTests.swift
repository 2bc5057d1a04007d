import Testing

@testable import GitStore

@Suite("An error")
struct GitErrorTests {
  @Test("says what happened, why, where and what to do, in that order")
  func description() {
    let error = GitError(
      .objectMissing, "object 12 is missing", at: .init("/srv/mesh", object: "main:a.yaml"),
      remedy: "fetch it", cause: "no match")
    #expect(error.description == "/srv/mesh at main:a.yaml: object 12 is missing (no match); fetch it")
    let short = GitError(.cancelled, "the transfer was cancelled", at: .init("/srv/mesh"))
    #expect(short.description == "/srv/mesh: the transfer was cancelled")
  }

  @Test("names the nearest names first")
  func nearNames() {
    let names = ["main", "maine", "mine", "staging", "production", "v1", "main"]
    #expect(NearNames.closest(to: "mian", among: names, count: 3) == ["main", "mine", "maine"])
    #expect(NearNames.closest(to: "x", among: []) == [])
    #expect(NearNames.distance(Array("kitten".utf8), Array("sitting".utf8)) == 3)
  }

  @Test("quotes a name so that it cannot move the cursor, turn the text or fill the screen")
  func quoting() {
    #expect(quotedName("a\u{1B}[1m\u{202E}é") == "\"a\\u{1b}[1m\\u{202e}é\"")
    #expect(quotedName(String(repeating: "x", count: 1_000)).count == 303)
  }
}
