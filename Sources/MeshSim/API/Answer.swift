import HTTPTypes
import KubeModel
import Seams

/// The answer to a request, before it is written out.
struct Answer: Sendable {
  enum Body: Sendable {
    case bytes([UInt8])
    /// A list whose text is put together from that of its items, by whoever sends it.
    case list(ListText)
    /// A stream of events that goes on.
    case watch(WatchStart)
    /// An answer that takes its time, made outside of the cluster's lock.
    case later(@Sendable () -> Answer)
  }

  var status: Int
  var contentType = "application/json"
  var body: Body
  /// Texts of `Warning` headers.
  var warnings: [String] = []
  /// How long the server takes before it answers, in the cluster's time.
  var delay: Duration = .zero
  /// The `Retry-After` header, in seconds.
  var retryAfter: Int64?

  init(status: Int = 200, json: JSONValue) {
    self.init(status: status, bytes: json.jsonBytes())
  }

  init(status: Int = 200, contentType: String = "application/json", bytes: [UInt8]) {
    self.status = status
    self.contentType = contentType
    body = .bytes(bytes)
  }

  init(status: Int = 200, text: String) {
    self.init(status: status, contentType: "text/plain; charset=utf-8", bytes: Array(text.utf8))
  }

  init(_ body: Body) {
    status = 200
    self.body = body
  }

  init(_ error: StatusError) {
    self.init(status: error.code, json: error.body)
    retryAfter = error.details?["retryAfterSeconds"]?.int
    delay = error.delay
    warnings = error.warnings
  }

  /// What a server says of a path that it has nothing at.
  static let pageNotFound = Answer(status: 404, text: "404 page not found\n")

  /// The header fields of the answer.
  var headerFields: HTTPFields {
    var fields: HTTPFields = [.contentType: contentType, .cacheControl: "no-cache, private"]
    if let retryAfter { fields[.retryAfter] = String(retryAfter) }
    guard let warningField = HTTPField.Name("Warning") else { return fields }
    for warning in warnings {
      let quoted = warning.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : $0 == "\n" ? " " : String($0) }
        .joined()
      fields.append(HTTPField(name: warningField, value: "299 - \"\(quoted)\""))
    }
    return fields
  }
}

/// A list in pieces: the texts of its items, around which the list is written.
struct ListText: Sendable {
  /// Everything before the first item.
  var head: [UInt8]
  /// What each item begins with before its own members; empty for the items of built-in lists.
  var itemPrefix: [UInt8]
  var items: [StoredObject]
  /// Everything after the last item.
  var tail: [UInt8] = Array("]}".utf8)

  var bytes: [UInt8] {
    let texts = items.map(\.itemText)
    var bytes = head
    bytes.reserveCapacity(
      head.count + tail.count + texts.reduce(0) { $0 + $1.count + itemPrefix.count + 1 })
    var isFirst = true
    for text in texts {
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      ObjectText.append(text, prefix: itemPrefix, to: &bytes)
    }
    bytes += tail
    return bytes
  }
}
