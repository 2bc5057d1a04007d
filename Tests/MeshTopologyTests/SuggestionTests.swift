import Testing

@testable import MeshTopology

@Suite("A suggestion")
struct SuggestionTests {
  @Test(
    "is the nearest known word",
    arguments: [
      ("replicaz", "replicas"), ("Replicas", "replicas"), ("port", "ports"), ("helath", "health"),
      ("reosurces", "resources"), ("wholly-different", nil), ("v3", nil), ("", nil),
    ] as [(String, String?)])
  func isNearest(_ word: String, _ nearest: String?) {
    let known = ["image", "replicas", "ports", "health", "resources", "env", "v1", "v2"]
    #expect(Suggestion.nearest(to: word, in: known) == nearest)
  }

  @Test(
    "counts letters added, removed, changed and swapped",
    arguments: [("", "", 0), ("a", "", 1), ("abc", "abd", 1), ("abc", "acb", 1), ("kitten", "sitting", 3)])
  func countsLetters(_ left: String, _ right: String, distance: Int) {
    #expect(Suggestion.distance(left, right) == distance)
    #expect(Suggestion.distance(right, left) == distance)
  }
}
