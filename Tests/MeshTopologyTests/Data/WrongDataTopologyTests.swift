import MeshTopology
import Testing

@Suite("A wrong topology of caches, databases, backups and recovery")
struct WrongDataTopologyTests {
  @Test("is refused with the place, the path and the remedy", arguments: WrongDataTopology.cases)
  func isRefused(_ wrong: WrongDataTopology) {
    #expect(wrong.text != DataTopology.text, "the change did not apply")
    #expect(SmallTopology.problems(wrong.text) == wrong.problems.map(\.description))
  }
}

/// The topology of the data with one thing changed, and what the reader says about it.
struct WrongDataTopology: CustomTestStringConvertible {
  let testDescription: String
  let text: String
  let problems: [Wanted]

  init(_ description: String, _ original: String, _ change: String, _ problems: Wanted...) {
    testDescription = description
    text = DataTopology.text(original, change)
    self.problems = problems
  }

  /// The topology with several changes, and documents at its end.
  init(
    _ description: String, _ changes: [(String, String)], adding documents: String = "", _ problems: Wanted...
  ) {
    testDescription = description
    text = changes.reduce(DataTopology.text) { $0.replacing($1.0, with: $1.1) } + documents
    self.problems = problems
  }

  static let cases = redis + databases + backups + recovery + places + environments
}
