public import HTTPTypes

/// Carries one HTTP exchange to a server: over sockets to a real one, in-process to an embedded one.
public protocol Transport: Sendable {
  /// Sends `request` and returns the head of the answer with its streamed body.
  ///
  /// - Throws: `TransportError` when no answer came; an HTTP error status is an answer, not an error.
  func send(_ request: TransportRequest) async throws -> TransportResponse

  /// Sends a request that asks for messages both ways instead of an answer: exec, attach, port-forward.
  ///
  /// What is wrong with the request (path, permission, object) is said before protocols are compared.
  ///
  /// - Throws: `TransportError` when no answer came.
  func open(_ request: TransportRequest) async throws -> Opening
}

/// One HTTP request.
public struct TransportRequest: Sendable {
  /// Method, path with query, and header fields. Scheme and authority may be left out.
  public var head: HTTPRequest
  /// The whole body; empty for none.
  public var body: [UInt8]
  /// How long to wait for the head of the answer.
  public var timeout: Duration

  /// Creates a request.
  public init(head: HTTPRequest, body: [UInt8] = [], timeout: Duration = .seconds(30)) {
    self.head = head
    self.body = body
    self.timeout = timeout
  }
}

/// The answer to a request.
public struct TransportResponse: Sendable {
  /// Status and header fields.
  public var head: HTTPResponse
  /// The body, which may still be on its way.
  public var body: TransportBody

  /// Creates an answer.
  public init(head: HTTPResponse, body: TransportBody) {
    self.head = head
    self.body = body
  }
}

/// A body that arrives in pieces.
public struct TransportBody: AsyncSequence, Sendable {
  private enum Storage: Sendable {
    case whole([UInt8])
    case pieces(AsyncThrowingStream<[UInt8], any Error>)
  }

  private let storage: Storage

  /// A body that is there as a whole.
  public init(_ bytes: [UInt8]) { storage = .whole(bytes) }

  /// A body that arrives in pieces; the stream throws `TransportError` when the connection breaks.
  public init(_ pieces: AsyncThrowingStream<[UInt8], any Error>) { storage = .pieces(pieces) }

  /// The whole body.
  ///
  /// - Throws: `TransportError` with code `.bodyTooLarge` beyond `limit` bytes, or when it breaks off.
  public func collect(limit: Int) async throws -> [UInt8] {
    if case .whole(let bytes) = storage {
      guard bytes.count <= limit else { throw TransportError.bodyTooLarge(limit: limit) }
      return bytes
    }
    var bytes: [UInt8] = []
    for try await piece in self {
      guard bytes.count + piece.count <= limit else { throw TransportError.bodyTooLarge(limit: limit) }
      bytes += piece
    }
    return bytes
  }

  public func makeAsyncIterator() -> Iterator {
    switch storage {
    case .whole(let bytes): Iterator(whole: bytes, pieces: nil)
    case .pieces(let stream): Iterator(whole: nil, pieces: stream.makeAsyncIterator())
    }
  }

  /// Gives the pieces in order.
  public struct Iterator: AsyncIteratorProtocol {
    var whole: [UInt8]?
    var pieces: AsyncThrowingStream<[UInt8], any Error>.Iterator?

    public mutating func next() async throws -> [UInt8]? {
      if let bytes = whole {
        whole = nil
        return bytes
      }
      return try await pieces?.next()
    }
  }
}

/// No answer came, or it broke off. Whether the server acted on the request is then unknown unless
/// `wasSent` is false.
public struct TransportError: Error, CustomStringConvertible, Sendable {
  /// What happened.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    /// The connection could not be made.
    public static let unreachable = Code(description: "unreachable")
    /// No answer within the request's time-out.
    public static let timedOut = Code(description: "timed out")
    /// The connection broke before the answer was complete.
    public static let broken = Code(description: "connection broken")
    /// The body is larger than the reader allows.
    public static let bodyTooLarge = Code(description: "body too large")
  }

  /// What happened.
  public var code: Code
  /// What happened, in words.
  public var message: String
  /// Whether the server may have received the request.
  public var wasSent: Bool

  /// Creates an error.
  public init(_ code: Code, _ message: String, wasSent: Bool = true) {
    self.code = code
    self.message = message
    self.wasSent = wasSent
  }

  public var description: String { message }

  static func bodyTooLarge(limit: Int) -> TransportError {
    TransportError(.bodyTooLarge, "the answer is larger than \(limit) bytes")
  }
}
