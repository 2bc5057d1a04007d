import Seams
import Testing

@testable import PromQL

@Suite("Hostile queries")
struct HostileQueryTests {
  private let store: SeriesStore = {
    var store = SeriesStore()
    for series in 0..<20 {
      let labels = LabelSet(metric: "up", ["job": "job-\(series % 3)", "instance": "\(series)"])
      for step in 0..<20 { store.append(Double(step), at: Timestamp(seconds: Int64(step * 15)), to: labels) }
    }
    return store
  }()

  @Test("no soup of words ends the program", arguments: 0..<20 as Range<UInt64>)
  func wordSoup(seed: UInt64) {
    let words = [
      "up", "(", ")", "{", "}", "[", "]", "[5m]", "[5m:]", "[1m:10s]", ",", "=", "=~", "!=", "!~",
      "\"job-1\"", "'x'", "`y`", "job",
      "sum", "by", "(job)", "without", "topk", "count_values", "rate", "(up[1m])", "+", "-", "*", "/", "%",
      "^", "==", ">", "bool",
      "and", "or", "unless", "on", "ignoring", "group_left", "group_right", "offset", "5m", "1", "0x1F",
      "1e9", "NaN", "Inf", "@",
      "start()", "end()", "histogram_quantile", "label_replace", "\"(.*)\"", "\"$1\"", "#", "\n", "\"\\", "ü",
      "absent", "time()",
      "scalar", "vector(1)", "up{job=~\"j.*\"}", "sort_desc", "9223372036854775807", "100y", ":", "\u{0}",
    ]
    var generator = SeededGenerator(seed: seed)
    var answers = 0
    for _ in 0..<400 {
      let query = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
        words.randomElement(using: &generator) ?? ""
      }
      let text = query.joined(separator: generator.chance(0.5) ? " " : "")
      do {
        let query = try Query(text)
        _ = try query.result(in: store, at: Timestamp(seconds: 200))
        _ = try query.result(
          in: store, from: Timestamp(seconds: 0), to: Timestamp(seconds: 300), step: .seconds(30))
        answers += 1
      } catch {
        #expect(error is QueryError, "\(text): \(error)")
      }
    }
    #expect(answers > 0)
  }

  @Test("no change of a query's bytes ends the program", arguments: 0..<10 as Range<UInt64>)
  func byteSoup(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<300 {
      var bytes = Array((AskedQueries.all.randomElement(using: &generator) ?? "").utf8)
      for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
        let place = Int.random(in: bytes.indices, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &generator)
        case 1: bytes.remove(at: place)
        default: bytes.insert(bytes.randomElement(using: &generator) ?? 0, at: place)
        }
      }
      let text = String(decoding: bytes, as: UTF8.self)
      do {
        _ = try Query(text).result(in: store, at: Timestamp(seconds: 200))
      } catch {
        #expect(error is QueryError, "\(text): \(error)")
      }
    }
  }

  @Test(
    "a query that nests too deeply is refused",
    arguments: [
      String(repeating: "(", count: 30_000), String(repeating: "-", count: 30_000),
      String(repeating: "abs(", count: 5_000), "1" + String(repeating: "+1", count: 10_000),
      "1" + String(repeating: "^1", count: 10_000), String(repeating: "sum by (a) (", count: 4_000),
      "up" + String(repeating: "[5m:1m]", count: 5_000),
    ])
  func depth(query: String) {
    let error = #expect(throws: QueryError.self) { try Query(query) }
    #expect(error?.message.contains("expression nests deeper than 150") == true)
  }

  @Test("a query that is too long is refused")
  func length() {
    let error = #expect(throws: QueryError.self) { try Query(String(repeating: " ", count: 70_000) + "up") }
    #expect(error?.message == "1:1: parse error: query is longer than 65536 bytes")
  }

  @Test(
    "a pattern that makes others go back and forth for ever is matched in one pass",
    arguments: ["(a+)+b", "(a|aa)*b", "(a*)*b", "(.*)(.*)(.*)(.*)(.*)b", "(a?){30}a{30}b"])
  func pattern(pattern: String) throws {
    let expression = try RegularExpression(anchored: pattern)
    #expect(!expression.matches(String(repeating: "a", count: 2_000)))
    #expect(expression.matches(String(repeating: "a", count: 50) + "b"))
  }

  @Test(
    "a pattern of too many steps is refused",
    arguments: [
      "(a{1000}){1000}", "((a{100}){100}){100}",
      "[a-z]{1000}(b{900})c{900}(d{1000}){1}" + String(repeating: "e{1000}", count: 9),
    ])
  func largePattern(pattern: String) {
    #expect(throws: RegularExpressionError.self) { try RegularExpression(anchored: pattern) }
  }

  @Test("a query that reads, makes or looks at too many samples is stopped")
  func limits() throws {
    var limits = QueryLimits()
    limits.samples = 100
    let many = #expect(throws: QueryError.self) {
      try Query("up").result(
        in: store, from: Timestamp(seconds: 0), to: Timestamp(seconds: 200), step: .seconds(1), limits: limits
      )
    }
    #expect(many?.message == "query processing would load too many samples into memory in query execution")
    #expect(many?.kind == .execution)
    limits = QueryLimits()
    limits.work = 100
    let long = #expect(throws: QueryError.self) {
      try Query("rate(up[5m])").result(
        in: store, from: Timestamp(seconds: 0), to: Timestamp(seconds: 200), step: .seconds(1), limits: limits
      )
    }
    #expect(long?.kind.status == 503)
    let points = #expect(throws: QueryError.self) {
      try Query("up").result(
        in: store, from: Timestamp(seconds: 0), to: Timestamp(seconds: 11_001), step: .seconds(1))
    }
    #expect(
      points?.message
        == "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)"
    )
  }

  @Test(
    "a subquery of very many steps is stopped before it takes the memory for them",
    arguments: [
      "sum_over_time(up[1y:1s])", "sum_over_time(vector(1)[100y:1ms])",
      "sum_over_time(vector(time())[290y:1m])",
      "max_over_time(sum_over_time(up[1d:1s])[1y:1m])",
      Array(repeating: "sum_over_time(vector(1)[1y:1s])", count: 60).joined(separator: "+"),
    ])
  func subqueries(query: String) throws {
    var limits = QueryLimits()
    limits.samples = 1_000_000
    let query = try Query(query)
    let error = #expect(throws: QueryError.self) {
      try query.result(in: store, at: Timestamp(seconds: 4_000_000_000), limits: limits)
    }
    #expect(error?.message == "query processing would load too many samples into memory in query execution")
  }

  @Test("times at the end of all time are only far away", arguments: [Int64.min, -1, .max])
  func extremeTimes(microseconds: Int64) throws {
    let time = Timestamp(microseconds: microseconds)
    for query in [
      "up", "up offset 100y", "rate(up[100y] offset -100y)", "count_over_time(up[1m:10s])", "hour()",
      "up @ 9e14",
    ] {
      _ = try Query(query).result(in: store, at: time)
    }
  }
}
