import Testing

@testable import MeshSim

@Suite("The completed indexes of a Job")
struct JobIndexesTests {
  @Test(
    "are written as runs",
    arguments: [("", ""), ("0", "0"), ("0,1", "0,1"), ("0-2", "0-2"), ("3,0,1,2,7-8", "0-3,7,8")])
  func text(given: String, written: String) { #expect(JobIndexes(given).text == written) }
}
