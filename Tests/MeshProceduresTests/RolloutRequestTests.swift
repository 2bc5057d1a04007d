import MeshProcedures
import MeshTopology
import Testing

@Suite("Shares given by hand")
struct RolloutRequestTests {
  @Test("increase from 1 to 99", arguments: [[1], [99], [5, 20, 50], Array(1...99)])
  func right(_ percents: [Int]) throws {
    #expect(try RolloutRequest.steps(percents, option: "--steps").map(\.percent) == percents)
  }

  static let wrong: [([Int], String)] = [
    ([], "no weight is given"),
    ([0], "the weight 0 is not between 1 and 99"),
    ([100], "the weight 100 is not between 1 and 99"),
    ([-5], "the weight -5 is not between 1 and 99"),
    ([20, 101], "the weight 101 is not between 1 and 99"),
    ([.max], "the weight 9223372036854775807 is not between 1 and 99"),
    ([20, 20], "the weights do not increase: 20 follows 20"),
    ([5, 50, 20], "the weights do not increase: 20 follows 50"),
  ]

  @Test("are refused otherwise, with the place and what to do", arguments: wrong)
  func refused(_ percents: [Int], _ message: String) throws {
    let error = try #require(throws: ProcedureError.self) {
      try RolloutRequest.steps(percents, option: "--steps")
    }
    #expect(error.code.description == "invalid input")
    #expect(error.message == message)
    #expect(error.place == "--steps")
    #expect(error.remedy?.contains("--steps 5,20,50") == true)
  }
}
