import MeshTopology
import Testing

@Suite("Wrong traces, measures and logs")
struct WrongObservabilityTests {
  @Test("are refused with the place, the path and the remedy", arguments: WrongObservability.cases)
  func areRefused(_ wrong: WrongObservability) {
    #expect(wrong.text != ObservedSystem.text, "the change did not apply")
    #expect(SmallTopology.problems(wrong.text) == wrong.problems)
  }
}

/// The observed system with one thing changed, and what the reader says about it.
struct WrongObservability: CustomTestStringConvertible {
  let testDescription: String
  let text: String
  let problems: [String]

  static let cases = tracing + ports + monitoring + logging

  /// Replaces the first `original` by `change`.
  init(_ description: String, _ original: String, _ change: String, _ problems: Wanted...) {
    self.init(description, [(original, change)], problems)
  }

  /// Replaces the first of each text by another.
  init(_ description: String, _ changes: [(original: String, change: String)], _ problems: Wanted...) {
    self.init(description, changes, problems)
  }

  private init(_ description: String, _ changes: [(String, String)], _ problems: [Wanted]) {
    testDescription = description
    self.problems = problems.map(\.description)
    text = changes.reduce(ObservedSystem.text) { text, change in
      guard let range = text.firstRange(of: change.0) else { return ObservedSystem.text }
      return text[..<range.lowerBound] + change.1 + text[range.upperBound...]
    }
  }
}
