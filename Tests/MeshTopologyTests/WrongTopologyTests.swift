import MeshTopology
import Testing

@Suite("A wrong topology")
struct WrongTopologyTests {
  @Test("is refused with the place, the path and the remedy", arguments: WrongTopology.cases)
  func isRefused(_ wrong: WrongTopology) {
    #expect(wrong.text != SmallTopology.text, "the change did not apply")
    #expect(SmallTopology.problems(wrong.text) == wrong.problems.map(\.description))
  }

  @Test("is wrong in at least 120 ways, each of which is tried")
  func coversEnough() {
    #expect(WrongTopology.cases.count >= 120)
    #expect(Set(WrongTopology.cases.map(\.text)).count == WrongTopology.cases.count)
  }
}

/// The small topology with one thing changed, and what the reader says about it.
struct WrongTopology: CustomTestStringConvertible {
  let testDescription: String
  let text: String
  let problems: [Wanted]

  static let cases =
    shape + yaml11 + duration + names + regions + networks + calls + workloads + scaling + traffic + rollout
    + environment + pods + platform + placement + external + identities + manifests

  /// Replaces the first `original` by `change`.
  init(_ description: String, _ original: String, _ change: String, _ problems: Wanted...) {
    testDescription = description
    self.problems = problems
    guard let range = SmallTopology.text.firstRange(of: original) else {
      text = SmallTopology.text
      return
    }
    text = SmallTopology.text[..<range.lowerBound] + change + SmallTopology.text[range.upperBound...]
  }

  /// Replaces the first `original` by `change`, and adds a document at the end.
  init(
    _ description: String, _ original: String, _ change: String, adding document: String,
    _ problems: Wanted...
  ) {
    testDescription = description
    self.problems = problems
    let all = SmallTopology.text(adding: "---\n" + document)
    text =
      all.firstRange(of: original).map { all[..<$0.lowerBound] + change + all[$0.upperBound...] }
      ?? SmallTopology.text
  }

  /// Adds a document at the end.
  init(_ description: String, adding document: String, _ problems: Wanted...) {
    testDescription = description
    self.problems = problems
    text = SmallTopology.text(adding: "---\n" + document)
  }
}

/// A problem as it should be reported.
struct Wanted: CustomStringConvertible {
  let description: String

  init(at position: String, _ message: String, in path: String = "", remedy: String) {
    description =
      "a.yaml:\(position): \(message)" + (path.isEmpty ? "" : " (\(path))")
      + (remedy.isEmpty ? "" : "; \(remedy)")
  }
}
