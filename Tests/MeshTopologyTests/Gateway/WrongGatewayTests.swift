import MeshTopology
import Testing

@Suite("A wrong gateway")
struct WrongGatewayTests {
  @Test("is refused with the place, the path and the remedy", arguments: WrongGateway.cases)
  func isRefused(_ wrong: WrongGateway) throws {
    let text = try #require(SmallGateway.text(wrong.original, wrong.change), "the change did not apply")
    #expect(SmallGateway.text != text)
    #expect(SmallTopology.problems(text) == wrong.problems.map(\.description))
  }

  @Test("is not what the tests start from")
  func isRightAtFirst() {
    #expect(SmallTopology.problems(SmallGateway.text) == [])
  }

  @Test("is what no other test tries")
  func isTriedOnce() {
    #expect(Set(WrongGateway.cases.map { $0.original + $0.change }).count == WrongGateway.cases.count)
  }
}

/// The small gateway with one thing changed, and what the reader says about it.
struct WrongGateway: CustomTestStringConvertible {
  let testDescription: String
  let original: String
  let change: String
  let problems: [Wanted]

  static let cases = routes + matching + tokens + plugins + limits + entrance + settings

  init(_ description: String, _ original: String, _ change: String, _ problems: Wanted...) {
    testDescription = description
    self.original = original
    self.change = change
    self.problems = problems
  }
}
