internal import Seams

extension QueryAPI {
  func series(_ parameters: QueryParameters, _ store: SeriesStore) throws -> QueryAnswer {
    guard !parameters.all("match[]").isEmpty else {
      throw QueryError(.badData, "no match[] parameter provided")
    }
    let found = try matching(parameters, store) { try parameters.named("match[]", $0) }
    return .success { writer in writer.list(found) { $0.labels($1) } }
  }

  func labelNames(_ parameters: QueryParameters, _ store: SeriesStore) throws -> QueryAnswer {
    let names = Set(try matching(parameters, store).flatMap { $0.labels.map { ByteKey($0.name) } })
    return Self.list(names)
  }

  func labelValues(
    _ name: String, _ parameters: QueryParameters, _ store: SeriesStore
  ) throws -> QueryAnswer {
    guard name.isLabelName else { throw QueryError(.badData, "invalid label name: \(quoted(name))") }
    let values = Set(try matching(parameters, store).map { ByteKey($0[name]) }.filter { !$0.text.isEmpty })
    return Self.list(values)
  }

  private static func list(_ texts: Set<ByteKey>) -> QueryAnswer {
    let sorted = texts.map(\.text).sorted { $0.precedesInBytes($1) }
    return .success { writer in writer.list(sorted) { $0.string($1) } }
  }

  /// The series that any of the selectors matches, all without one, with samples between the two times.
  private func matching(
    _ parameters: QueryParameters, _ store: SeriesStore,
    _ reading: (() throws -> [LabelMatcher]) throws -> [LabelMatcher] = { try $0() }
  ) throws -> [LabelSet] {
    let start = try parameters.time("start")?.milliseconds ?? .min
    let end = try parameters.time("end")?.milliseconds ?? .max
    let selectors = parameters.all("match[]")
    var slots: Set<Int> = selectors.isEmpty ? Set(store.ordered) : []
    for text in selectors {
      let matchers = try reading {
        let matchers = try Parser.matchers(text)
        guard matchers.contains(where: { !$0.matches("") }) else {
          throw QueryError(.badData, "match[] must contain at least one non-empty matcher")
        }
        return matchers
      }
      slots.formUnion(store.select(matchers))
    }
    return store.ordered.filter { slots.contains($0) && store.hasSamples($0, from: start, to: end) }
      .compactMap { store.series[$0]?.labels }
  }
}
