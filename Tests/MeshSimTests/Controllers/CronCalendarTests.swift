import Seams
import Testing

@testable import MeshSim

@Suite("A cron schedule")
struct CronCalendarTests {
  @Test(
    "says when it is due next",
    arguments: [
      ("*/5 * * * *", "2026-01-01T00:03:20Z", "2026-01-01T00:05:00Z"),
      ("0 3 * * *", "2026-01-01T03:00:00Z", "2026-01-02T03:00:00Z"),
      ("30 8 1 * *", "2026-01-31T00:00:00Z", "2026-02-01T08:30:00Z"),
      ("0 0 29 2 *", "2026-01-01T00:00:00Z", "2028-02-29T00:00:00Z"),
      ("0 12 * * mon-fri", "2026-01-02T13:00:00Z", "2026-01-05T12:00:00Z"),
      ("0 0 13 * 5", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"),
      ("@hourly", "2026-01-01T00:00:00Z", "2026-01-01T01:00:00Z"),
      ("0 0 * jan 0", "2026-01-04T00:00:00Z", "2026-01-11T00:00:00Z"),
      ("5-10/5,20 * * * *", "2026-01-01T00:10:00Z", "2026-01-01T00:20:00Z"),
    ])
  func next(schedule: String, after: String, expected: String) throws {
    let calendar = try #require(CronCalendar(schedule))
    #expect(calendar.next(after: try #require(Timestamp(rfc3339: after)))?.rfc3339 == expected)
  }

  @Test(
    "counts in its time zone",
    arguments: [
      ("Asia/Kolkata", "2026-01-01T18:30:00Z"), ("Etc/GMT+5", "2026-01-01T05:00:00Z"),
      ("Etc/UTC", "2026-01-02T00:00:00Z"),
    ])
  func zones(zone: String, expected: String) throws {
    let calendar = try #require(CronCalendar("0 0 * * *", zone: zone))
    #expect(
      calendar.next(after: try #require(Timestamp(rfc3339: "2026-01-01T00:00:00Z")))?.rfc3339 == expected)
  }

  @Test(
    "that is none is refused",
    arguments: ["", "* * * *", "60 * * * *", "*/0 * * * *", "a b c d e", "5-1 * * * *", "0 0 31 2"])
  func refusals(text: String) { #expect(CronCalendar(text) == nil) }

  @Test("that can never be due has no next time")
  func never() throws {
    #expect(try #require(CronCalendar("0 0 31 2 *")).next(after: Timestamp(seconds: 0)) == nil)
  }
}
