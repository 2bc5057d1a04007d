import KubeModel
import Seams
import Testing

@testable import MeshSim

@Suite("Ages")
struct HumanDurationTests {
  @Test(
    "an age is shown in at most two units, the fewer the longer it is",
    arguments: [
      (-5, "<invalid>"), (-1, "0s"), (0, "0s"), (1, "1s"), (119, "119s"), (120, "2m"), (121, "2m1s"),
      (599, "9m59s"), (600, "10m"), (659, "10m"), (10_799, "179m"), (10_800, "3h"), (10_860, "3h1m"),
      (28_799, "7h59m"), (28_800, "8h"), (32_399, "8h"), (172_799, "47h"), (172_800, "2d"), (176_400, "2d1h"),
      (691_199, "7d23h"), (691_200, "8d"), (63_071_999, "729d"), (63_072_000, "2y"), (63_158_400, "2y1d"),
      (252_287_999, "7y364d"), (252_288_000, "8y"), (315_360_000, "10y"),
    ] as [(Int64, String)])
  func text(seconds: Int64, text: String) { #expect(HumanDuration.text(.seconds(seconds)) == text) }

  @Test("what has no time is of unknown age")
  func unknown() {
    #expect(HumanDuration.since(nil, now: Timestamp(seconds: 0)) == "<unknown>")
    #expect(HumanDuration.since("soon", now: Timestamp(seconds: 0)) == "<unknown>")
  }
}
