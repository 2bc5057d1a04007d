internal import Seams

extension AnswerWriter {
  mutating func result(_ result: QueryResult) {
    switch result {
    case .scalar(let point):
      raw("{\"resultType\":\"scalar\",\"result\":")
      self.point(point)
    case .string(let text, let time):
      raw("{\"resultType\":\"string\",\"result\":[")
      self.time(time)
      raw(",")
      string(text)
      raw("]")
    case .vector(let samples):
      raw("{\"resultType\":\"vector\",\"result\":")
      list(samples) { writer, sample in
        writer.raw("{\"metric\":")
        writer.labels(sample.labels)
        writer.raw(",\"value\":")
        writer.point(sample.point)
        writer.raw("}")
      }
    case .matrix(let series):
      raw("{\"resultType\":\"matrix\",\"result\":")
      list(series) { writer, series in
        writer.raw("{\"metric\":")
        writer.labels(series.labels)
        writer.raw(",\"values\":")
        writer.list(series.points) { $0.point($1) }
        writer.raw("}")
      }
    }
    raw("}")
  }

  private mutating func point(_ point: QueryResult.Point) {
    raw("[")
    time(point.time)
    raw(",\"")
    raw(point.value.plainText)
    raw("\"]")
  }

  /// Seconds, with three decimals when they are not whole.
  private mutating func time(_ time: Timestamp) {
    let milliseconds = time.milliseconds
    let (seconds, rest) = (milliseconds.magnitude / 1_000, milliseconds.magnitude % 1_000)
    if milliseconds < 0 { raw("-") }
    raw(String(seconds))
    if rest > 0 { raw("." + String(rest + 1_000).dropFirst()) }
  }
}
