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
      failure: { status, body, message in
        guard let message else {
          return KubeError(status: status, body: body, cluster: cluster, request: request)
        }
        return failure(.badAnswer, message, request, mayHaveHappened: false)
      })
  }
}

/// The events of one watch, read from its lines wherever the pieces of the body end.
public struct WatchEvents: AsyncSequence, Sendable {
  let body: TransportBody
  let failure: @Sendable (_ status: Int, _ body: JSONValue?, _ message: String?) -> KubeError

  public func makeAsyncIterator() -> Iterator {
    Iterator(body: body.makeAsyncIterator(), failure: failure)
  }

  /// Gives the events in order.
  public struct Iterator: AsyncIteratorProtocol {
    /// The longest line; an object in etcd is smaller.
    private static let lineLimit = 16 << 20

    var body: TransportBody.Iterator
    let failure: @Sendable (_ status: Int, _ body: JSONValue?, _ message: String?) -> KubeError
    var rest: [UInt8] = []

    init(
      body: TransportBody.Iterator,
      failure: @escaping @Sendable (_ status: Int, _ body: JSONValue?, _ message: String?) -> KubeError
    ) {
      self.body = body
      self.failure = failure
    }

    public mutating func next() async throws -> WatchEvent? {
      while let line = try await nextLine() {
        guard let event = try? JSONValue(json: line), let type = event["type"]?.string,
          let object = event["object"].flatMap(KubeObject.init(_:))
        else { throw failure(0, nil, "an event of the watch is not readable") }
        switch type {
        case "ADDED": return .added(object)
        case "MODIFIED": return .modified(object)
        case "DELETED": return .deleted(object)
        case "BOOKMARK": return .bookmark(resourceVersion: object.resourceVersion)
        case "ERROR": throw failure(Int(object.fields["code"]?.int ?? 500), object.json, nil)
        default: continue
        }
      }
      return nil
    }

    private mutating func nextLine() async throws -> [UInt8]? {
      while true {
        if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
          let line = Array(rest[..<end])
          rest.removeSubrange(...end)
          if line.isEmpty { continue }
          return line
        }
        guard let piece = try await body.next() else { return nil }
        rest += piece
        guard rest.count <= Iterator.lineLimit else {
          throw failure(0, nil, "one event of the watch is larger than \(Iterator.lineLimit) bytes")
        }
      }
    }
  }
}
