import Testing

@testable import PromQL

@Suite("Numbers")
struct NumberTests {
  @Test(
    "are written as Go writes them",
    arguments: [
      (0.1, "0.1", "0.1"), (1e21, "1000000000000000000000", "1e+21"), (1_000_000, "1000000", "1e+06"),
      (123_456_789, "123456789", "1.23456789e+08"), (999_999, "999999", "999999"), (1e-4, "0.0001", "0.0001"),
      (0.000012345, "0.000012345", "1.2345e-05"), (-2.5, "-2.5", "-2.5"), (0, "0", "0"), (-0.0, "-0", "-0"),
      (.nan, "NaN", "NaN"), (.infinity, "+Inf", "+Inf"), (-.infinity, "-Inf", "-Inf"),
      (1.0 / 3, "0.3333333333333333", "0.3333333333333333"),
      (.leastNonzeroMagnitude, "0." + String(repeating: "0", count: 323) + "5", "5e-324"),
      (1e-100, "0." + String(repeating: "0", count: 99) + "1", "1e-100"),
    ])
  func writing(value: Double, plain: String, short: String) {
    #expect(value.plainText == plain)
    #expect(value.shortText == short)
  }

  @Test(
    "are read as Go reads them",
    arguments: [
      ("1", 1), (".5", 0.5), ("1.", 1), ("1.e3", 1_000), ("1e-3", 0.001), ("+Inf", .infinity),
      ("-inf", -.infinity), ("0x1F", 31),
      ("infinity", .infinity),
    ])
  func reading(text: String, value: Double) { #expect(Double(goText: text) == value) }

  @Test(
    "are not read from anything else",
    arguments: ["", ".", "e", "abc", "1e", "0x", "--1", "+-1", " 1", "1 ", "1_0", "0x1.8", "nan1", "+"])
  func refusing(text: String) { #expect(Double(goText: text) == nil) }
}
