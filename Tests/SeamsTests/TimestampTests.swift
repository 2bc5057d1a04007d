import Seams
import Testing

@Suite("A timestamp")
struct TimestampTests {
  @Test(
    "is read from RFC 3339",
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("2026-01-01T00:00:00Z", 1_767_225_600_000_000),
      ("2000-02-29T23:59:59Z", 951_868_799_000_000), ("2400-02-29T00:00:00Z", 13_574_563_200_000_000),
      ("1900-02-28T12:00:00Z", -2_203_934_400_000_000),
      ("1899-12-31T23:59:59.999999Z", -2_208_988_800_000_001),
      ("1969-12-31T23:59:59.5Z", -500_000), ("0001-01-01T00:00:00Z", -62_135_596_800_000_000),
      ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
      ("2026-07-01T12:30:00+05:30", 1_782_889_200_000_000),
      ("2026-07-01T12:30:00-08:00", 1_782_937_800_000_000),
      ("2024-12-31T23:30:00-01:00", 1_735_691_400_000_000), ("1970-01-01T00:00:00-00:00", 0),
      ("1970-01-01t00:00:00z", 0), ("1970-01-01T00:00:00.1Z", 100_000), ("1970-01-01T00:00:00.000001Z", 1),
      ("1970-01-01T00:00:00.1234567899Z", 123_456), ("1970-01-01T00:00:60Z", 60_000_000),
    ] as [(String, Int64)])
  func reads(text: String, microseconds: Int64) {
    #expect(Timestamp(rfc3339: text)?.microseconds == microseconds)
  }

  @Test(
    "is refused when it is no RFC 3339",
    arguments: [
      "", "2026", "2026-01-01", "2026-01-01T00:00:00", "2026-01-01 00:00:00Z", "2026-01-01T00:00Z",
      "2026-1-01T00:00:00Z", "26-01-01T00:00:00Z", "02026-01-01T00:00:00Z", "-2026-01-01T00:00:00Z",
      "2026-00-01T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-00T00:00:00Z", "2026-01-32T00:00:00Z",
      "2026-04-31T00:00:00Z", "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2100-02-29T00:00:00Z",
      "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:61Z", "2026-01-01T00:00:00.Z",
      "2026-01-01T00:00:00,5Z", "2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00+01:60",
      "2026-01-01T00:00:00+0100", "2026-01-01T00:00:00+01", "2026-01-01T00:00:00Zx", "2026-01-01T00:00:00Z ",
      " 2026-01-01T00:00:00Z", "２026-01-01T00:00:00Z", "2026-01-01T00:00:00 Z", "+026-01-01T00:00:00Z",
    ])
  func refuses(text: String) {
    #expect(Timestamp(rfc3339: text) == nil)
  }

  @Test(
    "is printed in UTC, in whole seconds rounded down or with six decimals",
    arguments: [
      (0, "1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000000Z"),
      (1_767_225_600_999_999, "2026-01-01T00:00:00Z", "2026-01-01T00:00:00.999999Z"),
      (-1, "1969-12-31T23:59:59Z", "1969-12-31T23:59:59.999999Z"),
      (951_868_799_000_007, "2000-02-29T23:59:59Z", "2000-02-29T23:59:59.000007Z"),
      (-62_135_596_800_000_000, "0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000000Z"),
    ] as [(Int64, String, String)])
  func prints(microseconds: Int64, seconds: String, micro: String) {
    let time = Timestamp(microseconds: microseconds)
    #expect(time.rfc3339 == seconds)
    #expect(time.rfc3339Micro == micro)
    #expect(time.description == seconds)
  }

  @Test("within 300 years of the epoch reads back as printed", arguments: UInt64(1)...20)
  func roundTrip(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let span: Int64 = 300 * 366 * 86_400 * 1_000_000
    var earlier: (time: Timestamp, text: String)?
    for _ in 0..<500 {
      let time = Timestamp(microseconds: Int64.random(in: -span...span, using: &generator))
      #expect(Timestamp(rfc3339: time.rfc3339Micro) == time, "seed \(seed)")
      let seconds = Timestamp(rfc3339: time.rfc3339)
      #expect(seconds.map { $0 <= time && time - $0 < .seconds(1) } == true, "seed \(seed): \(time)")
      if let earlier, earlier.text != time.rfc3339Micro {
        // Printed times are ordered as the times are.
        #expect((earlier.time < time) == (earlier.text < time.rfc3339Micro), "seed \(seed)")
      }
      earlier = (time, time.rfc3339Micro)
    }
  }

  @Test("every day from 1896 to 2105 follows the one before")
  func days() throws {
    let start = try #require(Timestamp(rfc3339: "1896-01-01T00:00:00Z"))
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    var expected: [String] = []
    for year in 1896...2105 {
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      for (month, length) in lengths.enumerated() {
        for day in 1...(month == 1 && isLeap ? 29 : length) {
          expected.append("\(year)-\(month < 9 ? "0" : "")\(month + 1)-\(day < 10 ? "0" : "")\(day)")
        }
      }
    }
    let printed = (0..<expected.count).map { (start + .seconds(86_400 * $0)).rfc3339.prefix(10) }
    #expect(printed.map(String.init) == expected)
  }

  @Test("adds durations to the microsecond and stays within its range")
  func arithmetic() {
    let time = Timestamp(seconds: 10)
    #expect(time + .milliseconds(1_500) == Timestamp(microseconds: 11_500_000))
    #expect(time - .seconds(20) == Timestamp(seconds: -10))
    #expect(Timestamp(seconds: 12) - time == .seconds(2))
    #expect(time + .nanoseconds(1_999) == Timestamp(microseconds: 10_000_001))
    #expect(time + .nanoseconds(-1_999) == Timestamp(microseconds: 9_999_999))
    #expect(time + .seconds(Int64.max) == Timestamp(microseconds: .max))
    #expect(Timestamp(seconds: -10) - .seconds(Int64.max) == Timestamp(microseconds: .min))
    #expect(Timestamp(microseconds: .max) + .seconds(1) == Timestamp(microseconds: .max))
    #expect(Duration.milliseconds(-1_500).inSeconds == -1.5)
    #expect(Duration.seconds(Int64.min).wholeMicroseconds == .min)
  }
}
