import HTTPTypes
public import KubeModel
import Seams

/// One change that a watch tells of.
public enum WatchEvent: Hashable, Sendable {
  case added(KubeObject)
  case modified(KubeObject)
  case deleted(KubeObject)
  /// Nothing changed up to this version.
  case bookmark(resourceVersion: String)
}

extension KubeClient {
  /// The changes of a kind from `resourceVersion` on, until the server ends the stream.
  ///
  /// - Parameter resourceVersion: where to start; empty for the present objects as `added` first.
  /// - Returns: events; iterating throws `KubeError`, `.expired` when the version is too old to go on from.
  public func watch(
    _ kind: ResourceKind, namespace: String? = nil, labels: LabelSelector = LabelSelector(),
    resourceVersion: String = ""
  ) async throws -> WatchEvents {
    var path = kind.path(namespace: namespace) + "?watch=true"
    if !resourceVersion.isEmpty { path += "&resourceVersion=" + PercentEncoding.encoded(resourceVersion) }
    if !labels.requirements.isEmpty { path += "&labelSelector=" + PercentEncoding.encoded(labels.query) }
    let request = "WATCH \(kind)"
    let response: TransportResponse
    do {
      response = try await transport.send(TransportRequest(head: head(.get, path)))
    } catch let error as TransportError {
      throw failure(.unreachable, error.message, request, mayHaveHappened: false)
    }
    guard response.head.status.code == 200 else {
      let body = try? JSONValue(json: try await response.body.collect(limit: answerLimit))
      throw KubeError(status: response.head.status.code, body: body, cluster: cluster, request: request)
    }
    return WatchEvents(
      body: response.body,
      refusal: { status, body in
        KubeError(status: status, body: body, cluster: cluster, request: request)
      },
      failure: { code, message in failure(code, message, request, mayHaveHappened: false) })
  }
}

/// The events of one watch, read from its lines wherever the pieces of the body end.
public struct WatchEvents: AsyncSequence, Sendable {
  let body: TransportBody
  let refusal: @Sendable (_ status: Int, _ body: JSONValue) -> KubeError
  let failure: @Sendable (_ code: KubeError.Code, _ message: String) -> KubeError

  public func makeAsyncIterator() -> Iterator {
    Iterator(events: self, body: body.makeAsyncIterator())
  }

  /// Gives the events in order.
  public struct Iterator: AsyncIteratorProtocol {
    /// The longest line; an object in etcd is smaller.
    private static let lineLimit = 16 << 20

    private let events: WatchEvents
    private var body: TransportBody.Iterator
    /// What has come and is not yet read, from `start` on.
    private var bytes: [UInt8] = []
    private var start = 0

    init(events: WatchEvents, body: TransportBody.Iterator) {
      self.events = events
      self.body = body
    }

    public mutating func next() async throws -> WatchEvent? {
      while let line = try await nextLine() {
        guard let event = try? JSONValue(json: line), let type = event["type"]?.string,
          let object = event["object"].flatMap(KubeObject.init(_:))
        else { throw events.failure(.badAnswer, "an event of the watch is not readable") }
        switch type {
        case "ADDED": return .added(object)
        case "MODIFIED": return .modified(object)
        case "DELETED": return .deleted(object)
        case "BOOKMARK": return .bookmark(resourceVersion: object.resourceVersion)
        case "ERROR": throw events.refusal(Int(object.fields["code"]?.int ?? 500), object.json)
        default: continue
        }
      }
      return nil
    }

    private mutating func nextLine() async throws -> [UInt8]? {
      var searched = start
      while true {
        if let end = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) {
          let line = Array(bytes[start..<end])
          start = end + 1
          searched = start
          if line.isEmpty { continue }
          return line
        }
        bytes.removeSubrange(..<start)
        start = 0
        searched = bytes.count
        guard bytes.count <= Iterator.lineLimit else {
          throw events.failure(
            .badAnswer, "one event of the watch is larger than \(Iterator.lineLimit) bytes")
        }
        guard let piece = try await nextPiece() else { return nil }
        bytes += piece
      }
    }

    private mutating func nextPiece() async throws -> [UInt8]? {
      do {
        return try await body.next()
      } catch let error as TransportError {
        throw events.failure(.unreachable, error.message)
      }
    }
  }
}
