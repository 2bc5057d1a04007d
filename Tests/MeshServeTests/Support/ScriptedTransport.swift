import HTTPTypes
import Seams

/// A transport that is two functions.
struct ScriptedTransport: Transport {
  var answer: @Sendable (TransportRequest) async throws -> TransportResponse = { _ in .text("ok") }
  var opening: (@Sendable (TransportRequest) async throws -> Opening)?

  func send(_ request: TransportRequest) async throws -> TransportResponse { try await answer(request) }

  func open(_ request: TransportRequest) async throws -> Opening {
    guard let opening else { return .refused(try await answer(request)) }
    return try await opening(request)
  }
}

extension TransportResponse {
  static func text(_ text: String, status: Int = 200, type: String = "text/plain") -> TransportResponse {
    TransportResponse(
      head: HTTPResponse(status: .init(code: status), headerFields: [.contentType: type]),
      body: TransportBody(Array(text.utf8)))
  }

  static func pieces(_ stream: AsyncThrowingStream<[UInt8], any Error>) -> TransportResponse {
    TransportResponse(
      head: HTTPResponse(status: .ok, headerFields: [.contentType: "application/json"]),
      body: TransportBody(stream))
  }
}
