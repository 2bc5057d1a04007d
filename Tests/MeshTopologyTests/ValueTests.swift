import KubeModel
import MeshTopology
import Testing

@Suite("A value that must be in bounds")
struct ValueTests {
  @Test(
    "is a weight from 0 to 100 only",
    arguments: [(-1, false), (0, true), (20, true), (100, true), (101, false)])
  func weightIsBounded(_ percent: Int, isAllowed: Bool) {
    #expect((Weight(percent: percent) != nil) == isAllowed)
  }

  @Test("is a weight whose complement makes up 100", arguments: 0...100)
  func complementMakesUpTheRest(_ percent: Int) throws {
    let weight = try #require(Weight(percent: percent))
    #expect(weight.percent + weight.complement.percent == 100)
    #expect(weight.complement.complement == weight)
    #expect(Weight.zero <= weight && weight <= .full)
  }

  @Test("is a proportion from 0 to 100 only")
  func percentIsBounded() {
    #expect(Percent(value: -0.1) == nil)
    #expect(Percent(value: 100.1) == nil)
    #expect(Percent(value: .nan) == nil)
    #expect(Percent(value: 0.5)?.fraction == 0.005)
    #expect(Percent(value: 0.5)?.description == "0.5 %")
    #expect(Percent.ninetyNine.description == "99 %")
  }

  @Test(
    "is an image that a pattern matches as a whole",
    arguments: [
      ("*/user-service:1.6.*", "gcr.io/project/user-service:1.6.0", true),
      ("*/user-service:1.6.*", "gcr.io/project/user-service:1.5.0", false),
      ("*/user-service:1.6.*", "user-service:1.6.0", false), ("kong:*", "kong:3.4", true),
      ("kong:?.?", "kong:3.4", true), ("kong:?.?", "kong:3.40", false), ("*", "", true), ("", "a", false),
      ("a*b*c", "aXbYbZc", true), ("a*b*c", "aXbYbZ", false), ("**", "anything", true),
    ])
  func patternMatches(_ pattern: String, _ image: String, matches: Bool) {
    #expect(ImagePattern(pattern).matches(image) == matches)
  }
}
