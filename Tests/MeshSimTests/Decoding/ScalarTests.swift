import KubeModel
import Testing

@testable import MeshSim

@Suite("Scalars")
struct ScalarTests {
  @Test("of base64 are read and written, whatever their length", arguments: 0..<10)
  func base64(count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 77 + 200) }
    #expect(try Base64Text.decode(Base64Text.encode(bytes)).get() == bytes)
  }

  @Test(
    "of base64 are refused at the byte that does not belong there",
    arguments: [
      ("not base64!", 3), ("AAA", 0), ("A===", 1), ("AA=A", 2), ("AAA=A", 4), ("AA==\n", nil), ("AA=", 3),
    ]
      as [(String, Int?)])
  func damagedBase64(text: String, offset: Int?) {
    var found: Int?
    if case .failure(let error) = Base64Text.decode(text) { found = error.offset }
    #expect(found == offset)
  }

  @Test(
    "that are quantities follow the grammar",
    arguments: ["1", "0.5", ".5", "1.", "-1", "+1", "1e3", "1E-3", "100m", "1Ki", "1Ei", "1.5Gi", "5E"])
  func quantities(text: String) { #expect(QuantityForm.problem(of: text) == nil) }

  @Test(
    "that are no quantities are refused",
    arguments: [
      ("", QuantityForm.formatProblem), ("abc", QuantityForm.formatProblem),
      ("1x", QuantityForm.formatProblem),
      ("1KiB", QuantityForm.formatProblem), ("1mm", "unable to parse quantity's suffix"),
      ("1K", "unable to parse quantity's suffix"), ("1e", "unable to parse quantity's suffix"),
    ])
  func noQuantities(text: String, problem: String) { #expect(QuantityForm.problem(of: text) == problem) }

  @Test("print as Go prints them")
  func goText() {
    let value: JSONValue = ["b": [1, "x", .null], "a": ["c": true, "d": .double(1.5)]]
    #expect(GoText.value(value) == "map[a:map[c:true d:1.5] b:[1 x <nil>]]")
    #expect(GoText.source(["a": 1]) == "map[string]interface {}{\"a\":1}")
  }
}
