import MeshTopology
import Testing

@Suite("A duration")
struct DurationTests {
  @Test(
    "is written with units in descending order",
    arguments: [
      ("250ms", 250), ("30s", 30_000), ("15m", 900_000), ("1h", 3_600_000), ("1h30m", 5_400_000),
      ("1h30m5s250ms", 5_405_250), ("2s250ms", 2250), ("0s", 0), ("90m", 5_400_000),
      ("10000h", 36_000_000_000),
    ] as [(String, Int64)])
  func isRead(_ text: String, milliseconds: Int64) {
    #expect(Duration(unitText: text) == .milliseconds(milliseconds))
  }

  @Test(
    "is refused in any other form",
    arguments: [
      "", "30", "30 s", "s", "1.5s", "-1s", "+1s", "30s15m", "1s1s", "1d", "1H", "10001h", "5m ", "٣s",
      "999999999999999999999h", "1h1m1s1ms1", "1 h", "ms",
    ])
  func isRefused(_ text: String) { #expect(Duration(unitText: text) == nil) }

  @Test(
    "is shown in the form it is read in",
    arguments: [
      (0, "0s"), (250, "250ms"), (60_000, "1m"), (5_400_000, "1h30m"), (2250, "2s250ms"), (-1500, "-1s500ms"),
    ] as [(Int64, String)])
  func isShown(milliseconds: Int64, text: String) {
    #expect(Duration.milliseconds(milliseconds).unitText == text)
  }
}
