/// What Prometheus' HTTP API answers.
public struct QueryAnswer: Hashable, Sendable {
  /// The HTTP status.
  public let status: Int
  /// The body, of type `contentType`.
  public let body: [UInt8]

  /// The type of every body.
  public static let contentType = "application/json"

  static func success(_ write: (inout AnswerWriter) -> Void) -> QueryAnswer {
    var writer = AnswerWriter()
    writer.raw("{\"status\":\"success\",\"data\":")
    write(&writer)
    writer.raw("}")
    return QueryAnswer(status: 200, body: writer.bytes)
  }

  static func failure(_ error: QueryError) -> QueryAnswer {
    var writer = AnswerWriter()
    writer.raw("{\"status\":\"error\",\"errorType\":")
    writer.string(error.kind.name)
    writer.raw(",\"error\":")
    writer.string(error.message)
    writer.raw("}")
    return QueryAnswer(status: error.kind.status, body: writer.bytes)
  }
}

/// Writes JSON in one go: answers may hold millions of points, so no tree is made of them first.
struct AnswerWriter {
  private(set) var bytes: [UInt8] = []

  mutating func raw(_ text: String) { bytes += text.utf8 }

  mutating func string(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 10: raw("\\n")
      case 13: raw("\\r")
      case 9: raw("\\t")
      case 0..<32, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"):
        let digits = String(byte, radix: 16)
        raw("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  mutating func list<Element>(
    _ elements: some Sequence<Element>, _ write: (inout AnswerWriter, Element) -> Void
  ) {
    raw("[")
    var isFirst = true
    for element in elements {
      if !isFirst { raw(",") }
      isFirst = false
      write(&self, element)
    }
    raw("]")
  }

  mutating func labels(_ labels: LabelSet) {
    raw("{")
    for (index, label) in labels.labels.enumerated() {
      if index > 0 { raw(",") }
      string(label.name)
      raw(":")
      string(label.value)
    }
    raw("}")
  }
}
