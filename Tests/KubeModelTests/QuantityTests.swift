import KubeModel
import Testing

@Suite("A quantity")
struct QuantityTests {
  @Test(
    "is read as Kubernetes reads it",
    arguments: [
      ("0", 0), ("2", 2), ("0.5", 0.5), (".5", 0.5), ("5.", 5), ("+1", 1), ("-1", -1), ("100m", 0.1),
      ("1500m", 1.5),
      ("1n", 1e-9), ("1u", 1e-6), ("1k", 1e3), ("1M", 1e6), ("1G", 1e9), ("1T", 1e12), ("1P", 1e15),
      ("1E", 1e18),
      ("1Ki", 1_024), ("1Mi", 1_048_576), ("1.5Gi", 1_610_612_736), ("1Ti", 0x1p40), ("1Pi", 0x1p50),
      ("1Ei", 0x1p60), ("1e3", 1e3), ("1E3", 1e3), ("12e-1", 1.2), ("1E+2", 100), ("0Ki", 0),
    ])
  func value(text: String, value: Double) throws {
    let quantity = try #require(Quantity(parsing: text))
    #expect(abs(quantity.value - value) <= abs(value) * 1e-12, "\(quantity.value)")
    #expect(quantity.description == text)
  }

  @Test(
    "is refused when it is none",
    arguments: [
      "", " ", "m", "Gi", "1 Gi", " 1", "1 ", "1K", "1ki", "1mi", "1KB", "1.2.3", "--1", "+-1", "1-", ".",
      "e3", "1e",
      "1e+", "1e3Ki", "0x10", "1_000", "1,5", "inf", "nan", "1e400", "１", "1e3.5", "1i",
    ])
  func malformed(text: String) {
    #expect(Quantity(parsing: text) == nil)
  }
}
