import Foundation
import Seams
import Testing

@testable import PromQL

@Suite(
  "A real Prometheus", .serialized,
  .enabled(
    if: RealPrometheus.path != nil, "needs Prometheus 2.x as /usr/bin/prometheus or /usr/local/bin/prometheus"
  ))
struct PrometheusComparisonTests {
  /// Asks both, and records each difference.
  ///
  /// - Returns: how many of the answers hold results.
  @discardableResult
  private func compare(_ questions: [Question]) async throws -> Int {
    let data = SampleData()
    let store = data.store
    let answers = try await RealPrometheus.run { server in
      try await server.load(data)
      return try await server.ask(questions)
    }
    let api = QueryAPI()
    for (question, real) in zip(questions, answers) {
      let own = api.answer(
        to: question.path, QueryParameters(question.encoded), in: store, at: Timestamp(seconds: 0))
      #expect(
        own.status == real.status, "\(question): \(String(decoding: own.body + real.body, as: UTF8.self))")
      guard own.status == real.status else { continue }
      let query = question.form.first?.value ?? ""
      let isOrdered = query.hasPrefix("sort") || query.hasPrefix("topk") || query.hasPrefix("bottomk")
      let difference = try AnswerComparison.difference(Data(own.body), real.body, isOrdered: isOrdered)
      #expect(difference == nil, "\(question)")
    }
    return answers.count { $0.status == 200 && $0.body.count > 80 }
  }

  @Test("answers every kind of query the same")
  func answersAsked() async throws {
    let questions = AskedQueries.all.flatMap { query in
      [
        Question.instant(query, at: "1700003000"), .instant(query, at: "1700004817.213"),
        .instant(query, at: "1700000007"), .range(query, from: "1700000100", to: "1700005900", step: "97"),
        .range(query, from: "1700002999.5", to: "1700003600", step: "15s"),
      ]
    }
    // Otherwise the questions, or the data, would be of little use.
    #expect(try await compare(questions) > questions.count * 3 / 4)
  }

  @Test("answers generated queries the same", arguments: 1...3 as ClosedRange<UInt64>)
  func answersGenerated(seed: UInt64) async throws {
    var generated = GeneratedQueries(seed: seed)
    let questions = (0..<200).flatMap { _ in
      let query = generated.next()
      return [
        Question.instant(query, at: "1700003720.5"),
        .range(query, from: "1700000500", to: "1700005500", step: "61"),
      ]
    }
    #expect(try await compare(questions) > questions.count / 2)
  }

  @Test("refuses wrong queries in the same words")
  func refuses() async throws {
    try await compare(WrongQueries.all.map { .instant($0, at: "1700003000") })
  }

  @Test("answers wrong parameters, and questions about labels, the same")
  func answersRequests() async throws {
    try await compare(OtherRequests.all)
  }

  @Test("matches generated patterns the same", arguments: 1...2 as ClosedRange<UInt64>)
  func matchesPatterns(seed: UInt64) async throws {
    var generated = GeneratedPatterns(seed: seed)
    let questions = (0..<250).flatMap { _ in
      let pattern = generated.next()
      return [
        Question.instant("odd_bucket{le=\"+Inf\",kind=~\"\(pattern)\"}", at: "1700003000"),
        .instant(
          "label_replace(odd_bucket{le=\"+Inf\"}, \"x\", \"$1-$2-$x\", \"kind\", \"\(pattern)\")",
          at: "1700003000"),
      ]
    }
    try await compare(questions)
  }
}
